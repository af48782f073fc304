using Portal.Features.Benefits.Formulas;

namespace Portal.Features.Benefits.Indicators;

/// <summary>The unit of the number of one month. Pure.</summary>
internal static class MonthUnit
{
    /// <summary>Of »timer/år« that are added up a month has »timer«; everything else is the same in a month.</summary>
    public static string Of(IndicatorDefinition indicator) =>
        indicator.Gathering == Aggregation.Sum ? Of(indicator.Unit) : indicator.Unit;

    /// <summary>A yearly unit without its year.</summary>
    public static string Of(string unit) => UnitText.MonthsOf(unit) is null ? unit : UnitText.WithoutPeriod(unit);
}
