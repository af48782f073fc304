using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Problems;
using Portal.Ingestion.Domain.Time;
using Portal.Platform.Text;
using Portal.Platform.Text.Numbers;

namespace Portal.Features.Benefits.Figures;

/// <summary>A period of whole months, first and last included.</summary>
public readonly record struct Period(Month First, Month Last)
{
    /// <summary>The twelve months that end with <paramref name="last"/>.</summary>
    public static Period YearUpTo(Month last) => new(last + -11, last);

    /// <summary>The number of months.</summary>
    public int Count => Last - First + 1;

    /// <summary>The months in order.</summary>
    public IEnumerable<Month> Months => Enumerable.Range(First.Number, Math.Max(0, Count)).Select(n => new Month(n));

    /// <summary>The period in Danish: »1. januar – 31. december 2026«.</summary>
    public override string ToString() => First.Year == Last.Year
        ? $"{First.First.ToString("d. MMMM", Portal.Platform.Text.DanishFormat.Danish)} "
            + $"– {Last.Last.ToString("d. MMMM yyyy", Portal.Platform.Text.DanishFormat.Danish)}"
        : $"{First.First.ToString("d. MMMM yyyy", Portal.Platform.Text.DanishFormat.Danish)} "
            + $"– {Last.Last.ToString("d. MMMM yyyy", Portal.Platform.Text.DanishFormat.Danish)}";
}

/// <summary>The value of a month. A month without data has no point: a gap stays a gap.</summary>
public sealed record SeriesPoint(Month Month, decimal Value);

/// <summary>The values of an indicator in a period.</summary>
/// <param name="Points">The months that have a value, in order.</param>
/// <param name="Value">The period's value; null when there is none (»ingen data«).</param>
/// <param name="Problem">Why there is no value; null when there is one or data is missing.</param>
/// <param name="Basis">The number of messages or letters it is counted from; null where that does not apply.</param>
public sealed record IndicatorSeries(IReadOnlyList<SeriesPoint> Points, decimal? Value, ProblemText? Problem, long? Basis)
{
    /// <summary>A series without values.</summary>
    public static IndicatorSeries Empty { get; } = new([], null, null, null);

    /// <summary>The number of months that have a value.</summary>
    public int Covered => Points.Count;
}

/// <summary>The state of a benefit.</summary>
public enum BenefitState
{
    /// <summary>Described in words only; nothing is to be measured.</summary>
    Described,

    /// <summary>Nothing is measured.</summary>
    NoData,

    /// <summary>Measured, with neither baseline nor target to compare with.</summary>
    NothingToCompare,

    /// <summary>At its target or past it.</summary>
    Reached,

    /// <summary>As far as could be expected by now.</summary>
    OnTrack,

    /// <summary>Better than the baseline, less than could be expected.</summary>
    Behind,

    /// <summary>Unchanged since the baseline.</summary>
    Unchanged,

    /// <summary>Better than the baseline; no target says how far it should go.</summary>
    Better,

    /// <summary>Worse than the baseline.</summary>
    Worse,

    /// <summary>The value, or what it is compared with, cannot be calculated.</summary>
    NotCalculable,
}

/// <summary>Compares the current value with baseline and target for the same months. Pure.</summary>
/// <param name="Baseline">For a sum: the yearly baseline's share for the measured months.</param>
/// <param name="Target">The same for the target.</param>
/// <param name="Progress">0 at the baseline, 1 at the target; null without both.</param>
public sealed record TargetProgress(BenefitState State, decimal? Baseline, decimal? Target, decimal? Low, decimal? High, decimal? Progress)
{
    // Still on track when at most a tenth of the way behind what is expected.
    private const decimal Slack = 0.1m;

    /// <summary>Why baseline, target or the expected range cannot be calculated for the period; null when they can.</summary>
    public ProblemText? Problem { get; init; }

    /// <summary>True when the state tells how far the benefit has come.</summary>
    public bool IsJudged =>
        State is not (BenefitState.Described or BenefitState.NoData or BenefitState.NothingToCompare or BenefitState.NotCalculable);

    /// <summary>The state of an indicator on a day.</summary>
    public static TargetProgress Of(IndicatorDefinition indicator, IndicatorSeries series, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(indicator);
        ArgumentNullException.ThrowIfNull(series);
        var (months, beyond) = (MonthsOfYear(indicator, series.Covered), false);
        decimal? Share(decimal? value)
        {
            if (value is not { } year) return null;
            var kept = Amount.Fits(year) ? Amount.Of(year * months / 12) : null;
            beyond |= kept is null;
            return kept;
        }

        var (baseline, target) = (Share(indicator.Baseline.Value), Share(indicator.Target));
        var standing = new TargetProgress(BenefitState.NoData, baseline, target, Share(indicator.Low), Share(indicator.High), null);
        if (indicator.Kind == IndicatorKind.Described) return standing with { State = BenefitState.Described };
        if (beyond)
            return standing with { State = BenefitState.NotCalculable, Problem = ProblemTexts.Of("StandingTooLarge", Amount.Largest) };
        if (series.Value is not { } value) return series.Problem is null ? standing : standing with { State = BenefitState.NotCalculable };
        if (baseline is null && target is null) return standing with { State = BenefitState.NothingToCompare };
        if (target is { } goal && IsAtLeast(indicator.Better, value, goal))
            return standing with { State = BenefitState.Reached, Progress = 1 };
        if (baseline is not { } start) return standing with { State = BenefitState.Behind };
        if (value == start) return standing with { State = BenefitState.Unchanged, Progress = 0 };
        if (!IsAtLeast(indicator.Better, value, start)) return standing with { State = BenefitState.Worse, Progress = 0 };
        if (target is not { } aim || aim == start) return standing with { State = BenefitState.Better };
        if (Amount.Subtract(value, start) is not { } way || Amount.Subtract(aim, start) is not { } whole
            || Amount.Divide(way, whole) is not { } progress)
        {
            return standing with { State = BenefitState.NotCalculable, Problem = ProblemTexts.Of("StandingTooLarge", Amount.Largest) };
        }

        return standing with { State = progress + Slack >= Expected(indicator, today) ? BenefitState.OnTrack : BenefitState.Behind,
            Progress = progress };
    }

    // A sum is compared with as many twelfths of a year's baseline as months were measured.
    private static int MonthsOfYear(IndicatorDefinition indicator, int months) =>
        indicator.Gathering == Aggregation.Sum && months > 0 ? months : 12;

    private static bool IsAtLeast(BetterWhen better, decimal value, decimal than) =>
        better == BetterWhen.Higher ? value >= than : value <= than;

    // The progress expected by now: linear from the day the effect begins to the target's day; 1 without these days.
    private static decimal Expected(IndicatorDefinition indicator, DateOnly today)
    {
        if (indicator.TargetOn is not { } end || today >= end || indicator.EffectFrom is not { } start || start >= end) return 1;
        return Math.Max(0, (decimal)(today.DayNumber - start.DayNumber) / (end.DayNumber - start.DayNumber));
    }
}
