using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Figures;

/// <summary>
/// A duration in steps, of which there are few however many letters there are: one minute up to four hours, 15 minutes up to two days, six
/// hours up to 120 days. Medians and percentiles are exact to these steps.
/// </summary>
public static class ArrivalSpan
{
    private const int Minutes = 240;
    private const int Quarters = ((2880 - Minutes) / 15) + Minutes;
    private const int Last = (((120 * 1440) - 2880) / 360) + Quarters;

    /// <summary>The step of a duration; a negative one (of a slow clock) counts as zero.</summary>
    public static int Of(TimeSpan time)
    {
        var minutes = (long)Math.Max(0, Math.Floor(time.TotalMinutes));
        return minutes < Minutes ? (int)minutes
            : minutes < 2880 ? Minutes + (int)((minutes - Minutes) / 15)
            : (int)Math.Min(Last, Quarters + ((minutes - 2880) / 360));
    }

    /// <summary>The start of a step, in minutes.</summary>
    public static int MinutesOf(int span) =>
        span < Minutes ? span : span < Quarters ? Minutes + ((span - Minutes) * 15) : 2880 + ((span - Quarters) * 360);

    /// <summary>The value at or below which a share of all lie; null when there are none.</summary>
    /// <param name="counts">Steps with their counts, in any order.</param>
    /// <param name="share">0.5 for the median.</param>
    public static TimeSpan? Percentile(IEnumerable<(int Span, long Count)> counts, double share)
    {
        var ordered = counts.Where(c => c.Count > 0).OrderBy(c => c.Span).ToList();
        var total = ordered.Sum(c => c.Count);
        if (total == 0) return null;
        var rank = Quantile.Rank(total, share);
        foreach (var (span, count) in ordered)
        {
            rank -= count;
            if (rank <= 0) return TimeSpan.FromMinutes(MinutesOf(span));
        }

        return TimeSpan.FromMinutes(MinutesOf(ordered[^1].Span));
    }
}
