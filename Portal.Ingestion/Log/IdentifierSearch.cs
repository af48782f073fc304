using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Log;

/// <summary>
/// Finds messages by BeskedId or by an identifier in them: whole, or the beginning of a UUID (eight digits at least) or of a BeskedId.
/// </summary>
internal static class IdentifierSearch
{
    /// <summary>
    /// The newest messages, at most <paramref name="limit"/> from each source, regardless of what the viewer may see: the caller's query
    /// checks that.
    /// </summary>
    public static async Task<IReadOnlyList<long>> FindAsync(
        IngestionDbContext db, string word, int limit, CancellationToken cancellationToken)
    {
        var found = await FindAsWrittenAsync(db, word, limit, cancellationToken);
        found.UnionWith((await ShownBeskedId.FindMaskedAsync(db, [word], cancellationToken)).Select(m => m.Sequence));
        if (IdentifierKey.UuidBeginning(word) is not { } beginning || beginning == word) return [.. found];
        found.UnionWith(await FindAsWrittenAsync(db, beginning, limit, cancellationToken));
        return [.. found];
    }

    /// <summary>The last message whose identifiers are indexed and whose statuses are matched with letters.</summary>
    internal static async Task<long> MatchedAsync(IngestionDbContext db, CancellationToken cancellationToken) =>
        await db.ReaderPositions.Where(p => p.Reader == Letters.LetterMatcher.Reader).Select(p => p.Sequence)
            .FirstOrDefaultAsync(cancellationToken);

    private static async Task<HashSet<long>> FindAsWrittenAsync(
        IngestionDbContext db, string word, int limit, CancellationToken cancellationToken)
    {
        var found = new HashSet<long>();
        word = Identifier.Normalise(word) ?? word;
        var wanted = IdentifierKey.Of(word);
        if (BeskedIdBytes.Beginning(word) is var (from, to))
        {
            found.UnionWith(await db.SequencesBetween(from, to).OrderByDescending(s => s).Take(limit).ToListAsync(cancellationToken));
        }

        // The identifiers of the newest messages are not indexed yet; those messages, a few seconds' worth, are examined directly.
        var written = await MatchedAsync(db, cancellationToken);
        var candidates = await CandidatesAsync(db, word, written, limit, cancellationToken);
        found.UnionWith(candidates.Where(c => MessageIdentifiers.Unpack(c.Identifiers)
            .Any(i => IdentifierKey.Of(i.Value).StartsWith(wanted, StringComparison.Ordinal))).Select(c => c.Sequence));
        return found;
    }

    private sealed record Candidate(long Sequence, byte[]? Identifiers);

    private static async Task<List<Candidate>> CandidatesAsync(
        IngestionDbContext db, string word, long written, int limit, CancellationToken cancellationToken)
    {
        int[] buckets = [.. Enumerable.Range(0, StoredIdentifier.BucketOf(written) + 1)];
        var (from, to) = MessageIdentifiers.KeysOf(word) ?? (MessageIdentifiers.KeyOf(word), MessageIdentifiers.KeyOf(word));
        long[] keys = [.. MessageIdentifiers.FormerKeysOf(word)];
        var sequences = await db.MessageIdentifiers
            .Where(i => EF.Parameter(buckets).Contains(i.Bucket) && ((i.Key >= from && i.Key <= to) || EF.Parameter(keys).Contains(i.Key)))
            .Select(i => i.Sequence).Distinct().OrderByDescending(s => s).Take(limit).ToArrayAsync(cancellationToken);
        var candidates = await db.Messages.AsNoTracking().Where(m => EF.Parameter(sequences).Contains(m.Sequence))
            .Select(m => new Candidate(m.Sequence, m.Identifiers)).ToListAsync(cancellationToken);
        var waiting = db.Messages.AsNoTracking().Where(m => m.Sequence > written && m.Identifiers != null)
            .OrderByDescending(m => m.Sequence).Take(limit).Select(m => new Candidate(m.Sequence, m.Identifiers)).AsAsyncEnumerable();
        await foreach (var candidate in waiting.WithCancellation(cancellationToken))
        {
            if (MessageIdentifiers.HasKey(candidate.Identifiers, from, to)) candidates.Add(candidate);
        }

        return candidates;
    }
}
