namespace Portal.Ingestion.Domain;

/// <summary>The rules of medians and percentiles, in one place. Pure.</summary>
public static class Quantile
{
    private const int Exact = 6;

    /// <summary>The rank, from 1, of the smallest value at or below which a share of all lie.</summary>
    /// <param name="count">How many values there are; at least 1.</param>
    /// <param name="share">0.99 for the 99th percentile; what a double cannot hold exactly does not count: 0.99 of 100 is the 99th.</param>
    public static long Rank(long count, double share) =>
        Math.Max(1, (long)Math.Ceiling(Math.Round(count * (decimal)share, Exact)));

    /// <summary>The value at or below which a share of all lie; zero when there are none.</summary>
    public static TimeSpan Of(IReadOnlyList<TimeSpan> ordered, double share)
    {
        ArgumentNullException.ThrowIfNull(ordered);
        return ordered.Count == 0 ? TimeSpan.Zero : ordered[(int)Rank(ordered.Count, share) - 1];
    }

    /// <summary>The middle value, or the mean of the two in the middle; zero when there are none.</summary>
    public static TimeSpan Median(IReadOnlyList<TimeSpan> ordered)
    {
        ArgumentNullException.ThrowIfNull(ordered);
        if (ordered.Count == 0) return TimeSpan.Zero;
        var (lower, upper) = (ordered[(ordered.Count - 1) / 2], ordered[ordered.Count / 2]);
        return lower + ((upper - lower) / 2);
    }
}
