using Microsoft.EntityFrameworkCore;
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
        DateTimeOffset? VerdictAt, DateTimeOffset? EvidenceDeadline, bool Contradiction, DateTimeOffset? ContradictionAt);

    private sealed record StatusRow(long LetterKey, long Sequence, string BeskedId, int Kind, DateTimeOffset? StatusAt)
    {
        public string ShownId => ShownBeskedId.Of(BeskedId, Sequence);
    }


    /// <summary>The result for each status, in order.</summary>
    public Task<IReadOnlyList<MatchResult>> DecideAsync(IReadOnlyList<LoggedStatus> statuses, CancellationToken cancellationToken) =>
        DecideAsync(db, statuses, cancellationToken);

    /// <summary>The result for each status, in order, from the letters of a database; nothing is written.</summary>
    public static async Task<IReadOnlyList<MatchResult>> DecideAsync(
        IngestionDbContext db, IReadOnlyList<LoggedStatus> statuses, CancellationToken cancellationToken)
    {
        var identifiers = statuses.Select(StatusMatching.Of).ToList();
        var authorities = statuses.Select(s => s.Kind).Distinct().SelectMany(k => k.Authorities()).Distinct().ToArray();
        var found = new Dictionary<(string Authority, LetterIdentifier Identifier), List<long>>();
        for (var kind = 0; kind < StatusMatching.Kinds; kind++)
        {
            var step = kind;
            var values = identifiers.SelectMany(i => i).Where(i => i.Kind == step).Select(i => i.Value).Distinct().ToArray();
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

        return [.. statuses.Select((status, n) => StatusMatching.Decide(
            identifiers[n],
            identifier => status.Kind.Authorities().SelectMany(a => found.GetValueOrDefault((a, identifier)) ?? [])))];
    }

    /// <summary>Stores the matches of new statuses.</summary>
    public async Task AddAsync(
        IReadOnlyList<LoggedStatus> statuses, IReadOnlyList<MatchResult> results, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var rows = db.Inserting("StatusMatches", "Sequence", "Kind", "State", "LetterKey", "Since", "Matcher");
        for (var n = 0; n < statuses.Count; n++)
        {
            var (status, result) = (statuses[n], results[n]);
            await rows.AddAsync(
                cancellationToken, status.Sequence, status.Row.Kind, result.State, result.LetterKey, SinceOf(status, result, now).UtcTicks,
                StatusMatching.Version);
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
            var statuses = rows.Select(m => new LoggedStatus(m, kinds[m.Kind])).Where(s => s.Kind.IsPostStatus).ToList();
            statuses.RemoveAll(s => !StatusMatching.Of(s).Any(i => wanted.Contains(i.Value)));
            var before = await db.StatusMatches.AsNoTracking().Where(m => EF.Parameter(part).Contains(m.Sequence))
                .ToDictionaryAsync(m => m.Sequence, cancellationToken);

            // A status assigned by hand keeps its letter.
            var byHand = await db.HandMatches.AsNoTracking().Where(m => EF.Parameter(part).Contains(m.Sequence)).Select(m => m.Sequence)
                .ToListAsync(cancellationToken);
            statuses.RemoveAll(s => byHand.Contains(s.Sequence));
            var results = await DecideAsync(statuses, cancellationToken);
            await using var update = db.Updating("StatusMatches", "Sequence", "State", "LetterKey", "Since", "Matcher", "Mute");
            for (var n = 0; n < statuses.Count; n++)
            {
                var (status, result) = (statuses[n], results[n]);
                if (!before.TryGetValue(status.Sequence, out var old) || (old.State == result.State && old.LetterKey == result.LetterKey))
                    continue;

                // Its sender is muted, and it still matches no letter.
                if (old.State == MatchResult.MutedState && result.State == MatchResult.WaitingState) continue;
                await update.AddAsync(
                    cancellationToken, status.Sequence, result.State, result.LetterKey, SinceOf(status, result, now).UtcTicks,
                    StatusMatching.Version, null);
                if (old.LetterKey is { } left) touched.Add(left);
                if (result.LetterKey is { } joined) touched.Add(joined);
            }

            await update.FlushAsync(cancellationToken);
        }

        return touched;
    }

    /// <summary>
    /// Folds letters again, stores their verdicts (without what time alone changes, see <see cref="EvidenceDeadline"/>) and updates their
    /// worklist rows. A letter whose statuses were erased keeps its verdict.
    /// </summary>
    public async Task RefoldAsync(IReadOnlyCollection<long> letterKeys, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rules = EvidenceRules.Of(settings);
        var kinds = await kindCache.ReadAsync(db, cancellationToken);
        await using var update =
            db.Updating("Letters", "Key", "Verdict", "VerdictAt", "EvidenceDeadline", "Contradiction", "ContradictionAt");
        foreach (var keys in letterKeys.Distinct().Chunk(500))
        {
            var letters = await db.Letters.Where(l => EF.Parameter(keys).Contains(l.Key) && l.StatusesErasedAt == null)
                .Select(l => new Folded(l.Key, l.Authority, l.LetterId, l.Channel, l.SentAt, l.Verdict, l.VerdictAt, l.EvidenceDeadline,
                    l.Contradiction, l.ContradictionAt))
                .ToListAsync(cancellationToken);
            var statuses = (await db.StatusMatches.Where(m => m.LetterKey != null && EF.Parameter(keys).Contains(m.LetterKey.Value))
                .Join(db.Messages, m => m.Sequence, s => s.Sequence,
                    (m, s) => new StatusRow(m.LetterKey!.Value, s.Sequence, s.BeskedId, s.Kind, s.StatusAt))
                .ToListAsync(cancellationToken)).ToLookup(s => s.LetterKey);
            var upkeep = await WorklistUpdater.ForAsync(db, keys, now, cancellationToken);
            foreach (var letter in letters)
            {
                var facts = statuses[letter.Key].Select(s => new StatusFact(
                    s.ShownId, StatusClassifier.Classify(kinds[s.Kind], settings.PostEventCodes), s.StatusAt));

                // Folded at a moment before every deadline: the stored verdict is on-its-way, and readers apply the deadline.
                var verdict = LetterFold.Fold(
                    new LetterFacts(letter.SentAt, LetterChannels.Of(letter.Channel)), facts, DateTimeOffset.MinValue, rules);
                var folded = letter with
                {
                    Verdict = verdict.Verdict.ToWire(), VerdictAt = verdict.At, EvidenceDeadline = verdict.EvidenceDeadline,
                    Contradiction = verdict.Contradiction, ContradictionAt = verdict.ContradictionAt,
                };
                if (folded == letter && !upkeep.Knows(letter.Key)) continue;
                upkeep.Note(
                    letter.Key, letter.Authority, ReasonOf(letter, now), ReasonOf(folded, now),
                    verdict.Verdict == Verdict.Delivered && folded.Verdict != letter.Verdict, letter.LetterId,
                    [.. statuses[letter.Key].Select(s => ForUpkeep(s, kinds[s.Kind]))], verdict.Decisive);
                if (folded == letter) continue;
                await update.AddAsync(
                    cancellationToken, folded.Key, folded.Verdict, folded.VerdictAt?.UtcTicks, folded.EvidenceDeadline?.UtcTicks,
                    folded.Contradiction, folded.ContradictionAt?.UtcTicks);
            }

            await update.FlushAsync(cancellationToken);
            await upkeep.SaveAsync(cancellationToken);
        }
    }

    private UpkeepStatus ForUpkeep(StatusRow status, StoredMessageKind kind) => new(
        status.Sequence, status.ShownId, kind.ActionName ?? kind.StatusText,
        StatusClassifier.Classify(kind, settings.PostEventCodes)
            .Any(k => k is StatusKind.Failed or StatusKind.Returned or StatusKind.Recalled));

    private static LetterReason? ReasonOf(Folded letter, DateTimeOffset now) =>
        LetterReason.Of(
            letter.Verdict, letter.VerdictAt, letter.SentAt, letter.EvidenceDeadline, letter.Contradiction, letter.ContradictionAt, now);

    // A waiting status counts from its receipt, however often it is matched again.
    private static DateTimeOffset SinceOf(LoggedStatus status, MatchResult result, DateTimeOffset now) =>
        result.State == MatchResult.WaitingState ? status.Row.ReceivedAt : now;
}
