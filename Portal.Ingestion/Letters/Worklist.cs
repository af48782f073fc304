using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Letters.Delays;
using Portal.Ingestion.Letters.Search;
using Portal.Ingestion.Letters.Work;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.MessageKinds;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Letters;

/// <summary>
/// The worklist: a row for each letter with a reason, and for each ambiguous or unmatched status. By the rules of <see cref="LetterFold"/>
/// a letter has at most one reason.
/// </summary>
internal sealed class Worklist(IngestionDbContext db, MessageKindCache kindCache, MessageKindSnapshot kinds, PortalSettings settings,
    Viewer viewer, DateTimeOffset now)
{
    private const int LongestAge = 3660;
    private const int MostLater = 2000;
    private static readonly TimeSpan GracePeriod = TimeSpan.FromHours(1);

    // The letters that the query's text is in; null when it has none.
    private long[]? _found;
    private ReceiptHolds? _holds;

    private sealed record Row(DateTimeOffset Since, int Rank, long Key, FollowUpReason Reason);

    private sealed class Candidate
    {
        public DateTimeOffset Since { get; init; }
        public long Key { get; init; }
    }

    /// <summary>The number of open rows.</summary>
    public async Task<long> CountAsync(WorkQuery query, CancellationToken cancellationToken)
    {
        await ReadHoldsAsync(cancellationToken);
        var count = 0L;
        await SearchAsync(query, cancellationToken);
        foreach (var reason in Reasons(query)) count += await Narrowed(reason, query).LongCountAsync(cancellationToken);
        return count;
    }

    /// <summary>A page of open rows.</summary>
    public async Task<Page<FollowUpItem>> ReadAsync(WorkQuery query, string? cursor, int limit, CancellationToken cancellationToken)
    {
        await ReadHoldsAsync(cancellationToken);
        if (query.ByReason) return await ReadByReasonAsync(query, cursor, limit, cancellationToken);
        var after = LetterCursor.Parse(cursor);
        var newestFirst = query.NewestFirst;
        var rows = new List<Row>();
        await SearchAsync(query, cancellationToken);
        foreach (var reason in Reasons(query))
        {
            // An unmatched status counts from an hour after its receipt, so the cursor is moved back by an hour for it.
            var shift = ShiftOf(reason);
            var rank = RankOf(reason);
            var source = Narrowed(reason, query);
            if (after is not null)
                source = source.Where(After(after.At - shift, rank.CompareTo(after.Rank), after.NumericKey, newestFirst));
            source = newestFirst
                ? source.OrderByDescending(c => c.Since).ThenByDescending(c => c.Key)
                : source.OrderBy(c => c.Since).ThenBy(c => c.Key);
            rows.AddRange(
                (await source.Take(limit + 1).ToListAsync(cancellationToken)).Select(c => new Row(c.Since + shift, rank, c.Key, reason)));
        }

        var ordered = rows.OrderBy(r => r.Since).ThenBy(r => r.Rank).ThenBy(r => r.Key).ToList();
        if (newestFirst) ordered.Reverse();
        var page = ordered.Take(limit).ToList();
        var next = ordered.Count > limit ? new LetterCursor(page[^1].Since.UtcTicks, page[^1].Rank, $"{page[^1].Key}").ToString() : null;
        return new Page<FollowUpItem>(await DescribeAsync(page, cancellationToken), next);
    }

    // Reason after reason, each in the order of its own index. The cursor's rank is the reason that the page ended in.
    private async Task<Page<FollowUpItem>> ReadByReasonAsync(
        WorkQuery query, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var after = LetterCursor.Parse(cursor);
        var rows = new List<Row>();
        await SearchAsync(query, cancellationToken);
        foreach (var reason in Reasons(query).Where(r => after is null || (int)r >= after.Rank))
        {
            if (rows.Count > limit) break;
            var shift = ShiftOf(reason);
            var source = Narrowed(reason, query);
            if (after is not null && (int)reason == after.Rank)
                source = source.Where(After(after.At - shift, 0, after.NumericKey, newestFirst: false));
            var found = await source.OrderBy(c => c.Since).ThenBy(c => c.Key).Take(limit + 1 - rows.Count).ToListAsync(cancellationToken);
            rows.AddRange(found.Select(c => new Row(c.Since + shift, RankOf(reason), c.Key, reason)));
        }

        var page = rows.Take(limit).ToList();
        var next = rows.Count > limit
            ? new LetterCursor(page[^1].Since.UtcTicks, (int)page[^1].Reason, $"{page[^1].Key}").ToString()
            : null;
        return new Page<FollowUpItem>(await DescribeAsync(page, cancellationToken), next);
    }

    private static int RankOf(FollowUpReason reason) => reason is FollowUpReason.Unmatched or FollowUpReason.Ambiguous ? 1 : 0;

    private static TimeSpan ShiftOf(FollowUpReason reason) => reason == FollowUpReason.Unmatched ? GracePeriod : TimeSpan.Zero;

    private static IEnumerable<FollowUpReason> Reasons(WorkQuery query) =>
        Enum.GetValues<FollowUpReason>()
            .Where(r => (query.Reason is null || r == query.Reason) && (!query.LettersOnly || RankOf(r) == WorkRow.Letter));

    // Found once for all reasons, so that the lists and counts of a query agree.
    private async Task SearchAsync(WorkQuery query, CancellationToken cancellationToken)
    {
        if (LetterText.WordsOf(query.Text).ToArray() is not { Length: > 0 } words) return;
        var found = new List<long>();
        foreach (var reason in Reasons(query))
            found.AddRange(await LetterHits.AmongAsync(db, viewer, words, Narrowed(reason, query).Select(c => c.Key), cancellationToken));
        _found = [.. found];
    }

    // Read from the database and not kept: list and count of two processes agree.
    private async Task ReadHoldsAsync(CancellationToken cancellationToken) =>
        _holds = await ReceiptHolds.ReadAsync(db, viewer.AuthoritiesOf(ViewerRights.Cases), now, cancellationToken);

    /// <summary>The unsolved rows with a reason, filtered by the query.</summary>
    private IQueryable<Candidate> Narrowed(FollowUpReason reason, WorkQuery query)
    {
        var rank = RankOf(reason);
        var open = Source(reason, query).Where(c => !db.WorkItems.Any(w => w.Rank == rank && w.Key == c.Key && w.SolvedAt != null));
        if (query.Until is { } moment)
        {
            var until = moment - ShiftOf(reason);
            open = open.Where(c => c.Since <= until);
        }

        if (query.From is { } first)
        {
            var from = first - ShiftOf(reason);
            open = open.Where(c => c.Since >= from);
        }

        if (query.Before is { } end)
        {
            var before = end - ShiftOf(reason);
            open = open.Where(c => c.Since < before);
        }

        var owner = query.OwnerId;
        return query.Owner switch
        {
            WorkOwner.Nobody => open.Where(c => !db.WorkItems.Any(w => w.Rank == rank && w.Key == c.Key && w.OwnerId != null)),
            WorkOwner.Person => open.Where(c => db.WorkItems.Any(w => w.Rank == rank && w.Key == c.Key && w.OwnerId == owner)),
            _ => open,
        };
    }

    private IQueryable<Candidate> Source(FollowUpReason reason, WorkQuery query)
    {
        var (failed, returned, delivered) = (Verdict.Failed.ToWire(), Verdict.Returned.ToWire(), Verdict.Delivered.ToWire());

        // A letter whose statuses were erased is no longer followed up.
        var letters = LetterFilter.Letters(db, viewer).Where(l => l.StatusesErasedAt == null);
        if (query.CaseNumber is { } number)
        {
            var caseKey = IdentifierKey.Of(number);
            letters = letters.Where(l => l.CaseNumberKey == caseKey);
        }

        if (_found is { } found) letters = letters.Where(l => EF.Parameter(found).Contains(l.Key));
        var statuses = LetterFilter.Statuses(db, kinds, viewer);
        var received = now - GracePeriod;
        const long part = WorkRow.PartSize;
        return reason switch
        {
            FollowUpReason.Failed =>
                letters.Where(l => l.Verdict == failed).Select(l => new Candidate { Since = l.VerdictAt ?? l.SentAt, Key = l.Key }),
            FollowUpReason.Returned =>
                letters.Where(l => l.Verdict == returned).Select(l => new Candidate { Since = l.VerdictAt ?? l.SentAt, Key = l.Key }),
            FollowUpReason.Contradiction => letters.Where(l => l.Verdict == delivered && l.Contradiction)
                .Select(l => new Candidate { Since = l.ContradictionAt ?? l.VerdictAt ?? l.SentAt, Key = l.Key }),
            FollowUpReason.EvidenceMissing => _holds!.WithoutWaiting(letters.Where(EvidenceDeadline.IsMissingAt(now)))
                .Select(l => new Candidate { Since = l.EvidenceDeadline ?? l.SentAt, Key = l.Key }),
            FollowUpReason.Unmatched => statuses.Where(s => s.State == MatchResult.WaitingState && s.Since <= received)
                .Select(s => new Candidate { Since = s.Since, Key = s.Sequence + (s.Part * part) }),
            _ => statuses.Where(s => s.State == MatchResult.AmbiguousState)
                .Select(s => new Candidate { Since = s.Since, Key = s.Sequence + (s.Part * part) }),
        };
    }

    private static Expression<Func<Candidate, bool>> After(DateTimeOffset at, int rank, long key, bool newestFirst) =>
        (newestFirst, rank) switch
        {
            (false, > 0) => c => c.Since >= at,
            (false, < 0) => c => c.Since > at,
            (false, _) => c => c.Since > at || (c.Since == at && c.Key > key),
            (true, < 0) => c => c.Since <= at,
            (true, > 0) => c => c.Since < at,
            (true, _) => c => c.Since < at || (c.Since == at && c.Key < key),
        };

    private async Task<IReadOnlyList<FollowUpItem>> DescribeAsync(List<Row> rows, CancellationToken cancellationToken)
    {
        var letterKeys = rows.Where(r => r.Rank == 0).Select(r => r.Key).ToArray();
        var stored = await LetterFilter.LettersByKey(db, viewer, letterKeys).ToListAsync(cancellationToken);
        var views = await new LetterViewBuilder(db, kindCache, settings, viewer).BuildAsync(stored, now, cancellationToken);
        var letters = stored.Zip(views).ToDictionary(p => p.First.Key, p => p.Second);
        var sequences = rows.Where(r => r.Rank == WorkRow.Status).Select(r => WorkRow.SequenceOf(r.Key)).ToArray();
        var messages = await LetterFilter.Statuses(db, kinds, viewer).Where(s => EF.Parameter(sequences).Contains(s.Sequence))
            .Join(db.Messages.AsNoTracking(), s => s.Sequence, m => m.Sequence, (s, m) => new { s.Part, Message = m })
            .ToListAsync(cancellationToken);
        var statuses = messages.ToDictionary(
            m => WorkRow.KeyOf(m.Message.Sequence, m.Part), m => LoggedStatus.Of(m.Message, kinds[m.Message.Kind], m.Part));
        var works = await WorksAsync(rows, cancellationToken);
        var likely = await LikelyReplacementsAsync([.. letterKeys], cancellationToken);
        return
        [
            .. rows.Where(r => r.Rank == WorkRow.Letter ? letters.ContainsKey(r.Key) : statuses.ContainsKey(r.Key))
                .Select(r => (r.Rank == WorkRow.Letter
                    ? Of(r, letters[r.Key]) with { LikelyReplacement = likely.GetValueOrDefault(r.Key) }
                    : Of(r, statuses[r.Key])) with { WorkingDays = WorkingDaysSince(r.Since) })
                .Select(i => works.TryGetValue(i.Id, out var work) ? i with { Work = work, AssignedTo = work.OwnerName } : i),
        ];
    }

    private async Task<Dictionary<string, WorkState>> WorksAsync(IReadOnlyList<Row> rows, CancellationToken cancellationToken)
    {
        var works = new Dictionary<string, WorkState>(StringComparer.Ordinal);
        foreach (var group in rows.GroupBy(r => r.Rank))
        {
            var (rank, keys) = (group.Key, group.Select(r => r.Key).ToArray());
            var items = await db.WorkItems.AsNoTracking().Where(w => w.Rank == rank && EF.Parameter(keys).Contains(w.Key))
                .ToListAsync(cancellationToken);
            var touched = items.Select(w => w.Key).ToArray();
            var latest = await db.WorkEntries.AsNoTracking()
                .Where(e => db.WorkEntries.Where(x => x.Rank == rank && EF.Parameter(touched).Contains(x.Key)).GroupBy(x => x.Key)
                    .Select(g => g.Max(x => x.Id)).Contains(e.Id))
                .ToDictionaryAsync(e => e.Key, cancellationToken);
            foreach (var item in items)
            {
                works[new WorkRow(rank, item.Key).ToString()] = new WorkState(
                    item.OwnerId, CprNumber.MaskInOrNull(item.OwnerName), item.Revision, item.AwaitsReplacement,
                    latest.TryGetValue(item.Key, out var entry) ? WorklistService.EntryOf(entry) : null);
            }
        }

        return works;
    }

    /// <summary>For each letter the id of the first later letter of its case to the same recipient, if any.</summary>
    private async Task<Dictionary<long, string>> LikelyReplacementsAsync(long[] keys, CancellationToken cancellationToken)
    {
        var pairs = await (from letter in db.Letters.AsNoTracking()
                           where EF.Parameter(keys).Contains(letter.Key)
                           join later in LetterFilter.Letters(db, viewer) on new { letter.Authority,
                               letter.CaseNumberKey } equals new { later.Authority, later.CaseNumberKey }
                           where later.Key != letter.Key && later.SentAt > letter.SentAt
                           orderby later.SentAt, later.Key
                           select new { Letter = letter, Later = later }).Take(MostLater).ToListAsync(cancellationToken);
        return pairs.Where(p => WorklistService.SameRecipient(p.Letter, p.Later)).GroupBy(p => p.Letter.Key)
            .ToDictionary(g => g.Key, g => g.First().Later.LetterId);
    }

    private int WorkingDaysSince(DateTimeOffset since)
    {
        var (day, today) = (DanishTime.DateOf(since), DanishTime.DateOf(now));

        // More than any row's real age: a wrong clock must not make this loop run over centuries.
        if (today.DayNumber - day.DayNumber > LongestAge) day = today.AddDays(-LongestAge);
        var days = 0;
        while (day < today)
        {
            day = day.AddDays(1);
            if (DanishCalendar.IsWorkingDay(day)) days++;
        }

        return days;
    }

    private static FollowUpItem Of(Row row, LetterView letter) =>
        new($"l-{row.Key}", row.Reason, letter.CaseNumber, letter.LetterId, letter.Title, null, row.Since, null,
            letter.Explanation) { RecipientName = letter.Recipient.Name };

    private static FollowUpItem Of(Row row, LoggedStatus status) => new(
        WorkRow.OfStatus(status.Sequence, status.Part).ToString(), row.Reason, null, null, null, ShownBeskedId.Of(status.Row), row.Since,
        null,
        LocalizedText.Of(row.Reason == FollowUpReason.Ambiguous ? "Ambiguous" : "Unmatched",
            CprNumber.MaskInOrNull(status.Name) ?? (object)LocalizedText.Of("Unknown")));
}
