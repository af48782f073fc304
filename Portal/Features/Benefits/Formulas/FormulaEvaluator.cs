using Portal.Features.Benefits.Problems;
using Portal.Platform.Text;
using Portal.Platform.Text.Numbers;

namespace Portal.Features.Benefits.Formulas;

/// <summary>A number with its unit. A missing value has a unit too.</summary>
/// <param name="Value">Null: no data.</param>
/// <param name="Problem">Why there can be no value, to be reported by the formula that uses it; null when there is one or data is
/// missing.</param>
public readonly record struct Quantity(decimal? Value, Unit Unit, ProblemText? Problem = null);

/// <summary>The result of a formula.</summary>
/// <param name="Quantity">The result; its value is null when data is missing.</param>
/// <param name="Problem">Why there is none; null when there is one or data is missing.</param>
public readonly record struct FormulaResult(Quantity Quantity, FormulaProblem? Problem)
{
    internal static FormulaResult Wrong(int position, ProblemText what) => new(default, new FormulaProblem(position, what));
}

/// <summary>Evaluates formulas with units. Pure.</summary>
public static class FormulaEvaluator
{
    /// <summary>
    /// Evaluates a formula. Every number in it and every intermediate result must fit <see cref="Amount"/>; the first that does not is the
    /// problem, with its position.
    /// </summary>
    /// <param name="lookup">Resolves a name, in the units of formulas (percent as shares); returns null for an unknown name.</param>
    public static FormulaResult Evaluate(FormulaNode formula, Func<NameNode, Quantity?> lookup) => formula switch
    {
        NumberNode number => Kept(number.Position, new Quantity(number.Value, number.Unit)),
        NameNode name => lookup(name) is { } found ? Kept(name.Position, found) : FormulaResult.Wrong(name.Position, Unknown(name)),
        MinusNode minus => Evaluate(minus.Of, lookup) is var of && of.Problem is null
            ? of with { Quantity = of.Quantity with { Value = -of.Quantity.Value } }
            : of,
        OperatorNode both => Both(both, lookup),
        _ => throw new ArgumentOutOfRangeException(nameof(formula)),
    };

    /// <summary>
    /// Converts a result to an indicator's unit (shares to percent), or tells why that is not possible; no value when data is missing.
    /// </summary>
    public static (decimal? Value, FormulaProblem? Problem) In(Unit unit, FormulaResult result)
    {
        if ((result.Problem ?? Mismatch(result.Quantity, unit)) is { } problem) return (null, problem);
        if (result.Quantity.Value is not { } value) return (null, null);
        return unit.Leave(value) is { } shown ? (shown, null) : (null, new FormulaProblem(0, "NumberGrowsTooLarge", Amount.Largest));
    }

    private static FormulaResult Kept(int position, Quantity quantity)
    {
        if (quantity.Problem is { } problem) return FormulaResult.Wrong(position, problem);
        return quantity.Value is { } value && !Amount.Fits(value)
            ? FormulaResult.Wrong(position, ProblemTexts.Of("NumberGrowsTooLarge", Amount.Largest))
            : new(quantity, null);
    }

    /// <summary>Explains why a result does not fit a unit; null when it does.</summary>
    public static FormulaProblem? Mismatch(Quantity result, Unit wanted)
    {
        if (result.Unit.IsLike(wanted)) return null;
        var key = (result.Unit, wanted) switch
        {
            _ when result.Unit == Unit.OfMinutes && wanted == Unit.OfHours => "UnitMismatchDivide",
            _ when result.Unit == Unit.OfHours && wanted == Unit.OfMinutes => "UnitMismatchMultiply",
            // A number without a unit that is meant as minutes: (nulpunkt(x) − x) × 45 ÷ 60.
            _ when (result.Unit == Unit.OfCount || result.Unit == Unit.None) && wanted == Unit.OfHours => "UnitMismatchWriteMinutes",
            _ when (result.Unit == Unit.OfCount || result.Unit == Unit.None)
                && (wanted == Unit.OfMinutes || wanted == Unit.OfMoney || wanted == Unit.OfDays) => "UnitMismatchWriteUnit",
            _ when result.Unit == Unit.OfCount && wanted == Unit.None => "UnitMismatchNoUnit",
            _ when result.Unit == Unit.None && wanted == Unit.OfCount => "UnitMismatchBare",
            _ => "UnitMismatch",
        };
        return new FormulaProblem(0, key, new UnitName(result.Unit), new UnitName(wanted));
    }

    private static FormulaResult Both(OperatorNode both, Func<NameNode, Quantity?> lookup)
    {
        var left = Evaluate(both.Left, lookup);
        if (left.Problem is not null) return left;
        var right = Evaluate(both.Right, lookup);
        if (right.Problem is not null) return right;
        return Calculate(both, left.Quantity, right.Quantity);
    }

    private static FormulaResult Calculate(OperatorNode both, Quantity left, Quantity right)
    {
        if (both.Operator is FormulaOperator.Add or FormulaOperator.Subtract)
        {
            if (!left.Unit.IsLike(right.Unit)) return FormulaResult.Wrong(both.Position, Different(both.Operator, left.Unit, right.Unit));
            return Of(both, left.Unit with { Percent = false }, left.Value, right.Value);
        }

        if (both.Operator == FormulaOperator.Divide && right.Value == 0)
            return FormulaResult.Wrong(both.Position, ProblemTexts.Of("DividedByZero"));

        // A 60 without a unit converts minutes to hours and back; »60 min« is just sixty minutes.
        var bySixty = both.Right is NumberNode { Value: 60 } number && number.Unit == Unit.None;
        return Of(both, both.Operator == FormulaOperator.Multiply
            ? Unit.Times(left.Unit, right.Unit, bySixty)
            : Unit.Over(left.Unit, right.Unit, bySixty), left.Value, right.Value);
    }

    private static FormulaResult Of(OperatorNode both, Unit unit, decimal? left, decimal? right)
    {
        if (left is not { } one || right is not { } other) return new(new Quantity(null, unit), null);
        var value = both.Operator switch
        {
            FormulaOperator.Add => Amount.Add(one, other),
            FormulaOperator.Subtract => Amount.Subtract(one, other),
            FormulaOperator.Multiply => Amount.Multiply(one, other),
            _ => Amount.Divide(one, other),
        };
        return value is null
            ? FormulaResult.Wrong(both.Position, ProblemTexts.Of("NumberGrowsTooLarge", Amount.Largest))
            : new(new Quantity(value, unit), null);
    }

    private static ProblemText Unknown(NameNode name) => name.Name.Length == 0
        ? ProblemTexts.Of(name.Part == NamePart.Baseline ? "NoBaselineItself" : "NoTargetItself")
        : ProblemTexts.Of("NameUnknown", name.Name);

    private static ProblemText Different(FormulaOperator operation, Unit left, Unit right)
    {
        var bySixty = left == Unit.OfMinutes && right == Unit.OfHours || left == Unit.OfHours && right == Unit.OfMinutes;
        var key = operation == FormulaOperator.Add ? bySixty ? "CannotAddBySixty" : "CannotAdd"
            : bySixty ? "CannotSubtractBySixty"
            : "CannotSubtract";
        return ProblemTexts.Of(key, new UnitName(right), new UnitName(left));
    }
}
