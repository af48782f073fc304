using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Problems;
using Portal.Ingestion.Domain.Time;
using Portal.Platform.Text;
using Portal.Platform.Text.Numbers;

namespace Portal.Features.Benefits.Figures;

/// <summary>The state of a benefit.</summary>
public enum BenefitState
{
    /// <summary>Neither words nor a measurement: nobody has written yet what it is.</summary>
    Empty,

    /// <summary>Described in words only; nothing is to be measured.</summary>
    Described,

    /// <summary>Nothing is measured.</summary>
    NoData,

    /// <summary>Measured, with neither baseline nor target to compare with.</summary>
    NothingToCompare,

    /// <summary>The whole agreed target is met.</summary>
    Reached,

    /// <summary>The numbers that there are meet the target, but they are too few, too old or too incomplete to be sure.</summary>
    ReachedUnsure,

    /// <summary>As far as could be expected by now.</summary>
    OnTrack,

    /// <summary>Better than the baseline, less than could be expected.</summary>
    Behind,

    /// <summary>The target's day has passed, and the target is not met.</summary>
    Missed,

    /// <summary>Unchanged since the baseline.</summary>
    Unchanged,

    /// <summary>Better than the baseline; no target says how far it should go.</summary>
    Better,

    /// <summary>Worse than the baseline.</summary>
    Worse,

    /// <summary>The value, or what it is compared with, cannot be calculated.</summary>
    NotCalculable,
}

/// <summary>What a target leaves room for, besides the numbers themselves.</summary>
public sealed record TargetRoom
{
    /// <summary>Nothing is known.</summary>
    public static TargetRoom Unknown { get; } = new();

    /// <summary>The best value that the chain's own numbers allow; null when nothing limits it.</summary>
    public decimal? Limit { get; init; }

    /// <summary>The yearly target that held in a month, null for none; null when it was never changed.</summary>
    public Func<Month, decimal?>? TargetIn { get; init; }
}

/// <summary>
/// How far a benefit is from its agreed target. The target stands as it was agreed: for a sum it is a year's, and it is reached only when
/// the whole of it is, however few months are measured. Pure.
/// </summary>
/// <param name="Baseline">As agreed; for a sum a year's.</param>
/// <param name="Target">As agreed; for a sum a year's.</param>
/// <param name="Low">The lowest expected value, as agreed; for a sum a year's.</param>
/// <param name="High">The highest expected value, likewise.</param>
/// <param name="Progress">Pace: 0 at the baseline, 1 at the target for as many months as are measured; null without both.</param>
public sealed record TargetProgress(BenefitState State, decimal? Baseline, decimal? Target, decimal? Low, decimal? High, decimal? Progress)
{
    /// <summary>The months that a yearly target is for.</summary>
    public const int YearMonths = 12;

    /// <summary>
    /// A benefit is on its way when it is at most this far behind the even way from the effect's first day to the target's, and the best
    /// end of its forecast meets the target.
    /// </summary>
    public const decimal Slack = 0.1m;

    private const decimal RoundTarget = 0.01m;

    /// <summary>
    /// What is compared with the target: for a sum what the last twelve months of the period give, else the period's value; null without.
    /// </summary>
    public decimal? Achieved { get; init; }

    /// <summary>How many months <see cref="Achieved"/> is measured in.</summary>
    public int Measured { get; init; }

    /// <summary>How many months the target is for: twelve for a sum; 0 for everything else, which is not added up.</summary>
    public int Due { get; init; }

    /// <summary>The baseline for as many months as are measured; equal to <see cref="Baseline"/> for everything but a sum.</summary>
    public decimal? BaselineSoFar { get; init; }

    /// <summary>The target for as many months as are measured, to judge the pace by; never shown as the target.</summary>
    public decimal? TargetSoFar { get; init; }

    /// <summary>What it comes to if it goes on as now; null when that cannot be said.</summary>
    public Forecast? Forecast { get; init; }

    /// <summary>Why baseline, target or the expected range cannot be calculated for the period; null when they can.</summary>
    public ProblemText? Problem { get; init; }

    /// <summary>True when the state tells how far the benefit has come.</summary>
    public bool IsJudged =>
        State is not (BenefitState.Empty or BenefitState.Described or BenefitState.NoData or BenefitState.NothingToCompare
            or BenefitState.NotCalculable);

    /// <summary>True when it is so far from what was reckoned with that a report asks why.</summary>
    public bool Deviates => State is BenefitState.Behind or BenefitState.Missed or BenefitState.Worse or BenefitState.Unchanged;

    /// <summary>The state of an indicator on a day.</summary>
    /// <param name="indicator">With the target that holds at the end of the period.</param>
    /// <param name="room">The limit of what can be reached, and the targets of earlier months; null when they are not known.</param>
    public static TargetProgress Of(
        IndicatorDefinition indicator, IndicatorSeries series, Period period, DateOnly today, TargetRoom? room = null)
    {
        ArgumentNullException.ThrowIfNull(indicator);
        ArgumentNullException.ThrowIfNull(series);
        room ??= TargetRoom.Unknown;
        var sums = indicator.Gathering == Aggregation.Sum;
        var year = sums ? series.Points.Where(p => p.Month > period.Last + -YearMonths).ToList() : [];
        var achieved = !sums || series.Value is null ? series.Value : year.Count == 0 ? null : Amount.Sum(year.Select(p => p.Value));
        var months = sums ? year.Count : YearMonths;
        var beyond = false;
        decimal? Kept(decimal? value, int of)
        {
            if (value is not { } known) return null;
            var kept = Amount.Fits(known) ? Amount.Of(known * of / YearMonths) : null;
            beyond |= kept is null;
            return kept;
        }

        var standing = new TargetProgress(
            BenefitState.NoData, Kept(indicator.Baseline.Value, YearMonths), Kept(indicator.Target, YearMonths),
            Kept(indicator.Low, YearMonths), Kept(indicator.High, YearMonths), null)
        {
            Achieved = achieved, Measured = sums ? year.Count : series.Covered, Due = sums ? YearMonths : 0,
            BaselineSoFar = Kept(indicator.Baseline.Value, months),
            TargetSoFar = sums && room.TargetIn is { } targetIn && indicator.Target is { } now
                ? Amount.Sum(year.Select(p => Kept(targetIn(p.Month) ?? now, 1) ?? 0))
                : Kept(indicator.Target, months),
        };
        if (indicator.Kind == IndicatorKind.Described) return standing with { State = BenefitState.Described };
        if (beyond) return standing with { State = BenefitState.NotCalculable, Problem = TooLarge };
        if (achieved is not { } value)
            return series.Problem is null ? standing : standing with { State = BenefitState.NotCalculable };
        standing = standing with { Forecast = Forecast.Of(indicator, series, year, period, today)?.Within(indicator.Better, room.Limit) };
        return Judge(standing, indicator, value, !sums || year.Count == YearMonths, today, room.Limit);
    }

    // A sum in which less is better is not known to be at its target before the whole year is measured.
    private static TargetProgress Judge(
        TargetProgress standing, IndicatorDefinition indicator, decimal value, bool whole, DateOnly today, decimal? limit)
    {
        if (standing is { Baseline: null, Target: null }) return standing with { State = BenefitState.NothingToCompare };
        if (standing.Target is { } goal && (whole || indicator.Better == BetterWhen.Higher) && IsAtLeast(indicator.Better, value, goal))
            return standing with { State = BenefitState.Reached, Progress = 1 };
        var late = standing.Target is not null && indicator.TargetOn < today;
        if (standing.BaselineSoFar is not { } start)
        {
            var even = standing.TargetSoFar is { } pace && IsAtLeast(indicator.Better, value, pace)
                && Reaches(standing, indicator, limit);
            return standing with { State = late ? BenefitState.Missed : even ? BenefitState.OnTrack : BenefitState.Behind };
        }

        if (value != start && !IsAtLeast(indicator.Better, value, start))
            return standing with { State = BenefitState.Worse, Progress = 0 };
        if (late) return standing with { State = BenefitState.Missed, Progress = ProgressOf(standing, value) };
        if (value == start) return standing with { State = BenefitState.Unchanged, Progress = 0 };
        if (standing.TargetSoFar is not { } aim || aim == start) return standing with { State = BenefitState.Better };
        if (ProgressOf(standing, value) is not { } progress)
            return standing with { State = BenefitState.NotCalculable, Problem = TooLarge };
        var onWay = progress + Slack >= Expected(indicator, today) && Reaches(standing, indicator, limit);
        return standing with { State = onWay ? BenefitState.OnTrack : BenefitState.Behind, Progress = progress };
    }

    // A benefit whose best forecast does not meet the target is not on its way there, nor is one whose target is beyond its own numbers.
    private static bool Reaches(TargetProgress standing, IndicatorDefinition indicator, decimal? limit)
    {
        if (standing.Target is not { } target) return true;
        var forecast = indicator.Better == BetterWhen.Higher ? standing.Forecast?.High : standing.Forecast?.Low;
        return IsNearly(forecast) && IsNearly(limit);

        // A target is agreed in round numbers: 1.000 hours where at most 999 can be freed is not beyond reach.
        bool IsNearly(decimal? best) => best is not { } value || IsAtLeast(
            indicator.Better, value, target - (Math.Abs(target) * (indicator.Better == BetterWhen.Higher ? RoundTarget : -RoundTarget)));
    }

    private static decimal? ProgressOf(TargetProgress standing, decimal value) =>
        standing is { BaselineSoFar: { } start, TargetSoFar: { } aim } && Amount.Subtract(value, start) is { } way
        && Amount.Subtract(aim, start) is { } whole ? Amount.Divide(way, whole) : null;

    private static bool IsAtLeast(BetterWhen better, decimal value, decimal than) =>
        better == BetterWhen.Higher ? value >= than : value <= than;

    // The progress expected by now: even from the day the effect begins to the target's day; 1 without these days.
    private static decimal Expected(IndicatorDefinition indicator, DateOnly today)
    {
        if (indicator.TargetOn is not { } end || today >= end || indicator.EffectFrom is not { } start || start >= end) return 1;
        return Math.Max(0, (decimal)(today.DayNumber - start.DayNumber) / (end.DayNumber - start.DayNumber));
    }

    private static ProblemText TooLarge => ProblemTexts.Of("StandingTooLarge", Amount.Largest);
}
