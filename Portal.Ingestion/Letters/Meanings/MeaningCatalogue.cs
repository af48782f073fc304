using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Letters.Actions;
using Portal.Ingestion.Letters.Rules;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.MessageKinds;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Letters.Meanings;

/// <summary>Reads and edits the tables. An edit, its entry in the log of edits and the rules that it makes are one transaction.</summary>
internal sealed class MeaningCatalogue(
    IDbContextFactory<IngestionDbContext> contexts, MessageKindCache kindCache, MeaningCache cache, WriteGate gate, LogSignal signal,
    PortalSettings settings, ActionLog actions, TimeProvider time) : IMeaningCatalogue
{
    /// <inheritdoc />
    public async Task<MeaningTables> ReadAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        if (!viewer.May(ViewerRights.Catalogue)) return new MeaningTables([], [], [], []);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await MeaningTablesReader.ReadAsync(db, kindCache, settings, viewer, time.GetUtcNow(), cancellationToken);
    }

    /// <inheritdoc />
    public Task<MeaningProblem?> SaveAsync(Viewer viewer, MeaningEdit edit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(edit);
        return EditAsync(viewer, edit.Why, db => ApplyAsync(db, edit, cancellationToken), cancellationToken);
    }

    /// <inheritdoc />
    public Task<MeaningProblem?> SaveAsync(Viewer viewer, SenderEdit edit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(edit);
        return EditAsync(viewer, edit.Why, db => ApplyAsync(db, edit, cancellationToken), cancellationToken);
    }

    /// <inheritdoc />
    public Task<MeaningProblem?> SaveAsync(Viewer viewer, CarrierEdit edit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(edit);
        return EditAsync(viewer, edit.Why, db => ApplyAsync(db, edit, cancellationToken), cancellationToken);
    }

    private async Task<MeaningProblem?> EditAsync(
        Viewer viewer, string? why, Func<IngestionDbContext, Task<Applied>> apply, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        if (!viewer.May(ViewerRights.Administer)) throw new UnauthorizedAccessException("The viewer may not edit the catalogue.");
        using var writeLock = await gate.EnterAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.TakeLockAsync(WriteLock.Letters, cancellationToken);
        var applied = await apply(db);
        if (applied.Problem is not null) return applied.Problem;
        if (applied.Before == applied.After) return null;
        var reason = NoteText.Of(why);
        var change = db.MeaningChanges.Add(new StoredMeaningChange
        {
            At = time.GetUtcNow(), ByName = Work.WorklistService.NameOf(viewer), What = applied.What, Before = applied.Before,
            After = applied.After, Why = reason.Length > 0 ? reason : null,
        }).Entity;
        await db.SaveChangesAsync(cancellationToken);
        await RuleSets.CurrentAsync(db, settings, time.GetUtcNow(), cancellationToken, applied.Rule);
        await actions.AddAsync(db, [ActionFacts.Of(change)], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await cache.ReadAsync(db, cancellationToken);
        signal.Raise();
        return null;
    }

    private async Task<Applied> ApplyAsync(IngestionDbContext db, MeaningEdit edit, CancellationToken cancellationToken)
    {
        var key = edit.Kind == StoredMeaning.EventCode ? EffectiveMeanings.KeyOf(edit.Key) : edit.Key;
        var row = await db.StatusMeanings.SingleOrDefaultAsync(m => m.Kind == edit.Kind && m.Key == key, cancellationToken);
        var was = row?.Meaning
            ?? (edit.Kind == StoredMeaning.Action ? MeaningNames.Of(ShippedMeanings.ActionOf(key)) : MeaningNames.Unknown);
        if (MeaningRefusals.Of(edit, was, settings) is { } problem) return Applied.Not(problem);
        if ((row?.Version ?? 0) != edit.Version) return Applied.Not(MeaningRefusals.Changed);
        var before = row is null ? null : MeaningLogWords.Of(row);
        if (row is null)
        {
            var name = KnownHandlinger.Names.GetValueOrDefault(key, CprNumber.MaskIn(key));
            row = db.StatusMeanings.Add(
                new StoredMeaning { Kind = edit.Kind, Key = key, Name = name, Meaning = was, Source = "" }).Entity;
        }

        (row.Meaning, row.Source, row.Confirmed, row.Version) =
            (edit.Meaning, NoteText.Of(edit.Source), edit.Confirmed, row.Version + 1);
        return new Applied(
            MeaningLogWords.NameOf(row), before, MeaningLogWords.Of(row), RuleChangeWords.Edit(row.Name, was, row.Meaning));
    }

    private static async Task<Applied> ApplyAsync(IngestionDbContext db, SenderEdit edit, CancellationToken cancellationToken)
    {
        if (MeaningRefusals.Of(edit) is { } problem) return Applied.Not(problem);
        var uuid = Identifier.Normalise(edit.Uuid)!;
        var row = await db.Senders.SingleOrDefaultAsync(s => s.Uuid == uuid, cancellationToken);
        if ((row?.Version ?? 0) != edit.Version) return Applied.Not(MeaningRefusals.Changed);
        var before = row is null ? null : MeaningLogWords.Of(row);
        row ??= db.Senders.Add(new StoredSender { Uuid = uuid, Name = "", Source = "" }).Entity;
        (row.Name, row.Source, row.Confirmed, row.Version) =
            (NoteText.Of(edit.Name), NoteText.Of(edit.Source), edit.Confirmed, row.Version + 1);
        return new Applied($"Afsender {uuid}", before, MeaningLogWords.Of(row), null);
    }

    private static async Task<Applied> ApplyAsync(IngestionDbContext db, CarrierEdit edit, CancellationToken cancellationToken)
    {
        var all = await db.Carriers.ToListAsync(cancellationToken);
        var row = all.Find(c => c.Id == edit.Id);
        if ((row?.Version ?? 0) != edit.Version) return Applied.Not(MeaningRefusals.Changed);
        var before = row is null ? null : MeaningLogWords.Of(row);
        if (edit.Remove)
        {
            if (row is not null) db.Carriers.Remove(row);
            return new Applied("Omdeling af almindelige breve", before, null, null);
        }

        var senders = await db.Senders.Select(s => s.Uuid).ToListAsync(cancellationToken);
        if (MeaningRefusals.Of(edit, all.Where(c => c != row), senders) is { } problem) return Applied.Not(problem);
        row ??= db.Carriers.Add(new StoredCarrier { Name = "", Source = "" }).Entity;
        (row.Sender, row.From, row.To, row.Name, row.Source, row.Version) =
            (edit.Sender, edit.From, edit.To, NoteText.Of(edit.Name), NoteText.Of(edit.Source), row.Version + 1);
        return new Applied("Omdeling af almindelige breve", before, MeaningLogWords.Of(row), null);
    }

    private sealed record Applied(string What, string? Before, string? After, string? Rule)
    {
        public MeaningProblem? Problem { get; private init; }

        public static Applied Not(MeaningProblem problem) => new("", null, null, null) { Problem = problem };
    }
}
