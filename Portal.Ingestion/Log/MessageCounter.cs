using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Log.MessageKinds;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Log;

/// <summary>
/// Counts messages: from the stored volumes (by kind and time span) for whole spans, and from the messages themselves only at the edges.
/// </summary>
internal sealed class MessageCounter(IngestionDbContext db, MessageSearch search, TimeProvider time)
{
    /// <summary>Counting of single messages stops here.</summary>
    public const int Most = 10_000;

    /// <summary>And here for a viewer with limits, whose page counts again every second.</summary>
    public const int MostLimited = 1_000;

    private static readonly TimeSpan Hour = TimeSpan.FromSeconds(VolumeTally.Hour);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(VolumeTally.Second);

    /// <summary>The number of messages that the search finds.</summary>
    public async Task<MessageCount> CountAsync(CancellationToken cancellationToken)
    {
        if (search.Kinds.IsEmpty) return new MessageCount(0);
        if (search.IsByKind && search.Kinds.Limits is { } limits) return await OfLimitsAsync(limits, cancellationToken);
        if (!search.IsByKind)
        {
            var counted = await search.Conditions(db.Messages.AsNoTracking()).Take(Most + 1).CountAsync(cancellationToken);
            return new MessageCount(Math.Min(counted, Most), counted > Most);
        }

        return new MessageCount(await OfKindsAsync(search.Kinds, cancellationToken));
    }

    private async Task<MessageCount> OfLimitsAsync(MessageLimits limits, CancellationToken cancellationToken)
    {
        var free = limits.Free.Length == 0 ? 0
            : await OfKindsAsync(search.Kinds with { Ids = limits.Free, Limits = null }, cancellationToken);
        var few = LetterMessages.Suit(limits) ? await LetterMessages.OfFewAsync(db, limits, cancellationToken) : null;
        var limited = few is { } sequences
            ? await OfSequencesAsync(limits, sequences, cancellationToken)
            : await limits.Limited(db, search.InTime(db.Messages.AsNoTracking())).Take(MostLimited + 1).CountAsync(cancellationToken);
        return new MessageCount(free + Math.Min(limited, MostLimited), limited > MostLimited);
    }

    private async Task<int> OfSequencesAsync(MessageLimits limits, long[] sequences, CancellationToken cancellationToken)
    {
        var messages = search.InTime(db.Messages.AsNoTracking());
        var count = await limits.WithoutLetter(db, messages).Take(MostLimited + 1).CountAsync(cancellationToken);
        foreach (var part in sequences.Chunk(MostLimited))
        {
            if (count > MostLimited) break;
            count += await limits.Limited(db, messages.Where(m => EF.Parameter(part).Contains(m.Sequence))).CountAsync(cancellationToken);
        }

        return count;
    }

    private async Task<long> OfKindsAsync(MessageKindFilter kinds, CancellationToken cancellationToken)
    {
        // Whole hours from the volumes; the rest at either end from the messages.
        var (from, to) = (search.Filter.From, search.Filter.To);
        var (first, end) = (from is { } f ? Ceiling(f) : (DateTimeOffset?)null, to is { } t ? Floor(t) : (DateTimeOffset?)null);
        if (first >= end) return await OfMessagesAsync(kinds, from, to, cancellationToken);
        var count = await OfHoursAsync(kinds, first, end, cancellationToken);
        if (from < first) count += await OfMessagesAsync(kinds, from, first, cancellationToken);
        if (end < to) count += await OfMessagesAsync(kinds, end, to, cancellationToken);
        return count;
    }

    /// <summary>Messages per bucket, oldest first, zeros included.</summary>
    public async Task<IReadOnlyList<long>> VolumeAsync(
        DateTimeOffset from, TimeSpan bucket, int buckets, CancellationToken cancellationToken)
    {
        var volume = new long[buckets];
        if (search.Kinds.IsEmpty) return volume;
        var counted =
            search.IsCountedByKind && IsWhole(from, bucket, Hour)
                ? await OfSpansAsync(VolumeTally.Hour, from, bucket, buckets, cancellationToken) :
            search.IsCountedByKind && IsWhole(default, bucket, Second) && from >= time.GetUtcNow() - VolumeTally.SecondsKept + bucket
                ? await OfSpansAsync(VolumeTally.Second, from, bucket, buckets, cancellationToken) :
            await OfBucketsAsync(from, bucket, buckets, cancellationToken);
        foreach (var (number, count) in counted)
        {
            if (number >= 0 && number < buckets) volume[number] += count;
        }

        return volume;
    }

    private static bool IsWhole(DateTimeOffset from, TimeSpan bucket, TimeSpan span) =>
        from.UtcTicks % span.Ticks == 0 && bucket.Ticks % span.Ticks == 0;

    private static DateTimeOffset Floor(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % Hour.Ticks), TimeSpan.Zero);

    private static DateTimeOffset Ceiling(DateTimeOffset at) => Floor(at) is var floor && floor == at ? floor : floor + Hour;

    private async Task<long> OfMessagesAsync(
        MessageKindFilter kinds, DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancellationToken)
    {
        var messages = kinds.In(db, db.Messages.AsNoTracking());
        if (from is { } first) messages = messages.Where(m => m.ReceivedAt >= first);
        if (to is { } end) messages = messages.Where(m => m.ReceivedAt < end);
        return await messages.LongCountAsync(cancellationToken);
    }

    private async Task<long> OfHoursAsync(
        MessageKindFilter kinds, DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancellationToken)
    {
        var first = from is { } f ? VolumeTally.BucketOf(f, VolumeTally.Hour) : 0;
        var end = to is { } t ? VolumeTally.BucketOf(t, VolumeTally.Hour) : long.MaxValue;
        var ids = kinds.Ids;
        return await db.Volumes.Where(v => v.Span == VolumeTally.Hour && v.Bucket >= first && v.Bucket < end
            && EF.Parameter(ids).Contains(v.Kind)).SumAsync(v => v.Count, cancellationToken);
    }

    // A bucket of seconds begins at the second of its start.
    private async Task<List<(long Bucket, long Count)>> OfSpansAsync(
        int span, DateTimeOffset from, TimeSpan bucket, int buckets, CancellationToken cancellationToken)
    {
        var first = VolumeTally.BucketOf(from, span);
        var width = (long)bucket.TotalSeconds / span;
        var end = first + (width * buckets) + (span == VolumeTally.Second ? 1 : 0);
        var ids = search.Kinds.Ids;
        var counted = await db.Volumes
            .Where(v => v.Span == span && v.Bucket >= first && v.Bucket < end && EF.Parameter(ids).Contains(v.Kind))
            .GroupBy(v => v.Bucket).Select(g => new { Bucket = g.Key, Count = g.Sum(v => v.Count) })
            .ToListAsync(cancellationToken);

        // The second in which the last bucket ends counts in it, so that messages that came just now are included.
        return [.. counted.Select(c => (Math.Min((c.Bucket - first) / width, buckets - 1), c.Count))];
    }

    private async Task<List<(long Bucket, long Count)>> OfBucketsAsync(
        DateTimeOffset from, TimeSpan bucket, int buckets, CancellationToken cancellationToken)
    {
        var to = from + (bucket * buckets);
        var (start, width) = (from.UtcTicks, bucket.Ticks);
        var counted = await search.Conditions(db.Messages.AsNoTracking()).Where(m => m.ReceivedAt >= from && m.ReceivedAt < to)
            .GroupBy(m => ((long)(object)m.ReceivedAt - start) / width)
            .Select(g => new { Bucket = g.Key, Count = g.LongCount() })
            .ToListAsync(cancellationToken);
        return [.. counted.Select(c => (c.Bucket, c.Count))];
    }
}
