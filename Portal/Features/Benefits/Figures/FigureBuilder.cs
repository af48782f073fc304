using Portal.Features.Benefits.Calculations;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Inputs;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Benefits.Formulas;
using Portal.Ingestion.Domain.Time;
using Portal.Platform.Text.Numbers;

namespace Portal.Features.Benefits.Figures;

/// <summary>Puts a chain's figures together: value, distance to the target, sureness, calculation, and what was changed. Pure.</summary>
internal sealed class FigureBuilder
{
    private readonly BenefitRecords _records;
    private readonly IReadOnlyDictionary<string, IndicatorDefinition> _indicators;
    private readonly IReadOnlyDictionary<string, IndicatorSeries> _series;
    private readonly InputBook _inputs;
    private readonly Period _period;
    private readonly DateOnly _today;
    private readonly CalculationBuilder _calculations;
    private readonly Dictionary<string, IndicatorDefinition> _byKey = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _boxOf = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _words;
    private readonly Dictionary<string, Sureness> _sureness = new(StringComparer.OrdinalIgnoreCase);
    private readonly ILookup<string, Measurement> _measurements;
    private readonly ILookup<(NoteKind, string), BenefitNote> _notes;

    /// <param name="indicators">By box id, in reading order.</param>
    /// <param name="series">By box id.</param>
    public FigureBuilder(
        BenefitRecords records, IReadOnlyDictionary<string, IndicatorDefinition> indicators,
        IReadOnlyDictionary<string, IndicatorSeries> series, CalculatedSeries calculated, InputBook inputs, Period period, DateOnly today)
    {
        (_records, _indicators, _series, _inputs, _period, _today) = (records, indicators, series, inputs, period, today);
        foreach (var (id, indicator) in indicators)
        {
            _byKey.TryAdd(indicator.Key, indicator);
            _boxOf.TryAdd(indicator.Key, id);
        }

        _words = indicators.DistinctBy(i => i.Value.Key, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(i => i.Value.Key, i => WordsOf(i.Key, i.Value), StringComparer.OrdinalIgnoreCase);
        _calculations = new CalculationBuilder(calculated, _words, inputs);
        _measurements = records.Measurements.ToLookup(m => m.ElementId, StringComparer.Ordinal);
        _notes = records.Notes.ToLookup(n => (n.Kind, n.ElementId));
    }

    /// <summary>All figures, in reading order.</summary>
    public IReadOnlyList<BenefitFigure> All()
    {
        // The inputs of a formula come before it, so that their sureness is known.
        foreach (var key in FormulaGraph.Of(_byKey).Order) _sureness[key] = SurenessOf(_byKey[key]);
        return [.. _indicators.Select(i => Of(i.Key, i.Value))];
    }

    private BenefitFigure Of(string id, IndicatorDefinition latest)
    {
        var box = _records.Document.Find(id)!;
        var history = _records.Indicators.GetValueOrDefault(id) ?? [];
        var definition = latest.Owner is null && box.Owner is { } owner ? latest with { Owner = owner } : latest;
        if (history.Count > 0 && TargetHistory.In(history, Present) is var then && then != latest)
            definition = definition with { Target = then.Target, TargetOn = then.TargetOn, TargetFrom = then.TargetFrom };
        var series = _series[id];
        var sureness = _sureness.GetValueOrDefault(latest.Key, Sureness.Sure);
        var year = Enumerable.Range(1 - TargetProgress.YearMonths, TargetProgress.YearMonths).Select(n => _period.Last + n).ToList();
        var achieved = definition.Gathering == Aggregation.Sum
            ? Amount.Sum(series.Points.Where(p => year.Contains(p.Month)).Select(p => p.Value))
            : series.Value;
        var limit = ReachableTarget.Of(definition, _byKey, _inputs, id, year, achieved);
        var progress = TargetProgress.Of(definition, series, _period, _today, new TargetRoom
        {
            Limit = limit, TargetIn = history.Count > 0 ? month => TargetHistory.In(history, month).Target : null,
        });
        if (progress.State == BenefitState.Reached && sureness.Level == SurenessLevel.Unsure)
            progress = progress with { State = BenefitState.ReachedUnsure };
        if (progress.State == BenefitState.Described && !box.Withheld && box.Text.Trim().Length + definition.Name.Length == 0)
            progress = progress with { State = BenefitState.Empty };
        var measurements = _measurements[id].OrderByDescending(m => m.At).ThenByDescending(m => m.Id).ToList();
        var requested = _notes[(NoteKind.NumberRequest, id)].LastOrDefault();
        var figure = new BenefitFigure(
            box, definition, history.Count > 0, series, progress, history, measurements, [.. _notes[(NoteKind.Cause, id)]], LockedOf(id))
        {
            OtherCauses = [.. _notes[(NoteKind.OtherCause, id)]],
            FollowUps = [.. _notes[(NoteKind.FollowUp, id)].OrderByDescending(n => n.Day).ThenByDescending(n => n.Id)],
            Request = requested is not null && measurements.TrueForAll(m => m.EnteredAt <= requested.EnteredAt) ? requested : null,
            FreedTime = FreedTimeUse.Of(_notes[(NoteKind.DecisionAnswer, DecisionKey.OfTimeUse(id))],
                _notes[(NoteKind.DecisionAnswer, DecisionKey.OfTimeCheck(id))]),
            Sureness = sureness,
            Steps = _calculations.Of(latest, series),
            Inputs = InputsOf(latest),
            FormerInputs = [.. history.SelectMany(v => InputsOf(v.Definition)).Distinct().Except(InputsOf(latest))],
            Limit = limit is { } most && ReachableTarget.IsTargetBeyond(definition, most) ? most : null,
        };
        return figure with { Deviations = Deviations.Of(figure, figure.Inputs, _inputs, _period, _today) };
    }

    // The month whose target a report of the period is held against: its last, or the present one while it has not ended.
    private Month Present => Month.Of(_today) is var now && _period.Last < now ? _period.Last : now;

    private bool LockedOf(string id) => _records.Indicators.GetValueOrDefault(id) is { Count: > 0 } history
        ? BaselineLock.IsLocked(history, _today)
        : BaselineLock.IsLocked(_indicators[id], _today);

    private Sureness SurenessOf(IndicatorDefinition indicator)
    {
        var id = _boxOf[indicator.Key];
        var inputs = indicator.Kind != IndicatorKind.Calculated
            ? []
            : ParsedFormula.Of(indicator.Formula).Names.Where(n => n.Part == NamePart.Value && _byKey.ContainsKey(n.Name))
                .Select(n => (_words[n.Name], _sureness.GetValueOrDefault(n.Name, Sureness.Sure))).ToList();
        return SurenessRule.Of(indicator, _series[id], _period, _today, LockedOf(id), inputs, InputsOf(indicator));
    }

    private List<InputFact> InputsOf(IndicatorDefinition indicator) =>
        [.. BenefitInputs.KeysOf(indicator, _inputs).Distinct().Select(_inputs.Find).OfType<InputFact>()];

    private string WordsOf(string id, IndicatorDefinition indicator) => indicator.Name is { Length: > 0 } name ? name
        : _records.Document.Find(id)?.Text is { Length: > 0 } text ? text
        : indicator.Key;
}
