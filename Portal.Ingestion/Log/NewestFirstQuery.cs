using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Log.MessageKinds;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Log;

/// <summary>
/// Reads the newest messages of a search in the way that reads least: listed messages by their numbers, few kinds from the index by kind,
/// and everything else by scanning from the newest message, which soon finds what is common.
/// </summary>
internal sealed class NewestFirstQuery(IngestionDbContext db, MessageSearch search)
{
    private const int MostAtOnce = 5_000;

    /// <summary>Messages before a sequence number (all when null), newest first.</summary>
    public async Task<IReadOnlyList<StoredMessage>> ReadAsync(long? before, int limit, CancellationToken cancellationToken)
    {
        if (search.Kinds.IsEmpty) return [];
        var messages = db.Messages.AsNoTracking();
        if (before is { } bound) messages = messages.Where(m => m.Sequence < bound);

        if (search.IsByKind && search.Kinds.Limits is { } limits && LetterMessages.Suit(limits))
        {
            int[] alone = [.. search.Kinds.Ids.Intersect(limits.Alone)];
            var rows = await OfLettersAsync(messages, limits, before, limit, cancellationToken);
            return alone.Length == 0
                ? rows
                : Newest([.. rows, .. await OfKindsAsync(messages, search.Kinds with { Ids = alone }, limit, cancellationToken)], limit);
        }

        if (search.IsByKind && search.Kinds.IsSelective) return await OfKindsAsync(messages, search.Kinds, limit, cancellationToken);
        if (search.Words is [{ Sequences: { } named } only] && (only.Kinds.IsEmpty || only.Kinds.IsSelective))
        {
            var rows = await Named(messages, named).OrderByDescending(m => m.Sequence).Take(limit).ToListAsync(cancellationToken);
            return only.Kinds.IsEmpty
                ? rows
                : Newest([.. rows, .. await OfKindsAsync(messages, only.Kinds.And(search.Kinds), limit, cancellationToken)], limit);
        }

        return await search.Conditions(messages).OrderByDescending(m => m.Sequence).Take(limit).ToListAsync(cancellationToken);
    }

    private IQueryable<StoredMessage> Named(IQueryable<StoredMessage> messages, long[] sequences) =>
        search.Kinds.In(db, search.InTime(messages.Where(m => EF.Parameter(sequences).Contains(m.Sequence))));

    // Newest first in parts, since the first part nearly always has enough; each further part is larger.
    private async Task<List<StoredMessage>> OfLettersAsync(
        IQueryable<StoredMessage> messages, MessageLimits limits, long? before, int limit, CancellationToken cancellationToken)
    {
        var (rows, size) = (new List<StoredMessage>(), limit);
        var few = await LetterMessages.OfFewAsync(db, limits, cancellationToken);
        for (var next = before; ;)
        {
            var part = few is null
                ? await LetterMessages.BeforeAsync(db, limits, next, size, cancellationToken)
                : [.. few.SkipWhile(s => s >= next).Take(size)];
            if (part.Length > 0)
                rows.AddRange(await Named(messages, part).OrderByDescending(m => m.Sequence).Take(limit).ToListAsync(cancellationToken));
            if (part.Length < size || rows.Count >= limit) return Newest(rows, limit);
            (next, size) = (part[^1], Math.Min(size * 2, MostAtOnce));
        }
    }

    private async Task<IReadOnlyList<StoredMessage>> OfKindsAsync(
        IQueryable<StoredMessage> messages, MessageKindFilter kinds, int limit, CancellationToken cancellationToken)
    {
        var rows = new List<StoredMessage>();
        foreach (var kind in kinds.Ids)
        {
            rows.AddRange(await search.InTime(kinds.WithinLimits(db, messages.Where(m => m.Kind == kind)))
                .OrderByDescending(m => m.Sequence).Take(limit).ToListAsync(cancellationToken));
        }

        if (kinds.Unknown)
        {
            rows.AddRange(await search.InTime(kinds.OfUnknown(messages)).OrderByDescending(m => m.Sequence).Take(limit)
                .ToListAsync(cancellationToken));
        }
        return Newest(rows, limit);
    }

    private static List<StoredMessage> Newest(IEnumerable<StoredMessage> rows, int limit) =>
        [.. rows.DistinctBy(m => m.Sequence).OrderByDescending(m => m.Sequence).Take(limit)];
}
