namespace Portal.Ingestion.Operations;

/// <summary>
/// Counts durations from 1 ms to about five months in exponential bins, four per doubling: small, mergeable, and a percentile is at most a
/// fifth too large. Not thread-safe.
/// </summary>
public sealed class DurationHistogram
{
    /// <summary>Upper bound of a percentile's error, as a factor.</summary>
    public static double Step { get; } = Math.Pow(2, 1.0 / StepsPerDoubling);

    private const int StepsPerDoubling = 4;
    private const int Bins = 34 * StepsPerDoubling;
    private readonly long[] _bins = new long[Bins];

    /// <summary>Number of durations.</summary>
    public long Count { get; private set; }

    /// <summary>Adds a duration. Below 1 ms, or negative because two clocks differ, counts as 1 ms.</summary>
    public void Add(TimeSpan duration)
    {
        _bins[Math.Clamp((int)Math.Ceiling(Math.Log2(Math.Max(1, duration.TotalMilliseconds)) * StepsPerDoubling), 0, Bins - 1)]++;
        Count++;
    }

    /// <summary>Adds the counts of another histogram.</summary>
    public void Add(DurationHistogram other)
    {
        ArgumentNullException.ThrowIfNull(other);
        for (var n = 0; n < Bins; n++) _bins[n] += other._bins[n];
        Count += other.Count;
    }

    /// <summary>Removes all durations.</summary>
    public void Clear()
    {
        Array.Clear(_bins);
        Count = 0;
    }

    /// <summary>The duration that <paramref name="share"/> (0–1) of all do not exceed; null when the histogram is empty.</summary>
    public TimeSpan? Percentile(double share)
    {
        if (Count == 0) return null;
        var rank = Math.Clamp((long)Math.Ceiling(share * Count), 1, Count);
        var bin = 0;
        for (var seen = _bins[0]; seen < rank; seen += _bins[bin]) bin++;
        return TimeSpan.FromMilliseconds(Math.Pow(2, (double)bin / StepsPerDoubling));
    }
}
