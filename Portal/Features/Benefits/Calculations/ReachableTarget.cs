using Portal.Features.Benefits.Arithmetic;
using Portal.Features.Benefits.Formulas;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Inputs;
using Portal.Features.Chains.Document;
using Portal.Ingestion.Domain.Time;
using Portal.Platform.Text.Numbers;

namespace Portal.Features.Benefits.Calculations;

/// <summary>
/// Finds the best value that a chain's own numbers allow, so that a target beyond it can be pointed out: no disputes at all free 999 hours,
/// so 1.000 cannot be reached. Pure.
/// </summary>
public static class ReachableTarget
{
    private readonly record struct Bounds(decimal? Low, decimal? High)
    {
        public static Bounds Any { get; } = new(null, null);

        public static Bounds Just(decimal value) => new(value, value);

        public bool IsOne => Low is not null && Low == High;
    }

    /// <summary>The best possible value in the year; null when nothing limits it, and when what is measured already passes it.</summary>
    /// <param name="byKey">The chain's indicators, by name in formulas.</param>
    /// <param name="elementId">The box of the indicator.</param>
    /// <param name="year">The twelve months of a yearly value; each month counts with the numbers that are agreed for it.</param>
    /// <param name="achieved">What is measured of it; null for nothing.</param>
    public static decimal? Of(
        IndicatorDefinition indicator, IReadOnlyDictionary<string, IndicatorDefinition> byKey, InputBook inputs, string elementId,
        IReadOnlyCollection<Month> year, decimal? achieved)
    {
        ArgumentNullException.ThrowIfNull(indicator);
        ArgumentNullException.ThrowIfNull(byKey);
        ArgumentNullException.ThrowIfNull(inputs);
        var limit = LimitOf(indicator, byKey, inputs, elementId, year);
        var best = indicator.Better == BetterWhen.Higher ? limit.High : limit.Low;
        return best is not { } value || (achieved is { } come && IsBeyond(indicator, come, value)) ? null : Amount.Settle(value);
    }

    /// <summary>True when the agreed target is better than a limit.</summary>
    public static bool IsTargetBeyond(IndicatorDefinition indicator, decimal limit)
    {
        ArgumentNullException.ThrowIfNull(indicator);
        return indicator.Target is { } target && Amount.Fits(target) && IsBeyond(indicator, target, limit);
    }

    private static bool IsBeyond(IndicatorDefinition indicator, decimal value, decimal limit) =>
        indicator.Better == BetterWhen.Higher ? value > limit : value < limit;

    private static Bounds LimitOf(
        IndicatorDefinition indicator, IReadOnlyDictionary<string, IndicatorDefinition> byKey, InputBook inputs, string elementId,
        IReadOnlyCollection<Month> year)
    {
        var unit = UnitText.Parse(indicator.Unit);
        if (indicator.Kind == IndicatorKind.Calculated)
        {
            if (ParsedFormula.Of(indicator.Formula).Root is not { } formula || indicator.Gathering is Aggregation.Whole) return Bounds.Any;
            var found = Of(formula, name => BoundsOf(name, indicator, byKey, inputs, year));
            return unit.Percent ? new(unit.Leave(found.Low ?? 0), found.High is { } high ? unit.Leave(high) : null) : found;
        }

        if (unit == Unit.OfPercent) return new Bounds(0, 100);
        return indicator is { Form: BenefitForm.Time, Gathering: Aggregation.Sum } && unit == Unit.OfHours
            ? new Bounds(null, HoursOf(inputs.Document, elementId))
            : Bounds.Any;
    }

    // The hours a year that the problems spend which lead to the benefit: it cannot free more.
    private static decimal? HoursOf(ChainDocument document, string elementId)
    {
        var hours = WorkshopArithmetic.LeadingTo(document, elementId).Where(s => s.Box.Kind == ChainKind.Problem && s.Hours is not null)
            .Select(s => s.Hours!.High ?? s.Hours.Likely).ToList();
        return hours.Count == 0 ? null : Amount.Sum(hours);
    }

    private static Bounds BoundsOf(
        NameNode name, IndicatorDefinition own, IReadOnlyDictionary<string, IndicatorDefinition> byKey, InputBook inputs,
        IReadOnlyCollection<Month> year)
    {
        var indicator = name.Name.Length == 0 ? own : byKey.GetValueOrDefault(name.Name);
        if (indicator is null)
        {
            // A sum's months each have their own number: together its mean, since the best month is alike in all of them.
            var number = own.Gathering == Aggregation.Sum ? inputs.In(name.Name, year) : inputs.Latest(name.Name);
            return number is { Value: { } value } ? Bounds.Just(value) : Bounds.Any;
        }

        var unit = UnitText.Parse(indicator.Unit);
        if (name.Part != NamePart.Value)
        {
            return (name.Part == NamePart.Baseline ? indicator.Baseline.Value : indicator.Target) is { } known && Amount.Fits(known)
                ? Bounds.Just(unit.Enter(known))
                : Bounds.Any;
        }

        return indicator.Kind == IndicatorKind.Calculated ? Bounds.Any : unit == Unit.OfPercent ? new Bounds(0, 1) : new Bounds(0, null);
    }

    private static Bounds Of(FormulaNode node, Func<NameNode, Bounds> bounds) => node switch
    {
        NumberNode number => Bounds.Just(number.Value),
        NameNode name => bounds(name),
        MinusNode minus => Negated(Of(minus.Of, bounds)),
        OperatorNode both => Both(both.Operator, Of(both.Left, bounds), Of(both.Right, bounds)),
        _ => Bounds.Any,
    };

    private static Bounds Negated(Bounds of) => new(-of.High, -of.Low);

    private static Bounds Both(FormulaOperator operation, Bounds left, Bounds right) => operation switch
    {
        FormulaOperator.Add => new(Plus(left.Low, right.Low), Plus(left.High, right.High)),
        FormulaOperator.Subtract => Both(FormulaOperator.Add, left, Negated(right)),
        FormulaOperator.Multiply when right.IsOne => Scaled(left, v => Amount.Multiply(v, right.Low!.Value), right.Low!.Value < 0),
        FormulaOperator.Multiply when left.IsOne => Scaled(right, v => Amount.Multiply(v, left.Low!.Value), left.Low!.Value < 0),
        FormulaOperator.Divide when right.IsOne && right.Low != 0 =>
            Scaled(left, v => Amount.Divide(v, right.Low!.Value), right.Low!.Value < 0),
        _ => Bounds.Any,
    };

    private static decimal? Plus(decimal? one, decimal? other) => one is { } a && other is { } b ? Amount.Add(a, b) : null;

    private static Bounds Scaled(Bounds of, Func<decimal, decimal?> by, bool turns)
    {
        var (low, high) = (of.Low is { } least ? by(least) : null, of.High is { } most ? by(most) : null);
        return turns ? new(high, low) : new(low, high);
    }
}
