namespace Portal.Benefits.Formulas;

/// <summary>A number with what it is of. A missing value has a unit all the same.</summary>
/// <param name="Value">Null: no data.</param>
public readonly record struct Quantity(decimal? Value, Unit Unit);

/// <summary>What a formula comes to.</summary>
/// <param name="Quantity">The result; its value is null when data is missing.</param>
/// <param name="Problem">Why there is none; null when all is well.</param>
public readonly record struct FormulaResult(Quantity Quantity, FormulaProblem? Problem)
{
    internal static FormulaResult Wrong(int position, string message) => new(default, new FormulaProblem(position, message));
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
        var advice = result.Unit == Unit.OfMinutes && wanted == Unit.OfHours ? " Divider med 60." : result.Unit == Unit.OfHours && wanted == Unit.OfMinutes ? " Gang med 60." : "";
        return new FormulaProblem(0, $"formlen giver {result.Unit}, men indikatoren er i {wanted}.{advice}");
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

        if (both.Operator == FormulaOperator.Divide && right.Value == 0) return FormulaResult.Wrong(both.Position, "der divideres med nul.");

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
            return FormulaResult.Wrong(both.Position, "tallet bliver for stort.");
        }
    }

    private static string Unknown(NameNode name) => name.Name.Length == 0
        ? $"indikatoren har intet {(name.Part == NamePart.Baseline ? "nulpunkt" : "mål")} selv. Skriv hvis: {(name.Part == NamePart.Baseline ? "nulpunkt" : "mål")}(navn)."
        : $"navnet »{name.Name}« er ukendt.";

    private static string Different(FormulaOperator operation, Unit left, Unit right)
    {
        var advice = left == Unit.OfMinutes && right == Unit.OfHours || left == Unit.OfHours && right == Unit.OfMinutes ? " Gang eller divider den ene med 60 først." : "";
        return operation == FormulaOperator.Add ? $"{right} kan ikke lægges til {left}.{advice}" : $"{right} kan ikke trækkes fra {left}.{advice}";
    }
}
