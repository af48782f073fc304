namespace Portal.Ingestion.Log;

/// <summary>Counts a batch's messages by time span and kind, for <see cref="StoredVolume"/>. Not thread-safe.</summary>
internal sealed class VolumeTally
{
    /// <summary>Spans of a second, used for rates.</summary>
    public const int Second = 1;

    /// <summary>Spans of an hour, for volumes and counts.</summary>
    public const int Hour = 3600;

    /// <summary>How long seconds are kept.</summary>
    public static readonly TimeSpan SecondsKept = TimeSpan.FromMinutes(30);

    private readonly Dictionary<(int Span, long Bucket, int Kind), long> _counts = [];
    private long _forgotten;

    /// <summary>The number of the span of a moment.</summary>
    public static long BucketOf(DateTimeOffset at, int span) => at.UtcTicks / (span * TimeSpan.TicksPerSecond);

    /// <summary>Counts a stored message.</summary>
    public void Add(DateTimeOffset receivedAt, int kind)
    {
        foreach (var span in (ReadOnlySpan<int>)[Second, Hour])
        {
            System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(
                _counts, (span, BucketOf(receivedAt, span), kind), out _)++;
        }
    }

    /// <summary>
    /// Adds the counts to those of the database and starts from zero. Also deletes expired seconds, but not at every write.
    /// </summary>
    public async Task WriteAsync(LogConnection log, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (Take() is { Count: > 0 } counted) await log.AddVolumesAsync(counted, cancellationToken);
        var before = BucketOf(now - SecondsKept, Second);
        if (before - _forgotten < SecondsKept.TotalSeconds / 2) return;
        await log.ForgetVolumesAsync(Second, before, cancellationToken);
        _forgotten = before;
    }

    /// <summary>Returns the counts and starts from zero.</summary>
    public IReadOnlyList<(int Span, long Bucket, int Kind, long Count)> Take()
    {
        var counted = _counts.Select(c => (c.Key.Span, c.Key.Bucket, c.Key.Kind, c.Value)).ToList();
        _counts.Clear();
        return counted;
    }
}
