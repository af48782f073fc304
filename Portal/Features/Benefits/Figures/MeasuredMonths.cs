using Portal.Features.Benefits.Indicators;
using Portal.Ingestion.Domain.Time;

namespace Portal.Features.Benefits.Figures;

/// <summary>
/// How many months (or times, see <paramref name="Unit"/>) a benefit is measured in, of how many: the same on the page, in the report and
/// in the workbook. Pure.
/// </summary>
/// <param name="Measured">At most <paramref name="Due"/>.</param>
/// <param name="Due">
/// The year's twelve for a sum, whose target is for a year, however long the period is; for everything else the months of the period in
/// which a number is due, with the present month when it has one.
/// </param>
/// <param name="Last">The last month with a number.</param>
public sealed record MeasuredMonths(int Measured, int Due, Month Last, MeasuredUnit Unit)
{
    /// <summary>Of a figure; null for one that is described in words, or that has no number in the period.</summary>
    /// <param name="today">Today in Copenhagen.</param>
    public static MeasuredMonths? Of(BenefitFigure figure, Period period, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(figure);
        var (definition, series) = (figure.Definition, figure.Series);
        if (definition.Kind == IndicatorKind.Described || series.LastMonth is not { } last) return null;
        if (definition.Gathering == Aggregation.Sum)
            return new MeasuredMonths(figure.Standing.Measured, TargetProgress.YearMonths, last, MeasuredUnit.MonthsOfYear);

        var (due, measured) = SurenessRule.Due(definition, series, period, today);
        if (definition is { Kind: IndicatorKind.ByHand, Every: not MeasuringRhythm.Month })
            return new MeasuredMonths(series.Covered, Math.Max(due, series.Covered), last, MeasuredUnit.Times);

        // Before the effect nothing is due: what is measured there is the baseline's.
        var begun = definition.EffectFrom is { } from && Month.Of(from) > period.First ? Month.Of(from) : (Month?)null;
        var present = Math.Max(0, series.Points.Count(p => p.Month >= (begun ?? period.First)) - measured);
        return new MeasuredMonths(
            measured + present, due + present, last, begun is null ? MeasuredUnit.Months : MeasuredUnit.MonthsOfEffect);
    }
}

/// <summary>What is counted.</summary>
public enum MeasuredUnit
{
    /// <summary>Months in which a number is due.</summary>
    Months,

    /// <summary>The same, where the effect begins within the period: the months since then.</summary>
    MonthsOfEffect,

    /// <summary>The months of the year that the target is for.</summary>
    MonthsOfYear,

    /// <summary>Times, for a number that is due more seldom than each month.</summary>
    Times,
}
