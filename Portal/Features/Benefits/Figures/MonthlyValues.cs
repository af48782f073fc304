using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Benefits.Problems;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Figures;
using Portal.Ingestion.Letters;
using Portal.Platform.Text;
using Portal.Platform.Text.Numbers;

namespace Portal.Features.Benefits.Figures;

/// <summary>Computes monthly values from measurements and from counts. Pure.</summary>
public static class MonthlyValues
{
    private const double Median = 0.5, NearlyAll = 0.95;

    /// <summary>The measurements that count: of several for the same time the one entered last; withdrawn ones are left out.</summary>
    public static IReadOnlyList<Measurement> Current(IEnumerable<Measurement> measurements) =>
        [.. measurements.GroupBy(m => m.At).Select(g => g.MaxBy(m => m.Id)!).Where(m => m.Value is not null).OrderBy(m => m.At)];

    /// <summary>The series of measurements entered by hand, by month.</summary>
    public static IndicatorSeries ByHand(IndicatorDefinition indicator, IEnumerable<Measurement> measurements, Period period)
    {
        var months = Current(measurements).GroupBy(m => Month.Of(m.At))
            .ToDictionary(g => g.Key, g => Aggregate(indicator.Gathering, [.. g.Select(m => m.Value!.Value)]));
        var points = new List<SeriesPoint>();
        foreach (var month in period.Months)
        {
            if (!months.TryGetValue(month, out var value)) continue;
            if (value is null) return new IndicatorSeries(points, null, TooLarge, null);
            points.Add(new SeriesPoint(month, value.Value));
        }

        if (points.Count > 0) return Aggregated(indicator.Gathering, points, null);

        // For values that hold until measured again, the newest one before the period is the period's value, but belongs to no month.
        decimal? earlier =
            indicator.Gathering == Aggregation.Latest && months.Keys.Where(m => m < period.First).Order().ToList() is [.., var last]
                ? months[last]
                : null;
        return new IndicatorSeries(points, earlier, null, null);
    }

    /// <summary>
    /// A series of months with the period's value aggregated from them; with a problem instead when that is beyond <see cref="Amount"/>.
    /// </summary>
    /// <param name="problem">Why no month has a value, if none has.</param>
    public static IndicatorSeries Aggregated(Aggregation aggregation, IReadOnlyList<SeriesPoint> points, ProblemText? problem)
    {
        if (points.Count == 0) return new IndicatorSeries(points, null, problem, null);
        var value = Aggregate(aggregation, [.. points.Select(p => p.Value)]);
        return new IndicatorSeries(
            points, value is { } found ? Amount.Settle(found) : null, value is null ? TooLarge : null, null);
    }

    private static ProblemText TooLarge => ProblemTexts.Of("GathersTooLarge", Amount.Largest);

    /// <summary>The series of a count of letters, by month. A month without letters to count has no value.</summary>
    public static IndicatorSeries Letters(LogMeasure measure, LetterCounts counts, Period period)
    {
        var points = period.Months.Select(m => (Month: m, Value: Measure(measure, counts, [m]))).Where(p => p.Value is not null)
            .Select(p => new SeriesPoint(p.Month, p.Value!.Value, Counted(measure, counts, [p.Month]))).ToList();
        return new IndicatorSeries(
            points, points.Count == 0 ? null : Measure(measure, counts, [.. period.Months]), null, counts.Letters(period.Months))
        {
            Counted = points.Count == 0 ? null : Counted(measure, counts, [.. period.Months]),
        };
    }

    /// <summary>The series of messages received, by month; a month without messages has no value.</summary>
    public static IndicatorSeries Volume(IReadOnlyDictionary<Month, long> volume, Period period)
    {
        var points = period.Months.Where(volume.ContainsKey).Select(m => new SeriesPoint(m, volume[m])).ToList();
        return Aggregated(Aggregation.Sum, points,
            null) with { Basis = volume.Where(v => v.Key >= period.First && v.Key <= period.Last).Sum(v => v.Value) };
    }

    /// <summary>The value of one month's measurements; null when there is none left, or it is beyond <see cref="Amount"/>.</summary>
    public static decimal? OfMonth(Aggregation aggregation, IEnumerable<Measurement> measurements) =>
        Current(measurements) is { Count: > 0 } current ? Aggregate(aggregation, [.. current.Select(m => m.Value!.Value)]) : null;

    private static decimal? Aggregate(Aggregation aggregation, IReadOnlyList<decimal> values) => aggregation switch
    {
        Aggregation.Sum => Amount.Sum(values),
        Aggregation.Average or Aggregation.Whole => Amount.Mean(values),
        _ => Amount.Of(values[^1]),
    };

    private static decimal? Measure(LogMeasure measure, LetterCounts counts, IReadOnlyList<Month> months)
    {
        var letters = counts.Letters(months);
        return measure switch
        {
            LogMeasure.DocumentedShare => letters == 0 ? null : 100m * counts.Documented(months) / letters,
            LogMeasure.MedianArrival => Hours(counts.Arrival(months, Median)),
            LogMeasure.P95Arrival => Hours(counts.Arrival(months, NearlyAll)),
            LogMeasure.FollowUpsOpened => letters == 0 && counts.Opened(months) == 0 ? null : counts.Opened(months),
            LogMeasure.FollowUpsSolved => letters == 0 && counts.Solved(months) == 0 ? null : counts.Solved(months),
            LogMeasure.FollowUpAge => Hours(counts.SolutionTime(months, Median)),
            LogMeasure.Letters => letters == 0 ? null : letters,
            _ => letters == 0 ? null : counts.Of(months, VerdictOf(measure)),
        };
    }

    // A share has the letters it is of; a median or percentile has those that it is the middle of, as part and whole.
    private static PartOfWhole? Counted(LogMeasure measure, LetterCounts counts, IReadOnlyList<Month> months) => measure switch
    {
        LogMeasure.DocumentedShare => new(counts.Documented(months), counts.Letters(months)),
        LogMeasure.MedianArrival or LogMeasure.P95Arrival => new(counts.Documented(months), counts.Documented(months)),
        LogMeasure.FollowUpAge => new(counts.Solved(months), counts.Solved(months)),
        _ => null,
    };

    private static Verdict VerdictOf(LogMeasure measure) => measure switch
    {
        LogMeasure.Delivered => Verdict.Delivered,
        LogMeasure.HandedToPost => Verdict.HandedToPost,
        LogMeasure.OnItsWay => Verdict.OnItsWay,
        LogMeasure.EvidenceMissing => Verdict.EvidenceMissing,
        LogMeasure.Failed => Verdict.Failed,
        LogMeasure.Returned => Verdict.Returned,
        LogMeasure.Recalled => Verdict.Recalled,
        _ => throw new ArgumentOutOfRangeException(nameof(measure)),
    };

    private static decimal? Hours(TimeSpan? time) => time is { } span ? Math.Round((decimal)span.TotalMinutes / 60, 4) : null;
}
