using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Inputs;
using Portal.Ingestion.Domain.Time;
using Portal.Platform.Text;

namespace Portal.Features.Benefits.Figures;

/// <summary>How sure a figure is, in three words.</summary>
public enum SurenessLevel
{
    Unsure,
    Fair,
    Sure,
}

/// <summary>How sure a figure is, and everything that makes it less than sure.</summary>
/// <param name="Reasons">In the order of the rule; empty when it is sure.</param>
public sealed record Sureness(SurenessLevel Level, IReadOnlyList<ProblemText> Reasons)
{
    /// <summary>Nothing speaks against it.</summary>
    public static Sureness Sure { get; } = new(SurenessLevel.Sure, []);

    /// <summary>The level in words.</summary>
    public ProblemText Word => FigureTexts.Of($"Sureness{Level}");
}

/// <summary>
/// The rule of sureness, which the report's annex prints: a figure is sure until something speaks against it, and what speaks strongest
/// decides. Pure.
/// </summary>
public static class SurenessRule
{
    /// <summary>A share or a median of fewer is unsure.</summary>
    public const int FewCounted = 30;

    /// <summary>A share or a median of fewer is only fairly sure.</summary>
    public const int ManyCounted = 100;

    /// <summary>The rule in words, line by line.</summary>
    public static IReadOnlyList<ProblemText> Words { get; } =
    [
        FigureTexts.Of("RuleSure"), FigureTexts.Of("RuleFair", FewCounted, ManyCounted), FigureTexts.Of("RuleUnsure", FewCounted),
    ];

    /// <summary>How sure the figure of an indicator is.</summary>
    /// <param name="inputs">The sureness of the indicators that its formula uses, by name in words.</param>
    /// <param name="agreed">The agreed numbers that its formula uses.</param>
    public static Sureness Of(
        IndicatorDefinition indicator, IndicatorSeries series, Period period, DateOnly today, bool baselineLocked,
        IReadOnlyList<(string Name, Sureness Sureness)> inputs, IReadOnlyList<InputFact> agreed)
    {
        ArgumentNullException.ThrowIfNull(indicator);
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(agreed);
        var (level, reasons) = (SurenessLevel.Sure, new List<ProblemText>());
        void Against(SurenessLevel at, string key, params object[] places)
        {
            if (at < level) level = at;
            reasons.Add(FigureTexts.Of(key, places));
        }

        var (due, measured) = Due(indicator, series, period, today);
        if (measured == 0 && due > 0 && series.LastMonth == Month.Of(today))
            Against(SurenessLevel.Unsure, "WhyNoEnded", due, new MonthText(Month.Of(today)));
        else if (measured < due)
            Against(measured * 2 < due ? SurenessLevel.Unsure : SurenessLevel.Fair, "WhyMonths", due - measured);
        if (IsCountedShare(indicator) && series.Counted is { Whole: var whole } && whole < ManyCounted)
            Against(whole < FewCounted ? SurenessLevel.Unsure : SurenessLevel.Fair, "WhyFewCounted", whole);
        if (AgeOf(indicator, series, period, today) is { } age)
            Against(age.Old ? SurenessLevel.Unsure : SurenessLevel.Fair, "WhyAge", new MonthText(age.Last));
        if (indicator.Kind == IndicatorKind.ByHand) Against(SurenessLevel.Fair, "WhyByHand");
        if (indicator.Baseline.Value is not null)
        {
            if (!baselineLocked) Against(SurenessLevel.Fair, "WhyBaselineOpen");
            if (indicator.Baseline.Source.Length == 0) Against(SurenessLevel.Fair, "WhyBaselineSource");
        }

        if (Swings(series)) Against(SurenessLevel.Fair, "WhySpread");
        foreach (var (name, sureness) in inputs.Where(i => i.Sureness.Level < SurenessLevel.Sure))
            Against(sureness.Level, "WhyInput", name, sureness.Word);
        foreach (var fact in agreed.Where(f => f.Latest.Source.Length == 0)) Against(SurenessLevel.Fair, "WhyInputSource", PartName(fact));
        return new Sureness(level, reasons);
    }

    /// <summary>The months that a number is due in, of those that have ended, and how many of these have one.</summary>
    public static (int Due, int Measured) Due(IndicatorDefinition indicator, IndicatorSeries series, Period period, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(indicator);
        ArgumentNullException.ThrowIfNull(series);
        var first = indicator.EffectFrom is { } from && Month.Of(from) > period.First ? Month.Of(from) : period.First;
        var ended = LastEnded(period, today);
        var months = Math.Max(0, ended - first + 1);
        var rhythm = MonthsOf(indicator);
        var due = indicator.Kind == IndicatorKind.Described ? 0 : months / rhythm;
        return (due, Math.Min(due, series.Points.Count(p => p.Month >= first && p.Month <= ended)));
    }

    private static Month LastEnded(Period period, DateOnly today) =>
        period.Last < Month.Of(today) ? period.Last : Month.Of(today) + -1;

    private static bool IsCountedShare(IndicatorDefinition indicator) =>
        indicator is { Kind: IndicatorKind.Counted, Gathering: Aggregation.Whole };

    // A number is a little old when the next one is missing, and old when two are.
    private static (bool Old, Month Last)? AgeOf(IndicatorDefinition indicator, IndicatorSeries series, Period period, DateOnly today)
    {
        if (series.LastMonth is not { } last) return null;
        var (behind, rhythm) = (LastEnded(period, today) - last, MonthsOf(indicator));
        return behind < rhythm ? null : (behind >= rhythm * 2, last);
    }

    private static int MonthsOf(IndicatorDefinition indicator) => indicator.Kind != IndicatorKind.ByHand ? 1 : indicator.Every switch
    {
        MeasuringRhythm.Quarter => 3, MeasuringRhythm.HalfYear => 6, MeasuringRhythm.Year => 12, _ => 1,
    };

    // The distance between the lowest and the highest month is more than their mean.
    private static bool Swings(IndicatorSeries series) =>
        series.Points.Count >= Forecast.LeastMonths && series.Points.Average(p => p.Value) is var mean
        && series.Points.Max(p => p.Value) - series.Points.Min(p => p.Value) > Math.Abs(mean);

    private static ProblemText PartName(InputFact fact) => FigureTexts.Of($"Input{fact.Key.Part}");
}
