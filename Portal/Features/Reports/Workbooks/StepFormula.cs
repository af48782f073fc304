using System.Globalization;
using Portal.Features.Benefits.Calculations;
using Portal.Features.Benefits.Formulas;
using Portal.Platform.Documents.Workbooks;

namespace Portal.Features.Reports.Workbooks;

/// <summary>
/// A step of a calculation as a formula of a spreadsheet: <c>(458.333333-41)*109/60</c>, of the numbers that are printed, with more of
/// their decimals, so that the result is the figure and not only looks like it. Nothing that people write is in it. Pure.
/// </summary>
internal static class StepFormula
{
    // A spreadsheet takes 8,192 characters; what is longer is printed only.
    private const int Longest = 8_000;
    private const int LeastDecimals = 6;

    /// <summary>The cell of the step's result; a plain number when it cannot be calculated by a spreadsheet.</summary>
    public static SheetCell Of(CalculationStep step)
    {
        var decimals = Math.Max(step.Decimals, LeastDecimals);
        if (!GivesPrinted(step, decimals)) decimals = step.Decimals;
        var formula = Write(step.Expression, decimals);
        return formula.Length <= Longest && PrintedExpression.Calculate(step.Expression, decimals) is { } result
            ? SheetCell.Live(formula, result, step.ResultDecimals)
            : new SheetCell(step.Result, CellLook.Number, step.ResultDecimals);
    }

    private static bool GivesPrinted(CalculationStep step, int decimals) =>
        PrintedExpression.Calculate(step.Expression, decimals) is { } result
        && PrintedNumber.Round(result, step.ResultDecimals) == PrintedNumber.Round(step.Result, step.ResultDecimals);

    private static string Write(FormulaNode node, int decimals) => node switch
    {
        NumberNode number when PrintedNumber.Round(number.Value, decimals) is < 0 and var rounded => $"({Plain(rounded)})",
        NumberNode number => Plain(PrintedNumber.Round(number.Value, decimals)),
        MinusNode minus => $"(-{Within(minus.Of, minus.Of is OperatorNode, decimals)})",
        OperatorNode both => Within(both.Left, both.Left is OperatorNode left && OrderOf(left) < OrderOf(both), decimals)
            + SignOf(both.Operator)
            + Within(both.Right, both.Right is OperatorNode right && OrderOf(right) <= OrderOf(both), decimals),
        _ => throw new ArgumentOutOfRangeException(nameof(node)),
    };

    private static string Within(FormulaNode node, bool enclosed, int decimals) =>
        Write(node, decimals) is var text && enclosed ? $"({text})" : text;

    private static int OrderOf(OperatorNode both) => both.Operator is FormulaOperator.Add or FormulaOperator.Subtract ? 1 : 2;

    private static char SignOf(FormulaOperator operation) => operation switch
    {
        FormulaOperator.Add => '+', FormulaOperator.Subtract => '-', FormulaOperator.Multiply => '*', _ => '/',
    };

    private static string Plain(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);
}
