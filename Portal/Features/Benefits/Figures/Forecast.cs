using Portal.Features.Benefits.Formulas;
using Portal.Features.Benefits.Indicators;
using Portal.Ingestion.Domain.Time;
using Portal.Platform.Text.Numbers;

namespace Portal.Features.Benefits.Figures;

/// <summary>The rule that a forecast is made by.</summary>
public enum ForecastRule
{
    /// <summary>
    /// For sums: each month of the year that is not measured becomes like the mean of those that are; at least like the lowest, at most
    /// like the highest of them.
    /// </summary>
    RestOfYear,

    /// <summary>
    /// For everything else: from no change at all to the same change a month as between the first and the last measured month, until the
    /// target's day.
    /// </summary>
    SamePace,
}

/// <summary>What a benefit comes to if it goes on as now: a range, never one number. Pure.</summary>
/// <param name="Months">How many months are filled in: of the year, or until the target's day.</param>
/// <param name="PerMonth">What <see cref="Likely"/> adds for each of them.</param>
/// <param name="From">The value that the forecast starts from.</param>
public sealed record Forecast(decimal Low, decimal Likely, decimal High, ForecastRule Rule, int Months, decimal PerMonth, decimal From)
{
    /// <summary>The fewest measured months that a forecast is made from.</summary>
    public const int LeastMonths = 3;

    /// <summary>
    /// The forecast; null with fewer than <see cref="LeastMonths"/> measured months, when nothing is left to forecast, or when a number
    /// would be too large.
    /// </summary>
    /// <param name="year">The measured months of the last twelve, for a sum.</param>
    public static Forecast? Of(
        IndicatorDefinition indicator, IndicatorSeries series, IReadOnlyList<SeriesPoint> year, Period period, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(indicator);
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(year);
        if (indicator.Target is null) return null;
        return indicator.Gathering == Aggregation.Sum ? RestOf(year) : At(indicator, series, today);
    }

    /// <summary>The forecast within what the chain's own numbers allow.</summary>
    /// <param name="limit">The best possible value; null when nothing limits it.</param>
    public Forecast Within(BetterWhen better, decimal? limit)
    {
        if (limit is not { } best) return this;
        decimal Kept(decimal value) => better == BetterWhen.Higher ? Math.Min(value, best) : Math.Max(value, best);
        return this with { Low = Kept(Low), Likely = Kept(Likely), High = Kept(High) };
    }

    private static Forecast? RestOf(IReadOnlyList<SeriesPoint> year)
    {
        var rest = TargetProgress.YearMonths - year.Count;
        if (year.Count < LeastMonths || rest <= 0) return null;
        var values = year.Select(p => p.Value).ToList();
        if (Amount.Sum(values) is not { } sum || Amount.Mean(values) is not { } mean) return null;
        return With(sum, values.Min(), values.Max()) is var (low, high) && Plus(sum, mean, rest) is { } likely
            ? new Forecast(low, likely, high, ForecastRule.RestOfYear, rest, mean, sum)
            : null;

        (decimal, decimal)? With(decimal from, decimal least, decimal most) =>
            Plus(from, least, rest) is { } low && Plus(from, most, rest) is { } high ? (low, high) : null;
    }

    private static Forecast? At(IndicatorDefinition indicator, IndicatorSeries series, DateOnly today)
    {
        if (indicator.TargetOn is not { } on || on <= today || series.Points.Count < LeastMonths) return null;
        var (first, last) = (series.Points[0], series.Points[^1]);
        var left = Month.Of(on) - last.Month;
        if (left <= 0 || Amount.Subtract(last.Value, first.Value) is not { } change) return null;
        var pace = change / (last.Month - first.Month);
        if (Plus(last.Value, pace, left) is not { } likely) return null;
        if (UnitText.Parse(indicator.Unit) == Unit.OfPercent) likely = Math.Clamp(likely, 0, 100);
        return new Forecast(
            Math.Min(last.Value, likely), likely, Math.Max(last.Value, likely), ForecastRule.SamePace, left, pace, last.Value);
    }

    private static decimal? Plus(decimal from, decimal each, int times) =>
        Amount.Multiply(each, times) is { } more ? Amount.Add(from, more) : null;
}
