using Portal.Benefits.Formulas;
using Portal.Benefits.Indicators;
using Portal.Benefits.Problems;
using Portal.Chains.Document;
using Portal.Ingestion.Time;
using Portal.Shell;

namespace Portal.Benefits.Figures;

/// <summary>
/// Works out calculated indicators from the others, month for month, and from the period as a whole where they gather so. What is a year's (a sum's
/// baseline, a box's count) is a twelfth of it in a month.
/// </summary>
internal sealed class CalculatedSeries(IReadOnlyDictionary<string, IndicatorDefinition> byKey, IReadOnlyDictionary<string, IndicatorSeries> known, ChainDocument document, Period period)
{
    private readonly Dictionary<string, IndicatorSeries> _done = new(known, StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _underWay = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The series of an indicator by its key.</summary>
    public IndicatorSeries Of(string key)
    {
        if (_done.TryGetValue(key, out var done)) return done;
        if (!byKey.TryGetValue(key, out var indicator) || !_underWay.Add(key)) return IndicatorSeries.Empty with { Trouble = ProblemTexts.Of("CircleBare") };
        var series = indicator.Kind == IndicatorKind.Calculated ? Calculate(indicator) : IndicatorSeries.Empty;
        _underWay.Remove(key);
        return _done[key] = series;
    }

    private IndicatorSeries Calculate(IndicatorDefinition indicator)
    {
        var (formula, problem) = FormulaParser.Parse(indicator.Formula);
        if (formula is null) return IndicatorSeries.Empty with { Trouble = problem!.AtPlace };
        if (IndicatorRules.Circle(indicator, byKey) is { } circle) return IndicatorSeries.Empty with { Trouble = ProblemTexts.Of("Circle", string.Join(" → ", circle)) };
        var unit = UnitText.Parse(indicator.Unit);
        var points = new List<SeriesPoint>();
        ProblemText? trouble = null;
        foreach (var month in period.Months)
        {
            var result = FormulaEvaluator.Evaluate(formula, name => Lookup(name, indicator, month));
            trouble ??= Trouble(result, unit);
            if (result is { Problem: null, Quantity.Value: { } value } && result.Quantity.Unit.IsLike(unit)) points.Add(new SeriesPoint(month, unit.Leave(value)));
        }

        if (indicator.Gathering != Gathering.Whole) return new IndicatorSeries(points, MonthlyValues.Gather(indicator.Gathering, points), points.Count == 0 ? trouble : null, null);
        var whole = FormulaEvaluator.Evaluate(formula, name => Lookup(name, indicator, null));
        return new IndicatorSeries(points, whole.Problem is null && whole.Quantity.Value is { } all && whole.Quantity.Unit.IsLike(unit) ? unit.Leave(all) : null, Trouble(whole, unit), null);
    }

    private static ProblemText? Trouble(FormulaResult result, Unit unit) => (result.Problem ?? FormulaEvaluator.Mismatch(result.Quantity, unit))?.AtPlace;

    private Quantity? Lookup(NameNode name, IndicatorDefinition own, Month? month)
    {
        if (name.Name.Length == 0) return Fixed(own, name.Part, month);
        if (!byKey.TryGetValue(name.Name, out var indicator))
        {
            if (name.Part != NamePart.Value || BoxNumbers.Of(document, name.Name) is not { } box) return null;
            return box.Quantity with { Value = box.OfYear ? box.Quantity.Value * ShareOfYear(month) : box.Quantity.Value };
        }

        if (name.Part != NamePart.Value) return Fixed(indicator, name.Part, month) ?? new Quantity(null, UnitText.Parse(indicator.Unit));
        var (unit, series) = (UnitText.Parse(indicator.Unit), Of(indicator.Key));
        var value = month is { } of ? ValueIn(indicator, series, of) : series.Value;
        return new Quantity(value is { } found ? unit.Enter(found) : null, unit);
    }

    private Quantity? Fixed(IndicatorDefinition indicator, NamePart part, Month? month)
    {
        if ((part == NamePart.Baseline ? indicator.Baseline.Value : indicator.Target) is not { } value) return null;
        var unit = UnitText.Parse(indicator.Unit);
        return new Quantity(unit.Enter(value) * (indicator.Gathering == Gathering.Sum ? ShareOfYear(month) : 1), unit);
    }

    private decimal ShareOfYear(Month? month) => (month is null ? period.Count : 1) / 12m;

    // A number that holds until it is measured again is carried on; any other month without one is a gap.
    private static decimal? ValueIn(IndicatorDefinition indicator, IndicatorSeries series, Month month)
    {
        if (series.Points.FirstOrDefault(p => p.Month == month) is { } own) return own.Value;
        if (indicator.Gathering != Gathering.Latest || indicator.Kind == IndicatorKind.Counted) return null;
        return series.Points.LastOrDefault(p => p.Month < month)?.Value ?? (series.Points.Count == 0 ? series.Value : null);
    }
}
