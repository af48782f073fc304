using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Letters.Delays;
using Portal.Ingestion.Letters.Meanings;
using Portal.Ingestion.Letters.Rules;
using Portal.Ingestion.Letters.Work;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.MessageKinds;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Letters;

/// <summary>
/// Matches statuses and folds letters within the caller's transaction, many at a time: a few look-ups for each batch and prepared commands
/// for the rows, since mass mailings bring hundreds of thousands of statuses within hours.
/// </summary>
internal sealed class MatchStore(IngestionDbContext db, MessageKindCache kindCache, PortalSettings settings)
{
    private sealed record Folded(long Key, string Authority, string LetterId, string Channel, DateTimeOffset SentAt, string Verdict,
        DateTimeOffset? VerdictAt, DateTimeOffset? EvidenceDeadline, bool Contradiction, DateTimeOffset? ContradictionAt, string Receipts,
        DateTimeOffset? PostedAt, int Rules, bool Physical, long? ArrivalDelay);

    private sealed record StatusRow(long LetterKey, LoggedStatus Status, bool ByHand)
    {
        public string ShownId => ShownBeskedId.Of(Status.Row);
    }

    /// <summary>The result for each status, in order.</summary>
    public Task<IReadOnlyList<MatchResult>> DecideAsync(IReadOnlyList<LoggedStatus> statuses, CancellationToken cancellationToken) =>
        DecideAsync(db, statuses, cancellationToken);

    /// <summary>The result for each status, in order, from the letters of a database; nothing is written.</summary>
    public static async Task<IReadOnlyList<MatchResult>> DecideAsync(
        IngestionDbContext db, IReadOnlyList<LoggedStatus> statuses, CancellationToken cancellationToken)
    {
        var lookUps = statuses.SelectMany(StatusMatching.LookUps).Distinct().ToLookup(i => i.Kind, i => i.Value);
        var authorities = statuses.Select(s => s.Kind).Distinct().SelectMany(k => k.Authorities()).Distinct().ToArray();
        var found = new Dictionary<(string Authority, LetterIdentifier Identifier), List<long>>();
        for (var kind = 0; kind < StatusMatching.Kinds; kind++)
        {
            var step = kind;
            var values = lookUps[step].ToArray();
            if (values.Length == 0) continue;
            var hits = await db.LetterIdentifiers.AsNoTracking()
                .Where(i => EF.Parameter(authorities).Contains(i.Authority) && i.Kind == step && EF.Parameter(values).Contains(i.Value))
                .ToListAsync(cancellationToken);
            foreach (var hit in hits)
            {
                var key = (hit.Authority, new LetterIdentifier(step, hit.Value));
                if (!found.TryGetValue(key, out var letters)) found[key] = letters = [];
                letters.Add(hit.LetterKey);
            }
        }

        return [.. statuses.Select(status => StatusMatching.Decide(
            status, identifier => status.Kind.Authorities().SelectMany(a => found.GetValueOrDefault((a, identifier)) ?? [])))];
    }

    /// <summary>Stores the matches of new statuses.</summary>
    public async Task AddAsync(
        IReadOnlyList<LoggedStatus> statuses, IReadOnlyList<MatchResult> results, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var rows = db.Inserting("StatusMatches", "Sequence", "Part", "Kind", "State", "LetterKey", "Since", "Matcher");
        for (var n = 0; n < statuses.Count; n++)
        {
            var (status, result) = (statuses[n], results[n]);
            await rows.AddAsync(
                cancellationToken, status.Sequence, status.Part, status.Row.Kind, result.State, result.LetterKey,
                SinceOf(status, result, now).UtcTicks, StatusMatching.Version);
        }

        await rows.FlushAsync(cancellationToken);
    }

    /// <summary>Stores the search keys of messages, sorted so that each index page is touched once.</summary>
    public async Task AddIdentifiersAsync(IReadOnlyList<StoredMessage> messages, CancellationToken cancellationToken)
    {
        await using var rows = db.Inserting("MessageIdentifiers", "Bucket", "Key", "Sequence");
        var found = new List<(int Bucket, long Key, long Sequence)>(messages.Count * 5);
        foreach (var message in messages)
        {
            MessageIdentifiers.ForEachKey(
                message.Identifiers, key => found.Add((StoredIdentifier.BucketOf(message.Sequence), key, message.Sequence)));
        }
        found.Sort();
        foreach (var (bucket, key, sequence) in found) await rows.AddAsync(cancellationToken, bucket, key, sequence);
        await rows.FlushAsync(cancellationToken);
    }

    /// <summary>Matches all statuses with one of <paramref name="values"/> again; returns the letters that lost or got a status.</summary>
    public async Task<IReadOnlySet<long>> RecheckAsync(
        IReadOnlyCollection<string> values, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var touched = new HashSet<long>();
        var keys = values.SelectMany(v => MessageIdentifiers.FormerKeysOf(v).Prepend(MessageIdentifiers.KeyOf(v))).Distinct().ToArray();
        var last = await db.MessageIdentifiers.MaxAsync(i => (int?)i.Bucket, cancellationToken) ?? 0;
        int[] buckets = [.. Enumerable.Range(0, last + 1)];
        var sequences = await db.MessageIdentifiers.Where(i => EF.Parameter(buckets).Contains(i.Bucket)
            && EF.Parameter(keys).Contains(i.Key)).Select(i => i.Sequence).Distinct().ToListAsync(cancellationToken);
        var kinds = await kindCache.ReadAsync(db, cancellationToken);
        var wanted = values.ToHashSet(StringComparer.Ordinal);
        foreach (var part in sequences.Chunk(500))
        {
            var rows = await db.Messages.AsNoTracking().Where(m => EF.Parameter(part).Contains(m.Sequence)).ToListAsync(cancellationToken);
            var statuses = rows.Where(m => kinds[m.Kind].IsPostStatus).SelectMany(m => LoggedStatus.Of(m, kinds[m.Kind])).ToList();
            statuses.RemoveAll(s => !StatusMatching.Of(s).Any(i => wanted.Contains(i.Value)));
            touched.UnionWith(await RematchAsync(statuses, byRules: false, now, cancellationToken));
        }

        return touched;
    }

    /// <summary>
    /// Matches statuses again that are stored, or are parts that an earlier version did not know; returns the letters that lost or got one.
    /// A status assigned by hand keeps its letter.
    /// </summary>
    /// <param name="byRules">The rules of matching changed, so what it changes in verdicts is their doing.</param>
    public async Task<IReadOnlySet<long>> RematchAsync(
        List<LoggedStatus> statuses, bool byRules, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var touched = new HashSet<long>();
        long[] sequences = [.. statuses.Select(s => s.Sequence).Distinct()];
        var before = await db.StatusMatches.AsNoTracking().Where(m => EF.Parameter(sequences).Contains(m.Sequence))
            .ToDictionaryAsync(m => (m.Sequence, m.Part), cancellationToken);
        var byHand = await db.HandMatches.AsNoTracking().Where(m => EF.Parameter(sequences).Contains(m.Sequence))
            .Select(m => new { m.Sequence, m.Part }).ToListAsync(cancellationToken);
        var free = statuses.Where(s => !byHand.Exists(h => h.Sequence == s.Sequence && h.Part == s.Part)).ToList();
        var results = await DecideAsync(free, cancellationToken);
        await using var update = db.Updating("StatusMatches", 2, "Sequence", "Part", "State", "LetterKey", "Since", "Matcher", "Mute");
        var added = new List<(LoggedStatus Status, MatchResult Result)>();
        for (var n = 0; n < free.Count; n++)
        {
            var (status, result) = (free[n], results[n]);
            if (!before.TryGetValue((status.Sequence, status.Part), out var old))
            {
                // Only a further part can be missing: a message that is not matched yet is left to the matcher.
                if (!before.ContainsKey((status.Sequence, 0))) continue;
                added.Add((status, result));
                if (result.LetterKey is { } first) touched.Add(first);
                continue;
            }

            // Its sender is muted, and it still matches no letter.
            var isMuted = old.State == MatchResult.MutedState && result.State == MatchResult.WaitingState;
            var isSame = isMuted || (old.State == result.State && old.LetterKey == result.LetterKey);
            if (isSame && old.Matcher == StatusMatching.Version) continue;
            await update.AddAsync(
                cancellationToken, status.Sequence, status.Part, isSame ? old.State : result.State, result.LetterKey,
                (isSame ? old.Since : SinceOf(status, result, now)).UtcTicks, StatusMatching.Version, isMuted ? old.Mute : null);
            if (isSame) continue;
            if (old.LetterKey is { } left) touched.Add(left);
            if (result.LetterKey is { } joined) touched.Add(joined);
        }

        if (!byRules) await BringUpAsync(touched, now, cancellationToken);
        await update.FlushAsync(cancellationToken);
        await AddAsync([.. added.Select(a => a.Status)], [.. added.Select(a => a.Result)], now, cancellationToken);
        return touched;
    }

    /// <summary>
    /// Folds those letters that earlier rules gave their verdict: to be called before their statuses or registration change, so that a
    /// change of rules and what happened since are told apart.
    /// </summary>
    public async Task BringUpAsync(IReadOnlyCollection<long> letterKeys, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (letterKeys.Count == 0 || await db.RuleSets.AsNoTracking().OrderByDescending(r => r.Id).FirstOrDefaultAsync(cancellationToken)
            is not { DoneAt: null } rules)
        {
            return;
        }

        foreach (var keys in letterKeys.Distinct().Chunk(500))
        {
            var stale = await db.Letters.Where(l => EF.Parameter(keys).Contains(l.Key) && l.Rules != rules.Id).Select(l => l.Key)
                .ToListAsync(cancellationToken);
            await RefoldAsync(stale, now, cancellationToken);
        }
    }

    /// <summary>
    /// Folds letters again, stores their verdicts (without what time alone changes, see <see cref="EvidenceDeadline"/>) and updates their
    /// worklist rows. A letter whose statuses were erased keeps its verdict. A letter that earlier rules gave its verdict records when the
    /// rules in force give it another.
    /// </summary>
    public async Task RefoldAsync(IReadOnlyCollection<long> letterKeys, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (letterKeys.Count == 0) return;
        var kinds = await kindCache.ReadAsync(db, cancellationToken);
        var current = await RuleSets.NewestAsync(db, cancellationToken);
        var meanings = await MeaningReader.RulesAsync(db, settings, cancellationToken);
        var holds = await ReceiptHolds.ReadAsync(db, now, cancellationToken);
        await using var update = db.Updating(
            "Letters", 1, "Key", "Verdict", "VerdictAt", "EvidenceDeadline", "Contradiction", "ContradictionAt", "PostedAt", "Rules",
            "Physical", "ArrivalDelay");
        foreach (var keys in letterKeys.Distinct().Chunk(500))
        {
            var letters = await db.Letters.Where(l => EF.Parameter(keys).Contains(l.Key) && l.StatusesErasedAt == null)
                .Select(l => new Folded(l.Key, l.Authority, l.LetterId, l.Channel, l.SentAt, l.Verdict, l.VerdictAt, l.EvidenceDeadline,
                    l.Contradiction, l.ContradictionAt, l.Receipts, l.PostedAt, l.Rules, l.Physical, l.ArrivalDelay))
                .ToListAsync(cancellationToken);
            var statuses = await StatusesAsync(keys, kinds, cancellationToken);
            var upkeep = await WorklistUpdater.ForAsync(db, keys, now, cancellationToken);
            foreach (var letter in letters)
            {
                var verdict = Fold(letter, statuses[letter.Key], meanings);
                var folded = letter with
                {
                    Verdict = verdict.Verdict.ToWire(), VerdictAt = verdict.At, EvidenceDeadline = verdict.EvidenceDeadline,
                    Contradiction = verdict.Contradiction, ContradictionAt = verdict.ContradictionAt, PostedAt = verdict.PostedAt,
                    Rules = current, Physical = verdict.Physical, ArrivalDelay = DelayOf(letter, verdict, statuses[letter.Key], meanings),
                };
                if (letter.Rules != current && folded.Verdict != letter.Verdict)
                {
                    db.RuleChanges.Add(new StoredRuleChange
                    {
                        LetterKey = letter.Key, RuleSet = current, At = now, Before = letter.Verdict, After = folded.Verdict,
                    });
                }

                if (folded == letter && !upkeep.Knows(letter.Key)) continue;
                upkeep.Note(
                    letter.Key, letter.Authority, ReasonOf(letter, now), ReasonOf(folded, now), Waited(letter, holds),
                    verdict.Verdict == Verdict.Delivered && folded.Verdict != letter.Verdict, letter.LetterId,
                    [.. statuses[letter.Key].Select(s => ForUpkeep(s, meanings))], verdict.Decisive?.BeskedId);
                if (folded == letter) continue;
                await update.AddAsync(
                    cancellationToken, folded.Key, folded.Verdict, folded.VerdictAt?.UtcTicks, folded.EvidenceDeadline?.UtcTicks,
                    folded.Contradiction, folded.ContradictionAt?.UtcTicks, folded.PostedAt?.UtcTicks, folded.Rules, folded.Physical,
                    folded.ArrivalDelay);
            }

            await update.FlushAsync(cancellationToken);
            await upkeep.SaveAsync(cancellationToken);
        }
    }

    private async Task<ILookup<long, StatusRow>> StatusesAsync(
        long[] keys, MessageKindSnapshot kinds, CancellationToken cancellationToken)
    {
        var rows = await db.StatusMatches.Where(m => m.LetterKey != null && EF.Parameter(keys).Contains(m.LetterKey.Value))
            .Join(db.Messages, m => m.Sequence, s => s.Sequence, (m, s) => new
            {
                LetterKey = m.LetterKey!.Value, m.Part, s.Sequence, s.BeskedId, s.Kind, s.StatusAt, s.Statuses,
                ByHand = db.HandMatches.Any(h => h.Sequence == m.Sequence && h.Part == m.Part),
            })
            .ToListAsync(cancellationToken);
        return rows.ToLookup(r => r.LetterKey, r => new StatusRow(r.LetterKey, LoggedStatus.Of(
            new StoredMessage
            {
                Sequence = r.Sequence, BeskedId = r.BeskedId, Kind = r.Kind, StatusAt = r.StatusAt, Statuses = r.Statuses, Sha256 = [],
            }, kinds[r.Kind], r.Part), r.ByHand));
    }

    // Folded at a moment before every deadline: the stored verdict is on-its-way, and readers apply the deadline.
    private LetterVerdict Fold(Folded letter, IEnumerable<StatusRow> statuses, EffectiveMeanings meanings) => LetterFold.Fold(
        new LetterFacts(letter.SentAt, LetterChannels.Of(letter.Channel)),
        statuses.SelectMany(s => s.Status.Told.Select(t => new StatusFact(
            s.ShownId, StatusClassifier.KindOf(t, meanings), t.At))),
        DateTimeOffset.MinValue, EvidenceRules.Of(settings));

    private static long? DelayOf(
        Folded letter, LetterVerdict verdict, IEnumerable<StatusRow> statuses, EffectiveMeanings meanings) => ArrivalDelay.Of(
            verdict, LetterChannels.Of(letter.Channel), letter.SentAt, statuses.SelectMany(
                s => s.Status.Told.Select(t => new ReportedArrival(t, StatusClassifier.KindOf(t, meanings), s.ByHand))));

    // It was without evidence, and not on the worklist because receipts are late everywhere.
    private static bool Waited(Folded letter, ReceiptHolds holds) => letter.Verdict == Verdict.OnItsWay.ToWire() && holds.Waits(
        letter.Authority, letter.Physical || letter.Channel == nameof(LetterChannel.FysiskPost), letter.VerdictAt ?? letter.SentAt);

    private static UpkeepStatus ForUpkeep(StatusRow row, EffectiveMeanings meanings) => new(
        row.Status.Sequence, row.ShownId, row.Status.Name, row.Status.Told.Any(t =>
            StatusClassifier.KindOf(t, meanings) is StatusKind.Failed or StatusKind.Returned or StatusKind.Recalled));

    private static LetterReason? ReasonOf(Folded letter, DateTimeOffset now) =>
        LetterReason.Of(
            letter.Verdict, letter.Receipts, letter.VerdictAt, letter.SentAt, letter.EvidenceDeadline, letter.Contradiction,
            letter.ContradictionAt, now);

    // A waiting status counts from its receipt, however often it is matched again.
    private static DateTimeOffset SinceOf(LoggedStatus status, MatchResult result, DateTimeOffset now) =>
        result.State == MatchResult.WaitingState ? status.Row.ReceivedAt : now;
}
