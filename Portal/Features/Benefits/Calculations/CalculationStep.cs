using System.Globalization;
using Portal.Features.Benefits.Formulas;
using Portal.Platform.Text;

namespace Portal.Features.Benefits.Calculations;

/// <summary>Which of the estimates a step calculates with.</summary>
public enum EstimateCase
{
    Likely,
    Low,
    High,
}

/// <summary>
/// A step of a calculation as it is printed: what it gives, an expression of numbers, and its result. The printed expression gives the
/// printed result, to the decimals that the result is printed with. Pure.
/// </summary>
/// <param name="Name">What the result is, in words.</param>
/// <param name="Expression">Numbers and operators only.</param>
/// <param name="Decimals">How many decimals the expression's numbers are printed with, at most.</param>
/// <param name="Result">In the unit.</param>
/// <param name="ResultDecimals">How many decimals the result is printed with, at most.</param>
public sealed record CalculationStep(
    ILocalizedText Name, FormulaNode Expression, int Decimals, decimal Result, int ResultDecimals, string Unit)
{
    /// <summary>Which estimate it is calculated with.</summary>
    public EstimateCase Case { get; init; }

    /// <summary>True for the step that gives the figure itself.</summary>
    public bool IsFigure { get; init; }

    /// <summary>The result as a number that can be calculated on with, without its unit.</summary>
    public string ResultIn(CultureInfo language) => PrintedNumber.Write(Result, ResultDecimals, language);

    /// <summary>The expression in a language's notation.</summary>
    public string ExpressionIn(CultureInfo language) => PrintedExpression.Write(Expression, Decimals, language);
}

/// <summary>Numbers of a printed calculation. Pure.</summary>
public static class PrintedNumber
{
    /// <summary>The most decimals that are printed.</summary>
    public const int MostDecimals = 12;

    /// <summary>A number with at most so many decimals, a minus sign, and separators of thousands.</summary>
    public static string Write(decimal value, int decimals, CultureInfo language)
    {
        var text = Round(Math.Abs(value), decimals).ToString("#,##0." + new string('#', decimals), language);
        return Round(value, decimals) < 0 ? "−" + text : text;
    }

    /// <summary>Rounded as it is printed: halves away from zero.</summary>
    public static decimal Round(decimal value, int decimals) => Math.Round(value, decimals, MidpointRounding.AwayFromZero);
}

/// <summary>Writes and calculates the expressions of a printed calculation. Pure.</summary>
public static class PrintedExpression
{
    /// <summary>The expression with no more parentheses than it needs.</summary>
    public static string Write(FormulaNode node, int decimals, CultureInfo language) => node switch
    {
        NumberNode { Value: < 0 } number when PrintedNumber.Round(number.Value, decimals) < 0 =>
            $"({PrintedNumber.Write(number.Value, decimals, language)})",
        NumberNode number => PrintedNumber.Write(number.Value, decimals, language),
        MinusNode minus => $"(−{Within(minus.Of, OrderOf(minus.Of) < 3, decimals, language)})",
        OperatorNode both => $"{Within(both.Left, OrderOf(both.Left) < OrderOf(both), decimals, language)} {SignOf(both.Operator)} "
            + Within(both.Right, OrderOf(both.Right) <= OrderOf(both) && both.Right is OperatorNode, decimals, language),
        _ => throw new ArgumentOutOfRangeException(nameof(node)),
    };

    /// <summary>
    /// What the expression gives with its numbers rounded as they are printed; null when it divides by zero or overflows.
    /// </summary>
    public static decimal? Calculate(FormulaNode node, int decimals)
    {
        try
        {
            return Value(node, decimals);
        }
        catch (Exception beyond) when (beyond is OverflowException or DivideByZeroException)
        {
            return null;
        }
    }

    private static decimal Value(FormulaNode node, int decimals) => node switch
    {
        NumberNode number => PrintedNumber.Round(number.Value, decimals),
        MinusNode minus => -Value(minus.Of, decimals),
        OperatorNode { Operator: FormulaOperator.Add } both => Value(both.Left, decimals) + Value(both.Right, decimals),
        OperatorNode { Operator: FormulaOperator.Subtract } both => Value(both.Left, decimals) - Value(both.Right, decimals),
        OperatorNode { Operator: FormulaOperator.Multiply } both => Value(both.Left, decimals) * Value(both.Right, decimals),
        OperatorNode both => Value(both.Left, decimals) / Value(both.Right, decimals),
        _ => throw new ArgumentOutOfRangeException(nameof(node)),
    };

    private static string Within(FormulaNode node, bool enclosed, int decimals, CultureInfo language) =>
        Write(node, decimals, language) is var text && enclosed ? $"({text})" : text;

    private static int OrderOf(FormulaNode node) => node switch
    {
        OperatorNode { Operator: FormulaOperator.Add or FormulaOperator.Subtract } => 1,
        OperatorNode => 2,
        _ => 3,
    };

    private static char SignOf(FormulaOperator operation) => operation switch
    {
        FormulaOperator.Add => '+', FormulaOperator.Subtract => '−', FormulaOperator.Multiply => '×', _ => '÷',
    };
}

/// <summary>Builds steps whose printed expression gives their printed result.</summary>
internal static class Steps
{
    private const int MostMoreDecimals = 2;

    /// <summary>The step of an expression.</summary>
    /// <param name="result">The exact result.</param>
    /// <param name="resultDecimals">How many decimals it is printed with, at most; one or two more when it lies exactly between.</param>
    public static CalculationStep Of(ILocalizedText name, FormulaNode expression, decimal result, int resultDecimals, string unit)
    {
        // Numbers are printed with as few decimals as give the printed result; the rounding of each would otherwise show in it. A result
        // that lies exactly between two printed numbers could fall either way: it is printed with the decimals that show so.
        for (var shown = resultDecimals; shown <= resultDecimals + MostMoreDecimals; shown++)
        {
            var wanted = PrintedNumber.Round(result, shown);
            for (var decimals = 2; decimals <= PrintedNumber.MostDecimals; decimals++)
            {
                if (PrintedExpression.Calculate(expression, decimals) is { } printed && PrintedNumber.Round(printed, shown) == wanted)
                    return new CalculationStep(name, expression, decimals, result, shown, unit);
            }
        }

        var given = PrintedExpression.Calculate(expression, PrintedNumber.MostDecimals) ?? result;
        return new CalculationStep(name, expression, PrintedNumber.MostDecimals, given, resultDecimals, unit);
    }

    public static NumberNode Number(decimal value) => new(0, value, Unit.None);

    public static OperatorNode Times(FormulaNode left, decimal right) => new(0, FormulaOperator.Multiply, left, Number(right));

    public static OperatorNode Over(FormulaNode left, decimal right) => new(0, FormulaOperator.Divide, left, Number(right));

    /// <summary>The sum of the values; at least one.</summary>
    public static FormulaNode Sum(IEnumerable<decimal> values) => values.Select(v => (FormulaNode)Number(v))
        .Aggregate((left, right) => new OperatorNode(0, FormulaOperator.Add, left, right));
}
