using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Formulas;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Inputs;
using Portal.Ingestion.Domain.Time;
using Portal.Platform.Text;

namespace Portal.Features.Benefits.Calculations;

/// <summary>
/// Shows how a figure comes about, step by step, with numbers of the same months: a count of a count, a sum of months, or a formula with
/// its names replaced by their numbers. The last step gives the figure as it is shown. Pure.
/// </summary>
/// <param name="words">What each indicator is called in words, by its key.</param>
internal sealed class CalculationBuilder(CalculatedSeries series, IReadOnlyDictionary<string, string> words, InputBook inputs)
{
    // A formula over all months together equals the sum of its months when it is linear in what is added up; rounding leaves this much.
    private const decimal Nearly = 0.000001m;

    // Fewer than an expression's numbers may have, so that a month's own step can still give it.
    private const int MostMonthDecimals = 10;

    /// <summary>The steps; empty for a figure without a value.</summary>
    public IReadOnlyList<CalculationStep> Of(IndicatorDefinition indicator, IndicatorSeries values)
    {
        ArgumentNullException.ThrowIfNull(indicator);
        ArgumentNullException.ThrowIfNull(values);
        if (values.Value is not { } value) return [];
        List<CalculationStep> steps = indicator.Kind == IndicatorKind.Calculated
            ? Formula(indicator, values, value)
            : [.. Measured(indicator, values, value)];
        return steps.Count == 0 ? steps : [.. steps.Take(steps.Count - 1), steps[^1] with { IsFigure = true }];
    }

    private static IEnumerable<CalculationStep> Measured(IndicatorDefinition indicator, IndicatorSeries values, decimal value)
    {
        var decimals = BenefitFormat.Decimals(value, indicator.Kind == IndicatorKind.ByHand ? values.Points.Select(p => p.Value) : []);
        if (values.Counted is { Whole: > 0 } counted && indicator.Measure == LogMeasure.DocumentedShare)
        {
            yield return Steps.Of(
                FigureTexts.Of("StepShare"), Steps.Times(Steps.Over(Steps.Number(counted.Part), counted.Whole), 100), value, decimals,
                indicator.Unit);
        }
        else if (values.Points.Count > 1 && Adds(indicator))
        {
            var sum = Steps.Sum(values.Points.Select(p => p.Value));
            yield return indicator.Gathering == Aggregation.Average
                ? Steps.Of(FigureTexts.Of("StepMean", values.Points.Count), Steps.Over(sum, values.Points.Count), value, decimals,
                    indicator.Unit)
                : Steps.Of(FigureTexts.Of("StepSum", values.Points.Count), sum, value, decimals, indicator.Unit);
        }
    }

    private static bool Adds(IndicatorDefinition indicator) => indicator.Kind == IndicatorKind.ByHand
        ? indicator.Gathering is Aggregation.Sum or Aggregation.Average or Aggregation.Whole
        : indicator.Measure is not (LogMeasure.MedianArrival or LogMeasure.P95Arrival or LogMeasure.FollowUpAge
            or LogMeasure.DocumentedShare);

    private List<CalculationStep> Formula(IndicatorDefinition indicator, IndicatorSeries values, decimal value)
    {
        if (ParsedFormula.Of(indicator.Formula) is not { Root: { } formula } parsed) return [];
        var months = values.Points.Select(p => p.Month).ToList();
        if (months.Count == 0) return [];
        if (indicator.Gathering == Aggregation.Latest) months = [months[^1]];
        var decimals = BenefitFormat.Decimals(value);
        if (indicator.Gathering == Aggregation.Whole || months.Count == 1 || indicator.Gathering == Aggregation.Sum)
        {
            if (AtOnce(indicator, parsed, formula, months, value, decimals) is { } steps) return steps;
        }

        return MonthByMonth(indicator, formula, values, value, decimals);
    }

    // Null when the formula over all months together does not give what its months give together.
    private List<CalculationStep>? AtOnce(
        IndicatorDefinition indicator, ParsedFormula parsed, FormulaNode formula, List<Month> months, decimal value, int decimals)
    {
        if (indicator.Gathering == Aggregation.Sum && parsed.Names.Any(name => Varies(name, indicator, months))) return null;
        if (Replaced(formula, indicator, months) is not { } expression) return null;
        var unit = UnitText.Parse(indicator.Unit);
        if (unit.Percent) expression = Steps.Times(expression, 100);
        if (Exact(expression) is not { } whole || Math.Abs(whole - value) > Nearly * Math.Max(1, Math.Abs(value))) return null;
        var steps = parsed.Names.SelectMany(name => Origin(name, indicator, months)).ToList();
        var last = Steps.Of(NameOf(indicator, formula), expression, value, decimals, indicator.Unit);
        if (last.ResultDecimals != decimals && Replaced(formula, indicator, months, twelfths: true) is { } exact)
        {
            // A third of a half cannot be printed: then the year's number is, with its twelfths.
            if (unit.Percent) exact = Steps.Times(exact, 100);
            if (Steps.Of(last.Name, exact, value, decimals, indicator.Unit) is { } other && other.ResultDecimals == decimals) last = other;
        }

        steps.Add(last);
        return steps;
    }

    // A number that is not added up and was changed within the months: no one number stands for it.
    private bool Varies(NameNode name, IndicatorDefinition own, List<Month> months) =>
        series.Find(name.Name) is null && !InputBook.IsOfYear(name.Name)
        && months.Select(m => series.Lookup(name, own, [m])?.Value).Distinct().Count() > 1;

    // How a name's number comes about: a year's twelfths, or a sum of months.
    private IEnumerable<CalculationStep> Origin(NameNode name, IndicatorDefinition own, List<Month> months)
    {
        if (series.Lookup(name, own, months) is not { Value: { } number } quantity) yield break;
        var indicator = name.Name.Length == 0 ? own : series.Find(name.Name);
        var unit = indicator?.Unit ?? "";
        var decimals = DecimalsOf(number);
        if (IsYearly(name, indicator))
        {
            if (months.Count == TargetProgress.YearMonths && name.Part != NamePart.Value) yield break;
            var year = number * TargetProgress.YearMonths / months.Count;
            if (Math.Abs(year - PrintedNumber.Round(year, 6)) > 0) yield break;
            yield return Steps.Of(
                FigureTexts.Of("StepTwelfths", WordsOf(name, indicator), months.Count),
                Steps.Over(Steps.Times(Steps.Number(PrintedNumber.Round(year, 6)), months.Count), TargetProgress.YearMonths), number,
                decimals, unit);
        }
        else if (name.Part == NamePart.Value && indicator is { Gathering: Aggregation.Sum } && months.Count > 1)
        {
            var each = months.Select(m => series.Lookup(name, own, [m])?.Value).ToList();
            if (each.TrueForAll(v => v is not null))
                yield return Steps.Of(WordsOf(name, indicator), Steps.Sum(each.Select(v => v!.Value)), number, decimals, unit);
        }
        else if (quantity.Unit == Unit.OfHours && indicator is null)
        {
            yield break;
        }
    }

    private List<CalculationStep> MonthByMonth(
        IndicatorDefinition indicator, FormulaNode formula, IndicatorSeries values, decimal value, int decimals)
    {
        var months = new List<(FormulaNode Expression, SeriesPoint Point)>();
        foreach (var point in values.Points)
        {
            if (Replaced(formula, indicator, [point.Month]) is not { } expression) continue;
            months.Add((UnitText.Parse(indicator.Unit).Percent ? Steps.Times(expression, 100) : expression, point));
        }

        // The months are printed with as few decimals as let their printed sum give the figure.
        for (var least = 0; ; least += 2)
        {
            List<CalculationStep> steps = [.. months.Select(m => Steps.Of(
                FigureTexts.Of("StepMonth", new MonthText(m.Point.Month)), m.Expression, m.Point.Value,
                Math.Max(least, DecimalsOf(m.Point.Value)), indicator.Unit))];
            if (steps.Count < 2 || indicator.Gathering == Aggregation.Latest) return steps;
            var sum = Steps.Sum(steps.Select(s => PrintedNumber.Round(s.Result, s.ResultDecimals)));
            var last = indicator.Gathering == Aggregation.Average
                ? Steps.Of(FigureTexts.Of("StepMean", steps.Count), Steps.Over(sum, steps.Count), value, decimals, indicator.Unit)
                : Steps.Of(FigureTexts.Of("StepSum", steps.Count), sum, value, decimals, indicator.Unit);
            if (least >= MostMonthDecimals || (last.Result == value && last.ResultDecimals == decimals))
                return [.. steps, last];
        }
    }

    // The formula with its names replaced by their numbers; null when one has none.
    private FormulaNode? Replaced(FormulaNode node, IndicatorDefinition own, IReadOnlyList<Month> months, bool twelfths = false) =>
        node switch
        {
            NumberNode number => number,
            NameNode name => series.Lookup(name, own, months) is { Value: { } value, Problem: null }
                ? twelfths ? TwelfthsOf(name, own, value, months.Count) : Steps.Number(value)
                : null,
            MinusNode minus => Replaced(minus.Of, own, months, twelfths) is { } of ? minus with { Of = of } : null,
            OperatorNode both => Replaced(both.Left, own, months, twelfths) is { } left
                && Replaced(both.Right, own, months, twelfths) is { } right
                    ? both with { Left = left, Right = right }
                    : null,
            _ => null,
        };

    private FormulaNode TwelfthsOf(NameNode name, IndicatorDefinition own, decimal value, int months)
    {
        var year = PrintedNumber.Round(value * TargetProgress.YearMonths / months, 6);
        return IsYearly(name, name.Name.Length == 0 ? own : series.Find(name.Name))
            && PrintedNumber.Round(year * months / TargetProgress.YearMonths, 12) == PrintedNumber.Round(value, 12)
                ? Steps.Over(Steps.Times(Steps.Number(year), months), TargetProgress.YearMonths)
                : Steps.Number(value);
    }

    private static decimal? Exact(FormulaNode expression) => PrintedExpression.Calculate(expression, 28);

    // Enough decimals that the number can be calculated on with.
    private static int DecimalsOf(decimal value) => value == Math.Truncate(value) ? 0 : Math.Abs(value) >= 100 ? 2 : 4;

    private static bool IsYearly(NameNode name, IndicatorDefinition? indicator) => indicator is null
        ? InputBook.IsOfYear(name.Name)
        : name.Part != NamePart.Value && indicator.Gathering == Aggregation.Sum;

    private ProblemText NameOf(IndicatorDefinition indicator, FormulaNode formula) => FigureTexts.Of(
        "StepFormula", new WrittenText(words.GetValueOrDefault(indicator.Key, indicator.Key)),
        new FormulaInWords(formula, this, indicator));

    private ILocalizedText WordsOf(NameNode name, IndicatorDefinition? indicator)
    {
        var whose = indicator is null ? null : words.GetValueOrDefault(indicator.Key, indicator.Key);
        return name.Part switch
        {
            NamePart.Baseline => FigureTexts.Of("BaselineOf", whose ?? name.Name),
            NamePart.Target => FigureTexts.Of("TargetOf", whose ?? name.Name),
            _ when whose is not null => new WrittenText(whose),
            _ => InputWords(name.Name),
        };
    }

    private ILocalizedText InputWords(string name)
    {
        var part = name[(name.LastIndexOf('.') + 1)..].ToLowerInvariant();
        var keys = inputs.KeysOf(name);
        if (keys.Count == 0) return new WrittenText(name);
        if (part == "timer") return FigureTexts.Of("HoursOf", TitleOf(keys[0].ElementId));
        return keys[0].ElementId.Length == 0
            ? FigureTexts.Of($"Input{keys[0].Part}")
            : FigureTexts.Of("InputOf", FigureTexts.Of($"Input{keys[0].Part}"), TitleOf(keys[0].ElementId));
    }

    private string TitleOf(string elementId) => inputs.Document.Find(elementId)?.Text is { Length: > 0 } text ? text : elementId;

    /// <summary>A formula with its names in words.</summary>
    private sealed record FormulaInWords(FormulaNode Formula, CalculationBuilder Of, IndicatorDefinition Own) : ILocalizedText
    {
        public string In(System.Globalization.CultureInfo language) => Write(Formula, language);

        private string Write(FormulaNode node, System.Globalization.CultureInfo language) => node switch
        {
            NumberNode number => PrintedNumber.Write(number.Value, PrintedNumber.MostDecimals, language),
            NameNode name => Of.WordsOf(name, name.Name.Length == 0 ? Own : Of.FindBy(name.Name)).In(language),
            MinusNode minus => $"(−{Write(minus.Of, language)})",
            OperatorNode both => $"{Side(both.Left, both, false, language)} {Sign(both.Operator)} {Side(both.Right, both, true, language)}",
            _ => "",
        };

        private string Side(FormulaNode node, OperatorNode within, bool right, System.Globalization.CultureInfo language)
        {
            var text = Write(node, language);
            return node is OperatorNode inner && (Order(inner) < Order(within) || (right && Order(inner) <= Order(within)))
                ? $"({text})"
                : text;
        }

        private static int Order(OperatorNode both) => both.Operator is FormulaOperator.Add or FormulaOperator.Subtract ? 1 : 2;

        private static char Sign(FormulaOperator operation) => operation switch
        {
            FormulaOperator.Add => '+', FormulaOperator.Subtract => '−', FormulaOperator.Multiply => '×', _ => '÷',
        };
    }

    private IndicatorDefinition? FindBy(string name) => series.Find(name);
}
