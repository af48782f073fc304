using Portal.Features.Benefits.Calculations;
using Portal.Features.Benefits.Indicators;

namespace Portal.Features.Benefits.Import;

/// <summary>
/// The years of a benefit overview, and what is expected in each: what was agreed, from the year in which the effect begins. Pure.
/// </summary>
/// <param name="First">The calendar year of year 0.</param>
public readonly record struct ExpectedYears(int First)
{
    /// <summary>
    /// Year 0 is the year in which the first effect begins, but not so early that a later effect falls outside the columns.
    /// </summary>
    /// <param name="otherwise">Year 0 when no effect has a first day.</param>
    public static ExpectedYears Of(IEnumerable<IndicatorDefinition> definitions, int otherwise)
    {
        var years = definitions.Select(d => d.EffectFrom).OfType<DateOnly>().Select(d => d.Year).ToList();
        return new ExpectedYears(years.Count == 0 ? otherwise : Math.Max(years.Min(), years.Max() - OverviewHeadings.LastYear));
    }

    /// <summary>
    /// What is expected in a year; null before the effect, and when it is not said. The likely value is the target when nobody has given
    /// another.
    /// </summary>
    /// <param name="year">0 is the first.</param>
    public decimal? In(IndicatorDefinition definition, int year, EstimateCase estimate)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return definition.EffectFrom is { } from && from.Year > First + year ? null : Of(definition, estimate);
    }

    /// <summary>What is expected in any year with the effect.</summary>
    public static decimal? Of(IndicatorDefinition definition, EstimateCase estimate)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return estimate switch
        {
            EstimateCase.Low => definition.Low,
            EstimateCase.High => definition.High,
            _ => definition.Likely ?? (IsWithin(definition, definition.Target) ? definition.Target : null) ?? Middle(definition),
        };
    }

    // A target outside what is expected is not what is likely.
    private static bool IsWithin(IndicatorDefinition definition, decimal? value) =>
        value is { } known && !(known < definition.Low) && !(known > definition.High);

    /// <summary>True when the likely value is the middle of the lowest and the highest.</summary>
    public static bool IsMiddle(IndicatorDefinition definition) =>
        Middle(definition) is { } middle && Of(definition, EstimateCase.Likely) == middle;

    private static decimal? Middle(IndicatorDefinition definition) =>
        definition is { Low: { } low, High: { } high } ? (low / 2) + (high / 2) : null;
}
