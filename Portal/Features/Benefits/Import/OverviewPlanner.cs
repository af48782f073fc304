using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Inputs;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Benefits.Problems;
using Portal.Features.Chains.Document;
using Portal.Ingestion.Domain;
using Portal.Platform.Text;

namespace Portal.Features.Benefits.Import;

/// <summary>
/// Decides what an import does with each row of an overview: a benefit of that text is changed, any other is added. An empty cell says
/// nothing, so what the chain has stays. Pure, but for the ids of new boxes.
/// </summary>
internal sealed class OverviewPlanner
{
    private readonly BenefitRecords _records;
    private readonly bool _mayAdd;
    private readonly DateOnly _today;
    private readonly InputBook _inputs;
    private readonly ILookup<string, ChainElement> _boxes;
    private readonly Dictionary<string, IndicatorDefinition> _definitions = new(StringComparer.Ordinal);
    private readonly HashSet<string> _keys = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> _taken = new(StringComparer.Ordinal);

    /// <param name="mayAdd">Whether the viewer may add boxes.</param>
    /// <param name="today">Today's date in Copenhagen.</param>
    public OverviewPlanner(BenefitRecords records, bool mayAdd, DateOnly today)
    {
        (_records, _mayAdd, _today) = (records, mayAdd, today);
        _inputs = new InputBook(records.Document, records.Inputs);
        _boxes = ChainOrder.Read(records.Document).Where(b => b.Kind is ChainKind.Benefit or ChainKind.NegativeBenefit)
            .ToLookup(b => KeyOf(b.Text), StringComparer.Ordinal);
        foreach (var (id, versions) in records.Indicators) _definitions[id] = versions[^1].Definition;
        foreach (var definition in _definitions.Values) _keys.Add(definition.Key);
    }

    /// <summary>The plan of a file.</summary>
    public OverviewPlan Plan(OverviewFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file.Problem is { } problem
            ? OverviewPlan.Wrong(problem, file.Unused)
            : new OverviewPlan([.. file.Rows.Select(Row)], file.Unused, null);
    }

    private PlannedRow Row(OverviewRow row)
    {
        if (row.Chain is { } chain && NameKey.Of(chain) != NameKey.Of(_records.Chain.Title))
            return new PlannedRow(row, PlannedAction.Skip, "") { Notes = [ImportTexts.Of("OtherChain", chain)] };
        if (row.Problems.Count > 0) return Wrong(row, row.Problems);
        var (box, problem) = BoxOf(row);
        if (problem is not null) return Wrong(row, [problem]);
        if (!_taken.TryAdd(box?.Id ?? $"\n{KeyOf(row.Text)}", row.Number))
            return Wrong(row, [ImportTexts.Of("SameAsRow", _taken[box?.Id ?? $"\n{KeyOf(row.Text)}"])]);
        return box is null ? Added(row) : Changed(row, box);
    }

    private (ChainElement? Box, ProblemText? Problem) BoxOf(OverviewRow row)
    {
        var found = _boxes[KeyOf(row.Text)].ToList();
        if (found.Count == 0 && row.Box is { } id && _records.Document.Find(id) is { Text.Length: 0 } unnamed
            && unnamed.Kind is ChainKind.Benefit or ChainKind.NegativeBenefit)
        {
            return (unnamed, null);
        }

        if (found.Count > 1 && row.IsNegative is { } negative)
        {
            var alike = found.FindAll(b => b.Kind == ChainKind.NegativeBenefit == negative);
            if (alike.Count > 0) found = alike;
        }

        if (found.Count > 1 && row.Box is not null && found.Find(b => b.Id == row.Box) is { } same) return (same, null);
        return found.Count > 1 ? (null, ImportTexts.Of("TwoBoxes", found.Count)) : (found.FirstOrDefault(), null);
    }

    private PlannedRow Added(OverviewRow row)
    {
        if (!_mayAdd) return Wrong(row, [ImportTexts.Of("MayNotAdd")]);
        var id = ChainRules.NewId();
        var kind = row.IsNegative == true ? ChainKind.NegativeBenefit : ChainKind.Benefit;
        var definition = OverviewDefinition.New(row, kind, _keys);
        if (Problems(id, definition, []) is { Count: > 0 } problems) return Wrong(row, problems);
        Keep(id, definition);
        return new PlannedRow(row, PlannedAction.Add, id)
        {
            Kind = kind, Definition = definition, Changes = DefinitionFields.Filled(definition),
        };
    }

    private PlannedRow Changed(OverviewRow row, ChainElement box)
    {
        var history = _records.Indicators.GetValueOrDefault(box.Id) ?? [];
        var before = history.Count > 0 ? history[^1].Definition : IndicatorDefaults.Of(box, _keys);
        var notes = new List<ProblemText>();
        if (row.IsNegative is { } negative && negative != (box.Kind == ChainKind.NegativeBenefit)) notes.Add(ImportTexts.Of("ArtStays"));
        var wanted = OverviewDefinition.Changed(row, before, box);
        var (after, locked) = OverviewDefinition.WithoutLocked(new IndicatorChange(box.Id, wanted, history, null), before, _today);
        if (locked.Count > 0) notes.Add(ImportTexts.Of("LockedStays", new JoinedText(locked)));
        var changes = DefinitionFields.Changes(before, after);
        if (changes.Count == 0)
            return new PlannedRow(row, locked.Count > 0 ? PlannedAction.Skip : PlannedAction.Same, box.Id) { Notes = notes };
        if (Problems(box.Id, after, history) is { Count: > 0 } problems) return Wrong(row, problems);
        Keep(box.Id, after);
        return new PlannedRow(row, PlannedAction.Change, box.Id)
        {
            Definition = after, BasedOn = history.Count > 0 ? history[^1].Version : 0, Changes = changes, Notes = notes,
        };
    }

    private void Keep(string id, IndicatorDefinition definition)
    {
        _definitions[id] = definition;
        _keys.Add(definition.Key);
    }

    private List<ProblemText> Problems(string id, IndicatorDefinition definition, IReadOnlyList<IndicatorVersion> history) =>
    [
        .. IndicatorRules.Check(new IndicatorChange(id, definition, history, null),
            _definitions.Where(d => d.Key != id).ToDictionary(d => d.Key, d => d.Value), _inputs, _today).Select(p => p.Text),
    ];

    private static PlannedRow Wrong(OverviewRow row, IReadOnlyList<ProblemText> problems) =>
        new(row, PlannedAction.Wrong, "") { Notes = problems };

    // A text is the same in any case and spacing; one without letters is compared as it is.
    private static string KeyOf(string text) => NameKey.Of(text) is { Length: > 0 } key ? key : text.Trim();
}
