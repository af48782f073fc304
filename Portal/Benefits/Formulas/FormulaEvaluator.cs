using Portal.Benefits.Problems;
using Portal.Shell;

namespace Portal.Benefits.Formulas;

/// <summary>A number with what it is of. A missing value has a unit all the same.</summary>
/// <param name="Value">Null: no data.</param>
public readonly record struct Quantity(decimal? Value, Unit Unit);

/// <summary>What a formula comes to.</summary>
/// <param name="Quantity">The result; its value is null when data is missing.</param>
/// <param name="Problem">Why there is none; null when all is well.</param>
public readonly record struct FormulaResult(Quantity Quantity, FormulaProblem? Problem)
{
    internal static FormulaResult Wrong(int position, ProblemText what) => new(default, new FormulaProblem(position, what));
}

/// <summary>Works formulas out, units and all. Pure.</summary>
public static class FormulaEvaluator
{
    /// <summary>The value of a formula.</summary>
    /// <param name="lookup">What a name stands for, in the units of formulas (percent as shares); null for a name that is not known.</param>
    public static FormulaResult Evaluate(FormulaNode formula, Func<NameNode, Quantity?> lookup) => formula switch
    {
        NumberNode number => new(new Quantity(number.Value, number.Unit), null),
        NameNode name => lookup(name) is { } found ? new(found, null) : FormulaResult.Wrong(name.Position, Unknown(name)),
        MinusNode minus => Evaluate(minus.Of, lookup) is var of && of.Problem is null ? of with { Quantity = of.Quantity with { Value = -of.Quantity.Value } } : of,
        OperatorNode both => Both(both, lookup),
        _ => throw new ArgumentOutOfRangeException(nameof(formula)),
    };

    /// <summary>What is wrong when the result is to be of a unit; null when it fits.</summary>
    public static FormulaProblem? Mismatch(Quantity result, Unit wanted)
    {
        if (result.Unit.IsLike(wanted)) return null;
        var key = result.Unit == Unit.OfMinutes && wanted == Unit.OfHours ? "UnitMismatchDivide" : result.Unit == Unit.OfHours && wanted == Unit.OfMinutes ? "UnitMismatchMultiply" : "UnitMismatch";
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

        if (both.Operator == FormulaOperator.Divide && right.Value == 0) return FormulaResult.Wrong(both.Position, ProblemTexts.Of("DividedByZero"));

        // A bare sixty turns minutes into hours and back; written »60 min« it is just sixty minutes.
        var bySixty = both.Right is NumberNode { Value: 60 } number && number.Unit == Unit.None;
        return Of(both, both.Operator == FormulaOperator.Multiply ? Unit.Times(left.Unit, right.Unit, bySixty) : Unit.Over(left.Unit, right.Unit, bySixty), left.Value, right.Value);
    }

    private static FormulaResult Of(OperatorNode both, Unit unit, decimal? left, decimal? right)
    {
        try
        {
            return new(new Quantity(both.Operator switch
            {
                FormulaOperator.Add => left + right,
                FormulaOperator.Subtract => left - right,
                FormulaOperator.Multiply => left * right,
                _ => left / right,
            }, unit), null);
        }
        catch (OverflowException)
        {
            return FormulaResult.Wrong(both.Position, ProblemTexts.Of("NumberGrowsTooLarge"));
        }
    }

    private static ProblemText Unknown(NameNode name) => name.Name.Length == 0
        ? ProblemTexts.Of(name.Part == NamePart.Baseline ? "NoBaselineItself" : "NoTargetItself")
        : ProblemTexts.Of("NameUnknown", name.Name);

    private static ProblemText Different(FormulaOperator operation, Unit left, Unit right)
    {
        var bySixty = left == Unit.OfMinutes && right == Unit.OfHours || left == Unit.OfHours && right == Unit.OfMinutes;
        var key = operation == FormulaOperator.Add ? bySixty ? "CannotAddBySixty" : "CannotAdd" : bySixty ? "CannotSubtractBySixty" : "CannotSubtract";
        return ProblemTexts.Of(key, new UnitName(right), new UnitName(left));
    }
}
