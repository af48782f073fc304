using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters.Actions;
using Portal.Ingestion.Letters.Delays;
using Portal.Ingestion.Letters.Work;
using Portal.Ingestion.Log;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Letters.Notes;

/// <summary>Stores operating incidents and holds, each with who and when.</summary>
public sealed class CaseNotes(
    IDbContextFactory<IngestionDbContext> contexts, WriteGate gate, LogSignal signal, ActionLog actions, TimeProvider time) : ICaseNotes
{
    /// <inheritdoc />
    public async Task<ValueList<Incident>> IncidentsAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        if (!viewer.MayCall<ICaseNotes>()) return [];
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var authorities = viewer.AuthoritiesOf(ViewerRights.Cases);
        var incidents = await db.Incidents.AsNoTracking().Where(i => EF.Parameter(authorities).Contains(i.Authority))
            .OrderByDescending(i => i.From).ThenByDescending(i => i.Id).ToListAsync(cancellationToken);
        return [.. incidents.Select(Of)];
    }

    /// <inheritdoc />
    public async Task NoteIncidentAsync(Viewer viewer, IncidentDraft draft, CancellationToken cancellationToken)
    {
        if (!viewer.MayCall<ICaseNotes>() || viewer.AuthorityOf(DemandsAttribute.CaseWork) is not { } authority)
            throw new UnauthorizedAccessException("The viewer may not note incidents.");
        viewer = viewer.WhereMayCall<ICaseNotes>();
        using var writeLock = await gate.EnterAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var late = draft.LatePeriod is { } period
            ? await ReceiptDelays.NoteAsync(db, viewer, period, time.GetUtcNow(), cancellationToken)
            : null;
        var incident = db.Incidents.Add(new StoredIncident
        {
            Authority = late ?? authority, From = draft.From.ToUniversalTime(), To = draft.To?.ToUniversalTime(),
            Channel = draft.Channel?.ToString(), Text = NoteText.Of(draft.Text),
            NotedAt = time.GetUtcNow(), NotedBy = WorklistService.NameOf(viewer),
        }).Entity;
        await db.SaveChangesAsync(cancellationToken);
        await actions.AddAsync(db, [ActionFacts.Of(incident)], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        signal.Raise();
    }

    /// <inheritdoc />
    public async Task<bool> WithdrawIncidentAsync(Viewer viewer, long id, CancellationToken cancellationToken)
    {
        if (!viewer.MayCall<ICaseNotes>()) return false;
        viewer = viewer.WhereMayCall<ICaseNotes>();
        using var writeLock = await gate.EnterAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var (authorities, now, by) = (viewer.AuthoritiesOf(ViewerRights.Cases), time.GetUtcNow(), WorklistService.NameOf(viewer));
        var withdrawn =
            await db.Incidents.Where(i => i.Id == id && EF.Parameter(authorities).Contains(i.Authority) && i.WithdrawnAt == null)
                .ExecuteUpdateAsync(i => i.SetProperty(x => x.WithdrawnAt, now).SetProperty(x => x.WithdrawnBy, by), cancellationToken);
        if (withdrawn == 0) return false;
        var incident = await db.Incidents.AsNoTracking().SingleAsync(i => i.Id == id, cancellationToken);
        await actions.AddAsync(db, [ActionFacts.Of(incident)], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        signal.Raise();
        return true;
    }

    /// <inheritdoc />
    public async Task<bool> HoldAsync(Viewer viewer, string caseNumber, bool on, string reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        if (!viewer.MayCall<ICaseNotes>()) return false;
        viewer = viewer.WhereMayCall<ICaseNotes>();
        using var writeLock = await gate.EnterAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.TakeLockAsync(WriteLock.Letters, cancellationToken);
        var (now, by, why) = (time.GetUtcNow(), WorklistService.NameOf(viewer), NoteText.Of(reason));
        var entries = new List<StoredHoldEntry>();
        var key = IdentifierKey.Of(caseNumber);
        var letters = await LetterFilter.Letters(db, viewer).Where(l => l.CaseNumberKey == key).OrderBy(l => l.Key)
            .Select(l => new { l.Authority, l.CaseNumber }).ToListAsync(cancellationToken);
        foreach (var ofAuthority in letters.GroupBy(l => l.Authority))
        {
            // Letters of a case may spell its number differently, so a hold applies to all spellings.
            var (authority, numbers) = (ofAuthority.Key, ofAuthority.Select(l => l.CaseNumber).Distinct().ToArray());
            var known = await db.CaseHolds.Where(h => h.Authority == authority && EF.Parameter(numbers).Contains(h.CaseNumber))
                .ToListAsync(cancellationToken);
            if (known.Count > 0 == on) continue;
            if (on)
                db.CaseHolds.Add(new StoredHold { Authority = authority, CaseNumber = numbers[0], Since = now, Reason = why, ByName = by });
            else db.CaseHolds.RemoveRange(known);
            entries.Add(db.CaseHoldEntries.Add(new StoredHoldEntry { Authority = authority, CaseNumber = numbers[0], On = on, At = now,
                ById = viewer.Id, ByName = by, Reason = why }).Entity);
        }

        await db.SaveChangesAsync(cancellationToken);
        await actions.AddAsync(db, [.. entries.Select(ActionFacts.Of)], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (entries.Count > 0) signal.Raise();
        return entries.Count > 0;
    }

    internal static Incident Of(StoredIncident incident) => new(
        incident.Id, incident.From, incident.To, LetterChannels.TryOf(incident.Channel), CprNumber.MaskIn(incident.Text),
        incident.NotedAt, incident.NotedBy, incident.WithdrawnAt, incident.WithdrawnBy);
}
