using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Journal;
using Portal.Ingestion.Letters.Actions;
using Portal.Ingestion.Letters.Search;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.MessageKinds;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Letters.Work;

/// <summary>Stores hand matches and folds the affected letters again, in one transaction.</summary>
public sealed class HandMatching(IDbContextFactory<IngestionDbContext> contexts, MessageKindCache kindCache, WriteGate gate,
    LogSignal signal, PortalSettings settings, ActionLog actions, TimeProvider time) : IHandMatching
{
    // A mass mailing may share one CorrelationId: at most this many of its letters are offered, as many as a person would read through.
    private const int MostNamed = 200;
    private const int LongestReason = 2000;

    /// <inheritdoc />
    public async Task<IReadOnlyList<LetterChoice>> MatchingAsync(
        Viewer viewer, string rowId, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (WorkRow.Parse(rowId) is not { Rank: WorkRow.Status } row) return [];
        if (await StatusAsync(db, viewer, row, cancellationToken) is not { } status) return [];
        int[] fields = [.. Enumerable.Range(0, StatusMatching.Kinds)];
        string[] authorities = [.. status.Kind.Authorities()], values = [.. StatusMatching.Of(status).Select(i => i.Value).Distinct()];
        var named = await db.LetterIdentifiers.AsNoTracking()
            .Where(i => EF.Parameter(authorities).Contains(i.Authority))
            .Where(i => EF.Parameter(fields).Contains(i.Kind) && EF.Parameter(values).Contains(i.Value))
            .OrderBy(i => i.Kind).ThenByDescending(i => i.LetterKey).Select(i => i.LetterKey).Take(MostNamed)
            .ToListAsync(cancellationToken);
        var letters = await LetterFilter.LettersByKey(db, viewer, [.. named.Distinct()])
            .Select(l => new LetterHit(l.Key, l.SentAt, l.CaseNumber, l.LetterId, l.Title, l.RecipientName)).ToListAsync(cancellationToken);
        var choices = await ChoicesAsync(db, status, letters, cancellationToken);
        return
        [
            .. choices.Where(c => c.Shared.Count > 0)
                .OrderByDescending(c => c.Shared[0].IsSameField).ThenByDescending(c => c.Shared.Count).ThenByDescending(c => c.SentAt)
                .Take(limit),
        ];
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<LetterChoice>> FindLettersAsync(
        Viewer viewer, string rowId, string? text, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var status = WorkRow.Parse(rowId) is { Rank: WorkRow.Status } row ? await StatusAsync(db, viewer, row, cancellationToken) : null;
        var found = new List<LetterHit>();
        await foreach (var letter in new LetterHits(db, viewer, text).FindAsync(null, cancellationToken))
        {
            found.Add(letter);
            if (found.Count == limit) break;
        }

        return await ChoicesAsync(db, status, found, cancellationToken);
    }

    /// <inheritdoc />
    public async Task<HandOutcome> AssignAsync(
        Viewer viewer, string rowId, string letterId, string? reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        if (!viewer.MayCall<IHandMatching>() || WorkRow.Parse(rowId) is not { Rank: WorkRow.Status } row) return HandOutcome.Gone;
        viewer = viewer.WhereMayCall<IHandMatching>();
        using var writeLock = await gate.EnterAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.TakeLockAsync(WriteLock.Letters, cancellationToken);
        var status = await StatusAsync(db, viewer, row, cancellationToken);
        var letter = await LetterFilter.FindAsync(LetterFilter.Letters(db, viewer), letterId, cancellationToken);
        if (status is null || letter is null || !status.Kind.Authorities().Contains(letter.Authority)) return HandOutcome.Gone;
        var hit = new LetterHit(letter.Key, letter.SentAt, letter.CaseNumber, letter.LetterId, letter.Title, letter.RecipientName);
        var why = reason?.Trim() is { Length: > 0 } text ? TextCut.At(CprNumber.MaskIn(text), LongestReason) : null;
        if (why is null && (await ChoicesAsync(db, status, [hit], cancellationToken))[0].TakesReason) return HandOutcome.ReasonMissing;

        var match = db.HandMatches.Add(new StoredHandMatch
        {
            Sequence = status.Sequence, Part = status.Part, LetterKey = letter.Key, At = time.GetUtcNow(), ById = viewer.Id,
            ByName = WorklistService.NameOf(viewer),
        }).Entity;
        var entry = Add(db, viewer, letter.Authority, row, WorkActionKind.StatusAssigned, letter.LetterId, why);
        await PlaceAsync(db, status, new MatchResult(MatchResult.MatchedState, letter.Key), [letter.Key], cancellationToken);
        await actions.AddAsync(db, [ActionFacts.Of(match, letter), ActionFacts.Of(entry, letter)], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        signal.Raise();
        return HandOutcome.Done;
    }

    /// <inheritdoc />
    public async Task<bool> UndoAsync(Viewer viewer, string beskedId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        if (!viewer.MayCall<IHandMatching>()) return false;
        viewer = viewer.WhereMayCall<IHandMatching>();
        using var writeLock = await gate.EnterAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.TakeLockAsync(WriteLock.Letters, cancellationToken);
        var kinds = await kindCache.ReadAsync(db, cancellationToken);
        var message = await db.MessagesOf([Envelopes.Identifier.AsBeskedId(beskedId) ?? beskedId]).SingleOrDefaultAsync(cancellationToken)
            ?? (await ShownBeskedId.FindMaskedAsync(db, [beskedId], cancellationToken)).SingleOrDefault();
        if (message is null
            || await LetterFilter.Statuses(db, kinds, viewer).Where(m => m.Sequence == message.Sequence).Select(m => m.Part)
                .ToArrayAsync(cancellationToken) is not { Length: > 0 } parts)
        {
            return false;
        }
        var matches = await db.HandMatches.Where(m => m.Sequence == message.Sequence && EF.Parameter(parts).Contains(m.Part))
            .ToListAsync(cancellationToken);
        if (matches.Count == 0) return false;

        // A message about several letters may have been assigned in several parts: all that the viewer may see are undone.
        var undone = new List<JournalDraft>();
        foreach (var match in matches)
        {
            db.HandMatches.Remove(match);
            var letter = await db.Letters.AsNoTracking().SingleAsync(l => l.Key == match.LetterKey, cancellationToken);
            var entry = Add(db, viewer, kinds[message.Kind].Authorities()[0], WorkRow.OfStatus(message.Sequence, match.Part),
                WorkActionKind.StatusUnassigned, letter.LetterId);
            var status = LoggedStatus.Of(message, kinds[message.Kind], match.Part);
            var result = (await new MatchStore(db, kindCache, settings).DecideAsync([status], cancellationToken))[0];
            await PlaceAsync(
                db, status, result, result.LetterKey is { } other ? [match.LetterKey, other] : [match.LetterKey], cancellationToken);
            undone.Add(ActionFacts.Of(match, letter, entry.At, entry.ByName));
            undone.Add(ActionFacts.Of(entry, letter));
        }

        await actions.AddAsync(db, undone, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        signal.Raise();
        return true;
    }

    /// <summary>The row's status; null when it is matched with a letter or the viewer may not see it.</summary>
    private async Task<LoggedStatus?> StatusAsync(IngestionDbContext db, Viewer viewer, WorkRow row, CancellationToken cancellationToken)
    {
        var kinds = await kindCache.ReadAsync(db, cancellationToken);
        var (sequence, part) = (WorkRow.SequenceOf(row.Key), WorkRow.PartOf(row.Key));
        var isOpen = await LetterFilter.Statuses(db, kinds, viewer)
            .AnyAsync(m => m.Sequence == sequence && m.Part == part && m.LetterKey == null, cancellationToken);
        var message = isOpen ? await db.Messages.AsNoTracking().SingleOrDefaultAsync(m => m.Sequence == sequence, cancellationToken) : null;
        return message is null ? null : LoggedStatus.Of(message, kinds[message.Kind], part);
    }

    private static async Task<IReadOnlyList<LetterChoice>> ChoicesAsync(
        IngestionDbContext db, LoggedStatus? status, IReadOnlyList<LetterHit> letters, CancellationToken cancellationToken)
    {
        long[] keys = [.. letters.Select(l => l.Key)];
        var own = status is null ? [] : StatusMatching.Of(status);
        var others =
            (await db.LetterIdentifiers.AsNoTracking().Where(i => EF.Parameter(keys).Contains(i.LetterKey)).ToListAsync(cancellationToken))
                .ToLookup(i => i.LetterKey, i => new LetterIdentifier(i.Kind, i.Value));
        LetterChoice Of(LetterHit letter) => new(
            letter.CaseNumber, letter.LetterId, CprNumber.MaskIn(letter.Title), CprNumber.MaskIn(letter.RecipientName), letter.SentAt)
        {
            Shared = SharedIdentifiers.Between(own, [.. others[letter.Key]]),
            IsSentAfterStatus = status?.Told.Min(t => t.At) < letter.SentAt - ArrivalGrounds.ClockDifference,
        };
        return [.. letters.Select(Of)];
    }

    private async Task PlaceAsync(
        IngestionDbContext db, LoggedStatus status, MatchResult result, long[] letters, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var store = new MatchStore(db, kindCache, settings);
        await db.SaveChangesAsync(cancellationToken);
        await store.BringUpAsync(letters, now, cancellationToken);
        var (sequence, part) = (status.Sequence, status.Part);
        var since = result.State == MatchResult.WaitingState ? status.Row.ReceivedAt : now;
        await db.StatusMatches.Where(m => m.Sequence == sequence && m.Part == part)
            .ExecuteUpdateAsync(m => m.SetProperty(s => s.State, result.State).SetProperty(s => s.LetterKey, result.LetterKey)
                .SetProperty(s => s.Since, since)
                .SetProperty(s => s.Matcher, StatusMatching.Version).SetProperty(s => s.Mute, (long?)null), cancellationToken);
        await store.RefoldAsync(letters, now, cancellationToken);
    }

    private StoredWorkEntry Add(
        IngestionDbContext db, Viewer viewer, string authority, WorkRow row, WorkActionKind action, string letterId, string? why = null) =>
        db.WorkEntries.Add(new StoredWorkEntry
        {
            Rank = row.Rank, Key = row.Key, Authority = authority, Action = action.ToString(), At = time.GetUtcNow(), ById = viewer.Id,
            ByName = WorklistService.NameOf(viewer), Text = why, Other = letterId,
        }).Entity;
}
