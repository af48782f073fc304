using System.Globalization;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Formulas;
using Portal.Features.Benefits.Indicators;
using Portal.Platform.Text.Numbers;

namespace Portal.Features.Benefits.Portfolio;

/// <summary>Expected and realised gain of one form of benefit, in all. Money and time are never added together.</summary>
/// <param name="Expected">What is agreed: from the baselines to the targets, for a whole year.</param>
/// <param name="Realised">
/// What has come: for sums the measured months of the last twelve against as many twelfths of the baseline; null when nothing is measured.
/// </param>
/// <param name="Unit"><c>timer</c> or <c>kr.</c></param>
public sealed record Gain(decimal Expected, decimal? Realised, string Unit)
{
    /// <summary>What <see cref="Realised"/> is made of.</summary>
    public IReadOnlyList<GainPart> Parts { get; init; } = [];

    /// <summary>The numbers that were entered for it; none when one of its figures is counted or calculated.</summary>
    public IReadOnlyList<decimal> Typed => Parts.All(p => p.Figure.Definition.Kind == IndicatorKind.ByHand)
        ? [.. Parts.SelectMany(p => p.Figure.Typed), .. Agreed]
        : [];

    private IEnumerable<decimal> Agreed =>
        Parts.SelectMany(p => new[] { p.Figure.Definition.Target, p.Figure.Definition.Baseline.Value }).OfType<decimal>();

    /// <summary>What is realised with its unit, as exact as on the benefits' page.</summary>
    public string RealisedIn(CultureInfo language) => BenefitFormat.AsTyped(language, Realised, Unit, Typed);

    /// <summary>What is agreed with its unit, as exact as on the benefits' page.</summary>
    public string ExpectedIn(CultureInfo language) => BenefitFormat.AsTyped(language, Expected, Unit, Agreed);

    /// <summary>The part of <see cref="Realised"/> whose figures are of a level.</summary>
    public decimal Of(SurenessLevel level) => Parts.Where(p => p.Figure.Sureness.Level == level).Sum(p => p.Amount);
}

/// <summary>What one benefit adds to a gain.</summary>
/// <param name="From">The baseline for as many months as are measured, in the gain's unit.</param>
/// <param name="To">What is measured, in the gain's unit.</param>
/// <param name="Amount">The distance in the better direction: what it adds, or takes away when it is below 0.</param>
public sealed record GainPart(BenefitFigure Figure, decimal From, decimal To, decimal Amount);

/// <summary>The state of a chain's benefits, as one row of the portfolio. Pure.</summary>
/// <param name="Time">Freed time in hours; null when none is expected.</param>
/// <param name="Cash">Money; null when none is expected.</param>
/// <param name="Benefits">Where its benefits are.</param>
/// <param name="Negative">Where its negative benefits are.</param>
public sealed record ChainProgress(ChainBenefits Of, Gain? Time, Gain? Cash, BenefitTally Benefits, BenefitTally Negative)
{
    /// <summary>The row of a chain.</summary>
    public static ChainProgress From(ChainBenefits benefits)
    {
        ArgumentNullException.ThrowIfNull(benefits);
        // Of two benefits that count the same thing only one is added.
        var twice = benefits.DoubleCounts.Select(d => d.Other.Element.Id).ToHashSet(StringComparer.Ordinal);
        var once = benefits.Benefits.Where(b => !twice.Contains(b.Element.Id)).ToList();
        return new ChainProgress(
            benefits, Sum(once, BenefitForm.Time, "timer"), Sum(once, BenefitForm.Cash, "kr."),
            BenefitTally.Of(benefits.Benefits, negative: false), BenefitTally.Of(benefits.Benefits, negative: true));
    }

    /// <summary>The figures that cannot be calculated.</summary>
    public IReadOnlyList<BenefitFigure> Failing => [.. Of.All.Where(f => f.Problem is not null)];

    // A gain is the distance from the baseline in the better direction; negative benefits are subtracted. Null when a sum is too large for
    // Amount.
    private static Gain? Sum(IReadOnlyList<BenefitFigure> figures, BenefitForm form, string unit)
    {
        var (expected, realised, any, parts) = ((decimal?)0, (decimal?)0, false, new List<GainPart>());
        foreach (var figure in figures.Where(f => f.Definition.Form == form && f.Standing.Problem is null))
        {
            var hours = UnitText.Parse(figure.Definition.Unit) == Unit.OfMinutes ? 1 / 60m : 1;
            var (standing, sign) = (figure.Standing, figure.Definition.Better == BetterWhen.Higher ? hours : -hours);
            if (standing.Target is { } target)
            {
                expected = Added(expected, target, standing.Baseline ?? 0, sign);
                any = true;
            }

            if ((standing.Achieved ?? figure.Series.Value) is not { } value) continue;
            var from = standing.BaselineSoFar ?? standing.Baseline ?? 0;
            realised = Added(realised, value, from, sign);
            if (Added(0, value, from, sign) is { } amount) parts.Add(new GainPart(figure, from * hours, value * hours, amount));
        }

        return (any || parts.Count > 0) && expected is { } sum && realised is { } come
            ? new Gain(sum, parts.Count > 0 ? come : null, unit) { Parts = parts }
            : null;
    }

    private static decimal? Added(decimal? sum, decimal to, decimal from, decimal sign) =>
        sum is { } before && Amount.Subtract(to, from) is { } way && Amount.Multiply(way, sign) is { } gain
            ? Amount.Add(before, gain)
            : null;
}

/// <summary>A follow-up that is due soon or overdue.</summary>
public sealed record FollowUpReminder(ChainBenefits Chain, BenefitFigure Figure, DateOnly On)
{
    /// <summary>Days before the follow-up on which the reminder begins.</summary>
    public const int DaysBefore = 14;

    /// <summary>The reminders of a chain, oldest first.</summary>
    public static IReadOnlyList<FollowUpReminder> Of(ChainBenefits benefits)
    {
        ArgumentNullException.ThrowIfNull(benefits);
        return [.. benefits.All.Where(f => f.Definition.FollowUpOn <= benefits.Today.AddDays(DaysBefore))
            .Select(f => new FollowUpReminder(benefits, f, f.Definition.FollowUpOn!.Value)).OrderBy(r => r.On)];
    }
}
