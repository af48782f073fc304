using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters.Actions;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.MessageKinds;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Letters.Work;

/// <summary>
/// Reads the worklist and stores actions on it. Each row has its own transaction; when somebody else acted meanwhile, only a note or call
/// is stored.
/// </summary>
public sealed class WorklistService(IDbContextFactory<IngestionDbContext> contexts, MessageKindCache kindCache, WriteGate gate,
    LogSignal signal, PortalSettings settings, ActionLog actions, TimeProvider time) : IWorklistService
{
    private const int MaxLimit = 1000;
    private const int MaxText = 2000;

    /// <inheritdoc />
    public async Task<Page<FollowUpItem>> ReadAsync(
        Viewer viewer, WorkQuery query, string? cursor, int limit, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await (await ListAsync(db, viewer, cancellationToken))
            .ReadAsync(query, cursor, Math.Clamp(limit, 1, MaxLimit), cancellationToken);
    }

    /// <inheritdoc />
    public async Task<long> CountAsync(Viewer viewer, WorkQuery query, CancellationToken cancellationToken)
    {
        if (!viewer.MayCall<IWorklistService>()) return 0;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await (await ListAsync(db, viewer, cancellationToken)).CountAsync(query, cancellationToken);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<WorkOutcome>> ActAsync(
        Viewer viewer, WorkAction action, IReadOnlyList<WorkTarget> rows, CancellationToken cancellationToken)
    {
        if (!viewer.MayCall<IWorklistService>()) throw new UnauthorizedAccessException("The viewer may not work on cases.");
        viewer = viewer.WhereMayCall<IWorklistService>();
        var outcomes = new List<WorkOutcome>();
        foreach (var row in rows)
        {
            outcomes.Add(WorkRow.Parse(row.Id) is { } parsed
                ? await ActOnAsync(viewer, action, parsed, row.Revision, cancellationToken)
                : WorkOutcome.Gone);
        }
        signal.Raise();
        return outcomes;
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<WorkEntry>> HistoryAsync(Viewer viewer, string rowId, CancellationToken cancellationToken)
    {
        if (WorkRow.Parse(rowId) is not { } row) return [];
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await AuthorityOfAsync(db, viewer, row, cancellationToken) is null) return [];
        var entries = await db.WorkEntries.AsNoTracking().Where(e => e.Rank == row.Rank && e.Key == row.Key).OrderByDescending(e => e.Id)
            .ToListAsync(cancellationToken);
        return [.. entries.Select(EntryOf)];
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<LaterLetter>> LaterLettersAsync(Viewer viewer, string rowId, CancellationToken cancellationToken)
    {
        if (WorkRow.Parse(rowId) is not { Rank: WorkRow.Letter } row) return [];
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var letters = LetterFilter.Letters(db, viewer);
        if (await letters.SingleOrDefaultAsync(l => l.Key == row.Key, cancellationToken) is not { } letter) return [];
        var later = await letters.Where(l => l.Authority == letter.Authority && l.CaseNumberKey == letter.CaseNumberKey
            && l.Key != letter.Key && l.SentAt >= letter.SentAt)
            .OrderByDescending(l => l.SentAt).Take(50).ToListAsync(cancellationToken);
        return [.. later.Select(l => new LaterLetter(l.LetterId, CprNumber.MaskIn(l.Title), CprNumber.MaskIn(l.RecipientName), l.SentAt,
            SameRecipient(letter, l))).OrderByDescending(l => l.SameRecipient).ThenByDescending(l => l.SentAt)];
    }

    /// <inheritdoc />
    public async Task<ValueList<EndedWork>> EndedAsync(Viewer viewer, int limit, CancellationToken cancellationToken)
    {
        if (!viewer.MayCall<IWorklistService>()) return [];
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var authorities = viewer.AuthoritiesOf(ViewerRights.Cases);
        var within = WithinLimits(db, await kindCache.ReadAsync(db, cancellationToken), viewer);
        string[] endings = [nameof(WorkActionKind.Solved), nameof(WorkActionKind.Resent), nameof(WorkActionKind.ResolvedByStatus)];
        var me = viewer.Id;
        var (mine, others) = (new List<StoredWorkEntry>(), new List<StoredWorkEntry>());
        foreach (var ending in endings)
        {
            var ended = within.Where(e => EF.Parameter(authorities).Contains(e.Authority) && e.Action == ending)
                .OrderByDescending(e => e.Id);
            if (ending != nameof(WorkActionKind.ResolvedByStatus))
                mine.AddRange(await ended.Where(e => e.ById == me).Take(limit).ToListAsync(cancellationToken));
            others.AddRange(await ended.Where(e => e.ById != me).Take(limit).ToListAsync(cancellationToken));
        }

        // The latest ending of a row counts, whoever's it is.
        var latest = mine.Concat(others).GroupBy(e => (e.Rank, e.Key)).Select(g => g.MaxBy(e => e.Id)!.Id).ToHashSet();
        var entries = mine.Concat(others).Where(e => latest.Contains(e.Id)).GroupBy(e => e.ById == me).OrderByDescending(g => g.Key)
            .SelectMany(g => g.OrderByDescending(e => e.Id).Take(limit)).ToList();
        var keys = entries.Where(e => e.Rank == WorkRow.Letter).Select(e => e.Key).ToArray();
        var letters = await LetterFilter.LettersByKey(db, viewer, keys).ToDictionaryAsync(l => l.Key, cancellationToken);
        var all = entries.Select(e => e.Key).ToArray();
        var solved = (await db.WorkItems.AsNoTracking().Where(w => EF.Parameter(all).Contains(w.Key) && w.SolvedAt != null).Select(
            w => new { w.Rank, w.Key, w.Revision }).ToListAsync(cancellationToken)).ToDictionary(w => (w.Rank, w.Key), w => w.Revision);
        var rows = new List<EndedWork>();
        foreach (var entry in entries)
        {
            var letter = entry.Rank == WorkRow.Letter ? letters.GetValueOrDefault(entry.Key) : null;
            var byHand = solved.TryGetValue((entry.Rank, entry.Key), out var revision);

            // Opened again since, or resent but still waiting for the new letter: it is still on the list.
            if (entry.Action != nameof(WorkActionKind.ResolvedByStatus) && !byHand) continue;
            if (letter is not null && !byHand && LetterReason.Of(letter, time.GetUtcNow()) is not null) continue;
            rows.Add(new EndedWork(new WorkRow(entry.Rank, entry.Key).ToString(), letter?.CaseNumber, letter?.LetterId,
                letter is null ? null : CprNumber.MaskIn(letter.Title), EntryOf(entry), byHand, revision) { IsMine = entry.ById == me });
        }

        return [.. rows];
    }

    // The entries of rows that the viewer may see.
    private static IQueryable<StoredWorkEntry> WithinLimits(IngestionDbContext db, MessageKindSnapshot kinds, Viewer viewer)
    {
        var entries = db.WorkEntries.AsNoTracking();
        if (viewer.GrantsOf(ViewerRights.Cases).All(g => g.Limits.IsNone)) return entries;
        var (letters, statuses) = (LetterFilter.Letters(db, viewer), LetterFilter.Statuses(db, kinds, viewer));
        const long part = WorkRow.PartSize;
        return entries.Where(e => e.Rank == WorkRow.Letter
            ? letters.Any(l => l.Key == e.Key)
            : statuses.Any(s => s.Sequence == e.Key % part && s.Part == e.Key / part));
    }

    internal static WorkEntry EntryOf(StoredWorkEntry entry) => new(
        KindOf(entry.Action), entry.At, entry.ByName, CprNumber.MaskInOrNull(entry.Text), CprNumber.MaskInOrNull(entry.Other));

    // An action of a kind that only a later version knows is shown as a note.
    private static WorkActionKind KindOf(string name) =>
        Enum.TryParse<WorkActionKind>(name, out var action) && Enum.IsDefined(action) ? action : WorkActionKind.Noted;

    internal static string NameOf(Viewer viewer) => viewer.Name.Length > 0 ? viewer.Name : viewer.Id;

    internal static bool SameRecipient(StoredLetter a, StoredLetter b) => a.RecipientId is not null && b.RecipientId is not null
        ? a.RecipientId == b.RecipientId
        : string.Equals(a.RecipientName, b.RecipientName, StringComparison.OrdinalIgnoreCase);

    private async Task<Worklist> ListAsync(IngestionDbContext db, Viewer viewer, CancellationToken cancellationToken) =>
        new(db, kindCache, await kindCache.ReadAsync(db, cancellationToken), settings, viewer, time.GetUtcNow());

    private async Task<WorkOutcome> ActOnAsync(
        Viewer viewer, WorkAction action, WorkRow row, int revision, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Ends, since it repeats only when another process has written meanwhile.
            if (await TryActOnAsync(viewer, action, row, revision, cancellationToken) is { } outcome) return outcome;
        }
    }

    /// <summary>Null when a note conflicted with a simultaneous write of another process and must be tried again.</summary>
    private async Task<WorkOutcome?> TryActOnAsync(
        Viewer viewer, WorkAction action, WorkRow row, int revision, CancellationToken cancellationToken)
    {
        using var writeLock = await gate.EnterAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.TakeLockAsync(WriteLock.Letters, cancellationToken);
        if (await AuthorityOfAsync(db, viewer, row, cancellationToken) is not { } authority) return WorkOutcome.Gone;
        var work = await db.WorkItems.SingleOrDefaultAsync(w => w.Rank == row.Rank && w.Key == row.Key, cancellationToken)
            ?? db.WorkItems.Add(new StoredWork { Rank = row.Rank, Key = row.Key, Authority = authority }).Entity;
        var (read, overtaken) = (work.Revision, work.Revision != revision);
        var letter = action is { Kind: WorkActionKind.Resent, LetterId: { } id } ? await LetterFilter.FindAsync(
            LetterFilter.Letters(db, viewer).Where(l => l.Authority == authority && l.Key != row.Key), id, cancellationToken) : null;
        if (action is { Kind: WorkActionKind.Resent, LetterId: not null } && letter is null) return WorkOutcome.Gone;
        if (overtaken && action.Kind is not (WorkActionKind.Noted or WorkActionKind.Called)) return WorkOutcome.Overtaken;

        await ApplyAsync(db, work, action, row, letter, viewer, cancellationToken);
        work.Revision++;
        var text = NoteText.Of(action.Text) is { Length: > 0 } words ? TextCut.At(words, MaxText) : null;
        var entry = db.WorkEntries.Add(new StoredWorkEntry
        {
            Rank = row.Rank, Key = row.Key, Authority = authority, Action = action.Kind.ToString(), At = time.GetUtcNow(), ById = viewer.Id,
            ByName = NameOf(viewer), Text = text,
            Other = action.Kind == WorkActionKind.Assigned ? action.OwnerName : letter?.LetterId,
        }).Entity;
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            await EnterAsync(db, entry, replaced: letter is not null, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            await transaction.RollbackAsync(cancellationToken);

            // Another process changed the same row at the same moment, which counts as earlier. Anything else is an error.
            if (!await ChangedAsync(row, read, cancellationToken)) throw;
            return action.Kind is WorkActionKind.Noted or WorkActionKind.Called ? null : WorkOutcome.Overtaken;
        }

        return overtaken ? WorkOutcome.Overtaken : WorkOutcome.Done;
    }

    private async Task EnterAsync(IngestionDbContext db, StoredWorkEntry entry, bool replaced, CancellationToken cancellationToken)
    {
        await actions.AddAsync(db, [entry], cancellationToken);
        if (!replaced) return;
        var letter = await db.Letters.AsNoTracking().SingleAsync(l => l.Key == entry.Key, cancellationToken);
        var replacement = await db.LetterReplacements.SingleAsync(r => r.LetterKey == entry.Key, cancellationToken);
        await actions.AddAsync(db, [ActionFacts.Of(replacement, letter)], cancellationToken);
    }

    private async Task<bool> ChangedAsync(WorkRow row, int revision, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.WorkItems.AnyAsync(w => w.Rank == row.Rank && w.Key == row.Key && w.Revision != revision, cancellationToken);
    }

    private async Task ApplyAsync(IngestionDbContext db, StoredWork work, WorkAction action, WorkRow row, StoredLetter? replacement,
        Viewer viewer, CancellationToken cancellationToken)
    {
        switch (action.Kind)
        {
            case WorkActionKind.Assigned:
                (work.OwnerId, work.OwnerName) = (action.OwnerId, action.OwnerName);
                break;
            case WorkActionKind.Released:
                (work.OwnerId, work.OwnerName) = (null, null);
                break;
            case WorkActionKind.Resent when replacement is not null:
                await new LetterReplacements(db, viewer, time.GetUtcNow()).LinkAsync(row.Key, replacement.Key, cancellationToken);
                await SolveAsync(db, work, row, time.GetUtcNow(), cancellationToken);
                break;
            case WorkActionKind.Resent:
                work.AwaitsReplacement = true;
                break;
            case WorkActionKind.Solved:
                await SolveAsync(db, work, row, time.GetUtcNow(), cancellationToken);
                break;
            case WorkActionKind.Reopened:
                (work.SolvedAt, work.AwaitsReplacement) = (null, false);
                break;
            case WorkActionKind.Noted or WorkActionKind.Called:
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(action), action.Kind, "Nobody does this by hand here.");
        }
    }

    /// <summary>Marks a row as solved, with the statuses that it has now.</summary>
    internal static async Task SolveAsync(
        IngestionDbContext db, StoredWork work, WorkRow row, DateTimeOffset now, CancellationToken cancellationToken)
    {
        (work.SolvedAt, work.AwaitsReplacement) = (now, false);
        work.SolvedThrough = row.Rank == WorkRow.Status
            ? row.Key
            : await db.StatusMatches.Where(m => m.LetterKey == row.Key).MaxAsync(m => (long?)m.Sequence, cancellationToken) ?? 0;
    }

    /// <summary>The authority of the row; null when the viewer may not see it.</summary>
    private async Task<string?> AuthorityOfAsync(IngestionDbContext db, Viewer viewer, WorkRow row, CancellationToken cancellationToken)
    {
        if (row.Rank == WorkRow.Letter)
        {
            return await LetterFilter.Letters(db, viewer).Where(l => l.Key == row.Key).Select(l => l.Authority)
                .SingleOrDefaultAsync(cancellationToken);
        }
        var kinds = await kindCache.ReadAsync(db, cancellationToken);
        var (sequence, part) = (WorkRow.SequenceOf(row.Key), WorkRow.PartOf(row.Key));
        var status = await LetterFilter.Statuses(db, kinds, viewer)
            .SingleOrDefaultAsync(m => m.Sequence == sequence && m.Part == part, cancellationToken);
        return status is null ? null : kinds[status.Kind].Authorities().FirstOrDefault(viewer.AuthoritiesOf(ViewerRights.Cases).Contains);
    }
}
