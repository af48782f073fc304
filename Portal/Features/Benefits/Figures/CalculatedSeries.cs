using Portal.Features.Benefits.Formulas;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Problems;
using Portal.Features.Benefits.Inputs;
using Portal.Ingestion.Domain.Time;
using Portal.Platform.Text.Numbers;

namespace Portal.Features.Benefits.Figures;

/// <summary>
/// Calculates indicators from the others: per month, and for the period as a whole where they aggregate so. Yearly numbers (a sum's
/// baseline, a box's count) count a twelfth in a month. Each indicator is calculated once, after those that it needs.
/// </summary>
internal sealed class CalculatedSeries
{
    private readonly Dictionary<string, IndicatorDefinition> _byKey = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _ambiguous = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, CalculatedIndicator> _done = new(StringComparer.OrdinalIgnoreCase);
    private readonly IReadOnlyDictionary<string, IndicatorDefinition> _indicators;
    private readonly IReadOnlyDictionary<string, IndicatorSeries> _known;
    private readonly InputBook _inputs;
    private readonly Period _period;
    private readonly List<Month> _months;
    private readonly Dictionary<string, IReadOnlyList<IndicatorVersion>> _targets = new(StringComparer.OrdinalIgnoreCase);

    // Months: the values that formulas use, by index in the period.
    private sealed record CalculatedIndicator(IndicatorDefinition Indicator, IndicatorSeries Series, Unit Unit, decimal?[] Months);

    /// <param name="indicators">By box id, in reading order.</param>
    /// <param name="known">The series of those that are not calculated, by box id.</param>
    /// <param name="versions">The versions of each, by box id, for the targets that they have had; may be empty.</param>
    public CalculatedSeries(IReadOnlyDictionary<string, IndicatorDefinition> indicators, IReadOnlyDictionary<string, IndicatorSeries> known,
        InputBook inputs, Period period, IReadOnlyDictionary<string, IReadOnlyList<IndicatorVersion>>? versions = null)
    {
        (_indicators, _known, _inputs, _period) = (indicators, known, inputs, period);
        _months = [.. period.Months];
        foreach (var (id, indicator) in indicators)
        {
            if (versions?.GetValueOrDefault(id) is { } history) _targets[indicator.Key] = history;
        }

        foreach (var indicator in indicators.Values)
        {
            // Two indicators may have the same key, e.g. after a deleted box is restored: then a formula cannot tell them apart.
            if (!_byKey.TryAdd(indicator.Key, indicator)) _ambiguous.Add(indicator.Key);
        }
    }

    /// <summary>Calculates all series, by box id.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public IReadOnlyDictionary<string, IndicatorSeries> Work(CancellationToken cancellationToken)
    {
        var all = new Dictionary<string, IndicatorSeries>(StringComparer.Ordinal);
        foreach (var (id, series) in _known)
        {
            all[id] = series;
            if (ReferenceEquals(_byKey[_indicators[id].Key], _indicators[id])) Keep(_indicators[id], series);
        }

        var graph = FormulaGraph.Of(_byKey);
        foreach (var indicator in graph.Order.Select(key => _byKey[key]).Where(i => i.Kind == IndicatorKind.Calculated))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var circle = graph.CircleOf(indicator.Key);
            Keep(indicator, circle is null
                ? Calculate(indicator, cancellationToken)
                : IndicatorSeries.Empty with { Problem = ProblemTexts.Of("Circle", string.Join(" → ", circle)) });
        }

        foreach (var (id, indicator) in _indicators)
        {
            if (all.ContainsKey(id)) continue;
            all[id] = ReferenceEquals(_byKey[indicator.Key], indicator)
                ? _done[indicator.Key].Series
                : IndicatorSeries.Empty with { Problem = ProblemTexts.Of("KeyTaken", indicator.Key) };
        }

        return all;
    }

    private void Keep(IndicatorDefinition indicator, IndicatorSeries series)
    {
        var months = new decimal?[Math.Max(0, _period.Count)];
        foreach (var point in series.Points) months[point.Month - _period.First] = point.Value;

        // A value that holds until it is measured again is carried forward; for other indicators a month without one is a gap.
        if (indicator.Gathering == Aggregation.Latest && indicator.Kind != IndicatorKind.Counted)
        {
            var last = series.Points.Count == 0 ? series.Value : null;
            for (var n = 0; n < months.Length; n++) last = months[n] ??= last;
        }

        _done[indicator.Key] = new CalculatedIndicator(indicator, series, UnitText.Parse(indicator.Unit), months);
    }

    private IndicatorSeries Calculate(IndicatorDefinition indicator, CancellationToken cancellationToken)
    {
        var parsed = ParsedFormula.Of(indicator.Formula);
        if (parsed.Root is not { } formula) return IndicatorSeries.Empty with { Problem = parsed.Problem!.WithPosition };
        var unit = UnitText.Parse(indicator.Unit);
        var points = new List<SeriesPoint>();
        FormulaProblem? firstProblem = null;
        foreach (var month in _months)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (value, problem) = Evaluate(parsed, formula, indicator, [month], unit);
            if (problem?.IsTooLarge == true) return new IndicatorSeries(points, null, problem.WithPosition, null);
            firstProblem ??= problem;
            if (value is { } known) points.Add(new SeriesPoint(month, known));
        }

        if (indicator.Gathering != Aggregation.Whole)
            return MonthlyValues.Aggregated(indicator.Gathering, points, firstProblem?.WithPosition);
        var (whole, wrong) = Evaluate(
            parsed, formula, indicator, points.Count == 0 ? _months : [.. points.Select(p => p.Month)], unit);
        return new IndicatorSeries(points, whole is { } found ? Amount.Settle(found) : null, wrong?.WithPosition, null);
    }

    private (decimal? Value, FormulaProblem? Problem) Evaluate(
        ParsedFormula parsed, FormulaNode formula, IndicatorDefinition own, IReadOnlyList<Month> months, Unit unit)
    {
        // Each name is looked up once, however often the formula uses it.
        var names = new Dictionary<(string, NamePart), Quantity?>(parsed.Names.Count);
        return FormulaEvaluator.In(unit, FormulaEvaluator.Evaluate(formula, name =>
        {
            var key = (name.Name, name.Part);
            if (!names.TryGetValue(key, out var found)) names[key] = found = Lookup(name, own, months);
            return found;
        }));
    }

    /// <summary>
    /// The number that a name in a formula stands for, in one month or over several: what is added up is the months' sum, anything else the
    /// value that the months have together. In the units of formulas; null for an unknown name.
    /// </summary>
    /// <param name="own">The indicator whose formula it is.</param>
    /// <param name="months">One month, or several of the period.</param>
    public Quantity? Lookup(NameNode name, IndicatorDefinition own, IReadOnlyList<Month> months)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(months);
        if (name.Name.Length == 0) return Fixed(own, name.Part, months);
        if (_ambiguous.Contains(name.Name)) return new Quantity(null, Unit.None, ProblemTexts.Of("NameAmbiguous", name.Name));
        if (!_byKey.TryGetValue(name.Name, out var indicator))
        {
            if (name.Part != NamePart.Value) return null;
            return months.Count == 1 ? _inputs.In(name.Name, months[0]) : _inputs.In(name.Name, months);
        }

        if (name.Part != NamePart.Value) return Fixed(indicator, name.Part, months) ?? new Quantity(null, UnitText.Parse(indicator.Unit));
        if (!_done.TryGetValue(indicator.Key, out var worked)) return new Quantity(null, UnitText.Parse(indicator.Unit));
        if (worked.Series is { Problem: not null, Value: null })
            return new Quantity(null, worked.Unit, ProblemTexts.Of("NameInTrouble", name.Name));
        return new Quantity(Over(worked, months) is { } found ? worked.Unit.Enter(found) : null, worked.Unit);
    }

    /// <summary>The indicator of a name; null for a name that is not one, or that two have.</summary>
    public IndicatorDefinition? Find(string name) => _ambiguous.Contains(name) ? null : _byKey.GetValueOrDefault(name);

    private decimal? Over(CalculatedIndicator worked, IReadOnlyList<Month> months)
    {
        if (months.Count == 1) return worked.Months[months[0] - _period.First];
        var values = months.Select(m => worked.Months[m - _period.First]).ToList();
        return worked.Indicator.Gathering == Aggregation.Sum && values.TrueForAll(v => v is not null)
            ? Amount.Sum(values.Select(v => v!.Value))
            : worked.Series.Value;
    }

    // Months keep the target that held in them; several months have the last one's.
    private Quantity? Fixed(IndicatorDefinition indicator, NamePart part, IReadOnlyList<Month> months)
    {
        var target = part == NamePart.Target && _targets.GetValueOrDefault(indicator.Key) is { Count: > 0 } versions
            ? TargetHistory.In(versions, months[^1]).Target
            : indicator.Target;
        if ((part == NamePart.Baseline ? indicator.Baseline.Value : target) is not { } value) return null;
        var unit = UnitText.Parse(indicator.Unit);
        return new Quantity(indicator.Gathering == Aggregation.Sum ? OfYear(unit.Enter(value), months.Count) : unit.Enter(value), unit);
    }

    // A number stored by an older version may be too large: it is returned unchanged, and the formula reports it at its position.
    private static decimal? OfYear(decimal? value, int months)
    {
        if (value is not { } year || !Amount.Fits(year)) return value;
        return year * months / 12m;
    }
}
