using Portal.Features.Benefits.Formulas;

namespace Portal.Features.Benefits.Indicators;

/// <summary>
/// The dependencies between a chain's indicators. Cycles and the order of calculation are found in one depth-first pass without recursion,
/// in time linear in the chain and not in the number of paths through it.
/// </summary>
internal sealed class FormulaGraph
{
    private const int MostNamed = 20;
    private readonly Dictionary<string, string?> _onward = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _order = [];

    private FormulaGraph()
    {
    }

    /// <summary>
    /// The requested keys and those they depend on, each after its dependencies. The position of keys in a cycle is undefined.
    /// </summary>
    public IReadOnlyList<string> Order => _order;

    /// <summary>The graph of all indicators, by key.</summary>
    public static FormulaGraph Of(IReadOnlyDictionary<string, IndicatorDefinition> byKey) => Of(byKey, byKey.Keys);

    /// <summary>The graph of some indicators and what they depend on.</summary>
    public static FormulaGraph Of(IReadOnlyDictionary<string, IndicatorDefinition> byKey, IEnumerable<string> from)
    {
        ArgumentNullException.ThrowIfNull(byKey);
        var graph = new FormulaGraph();
        var entered = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var key in from)
        {
            if (entered.Add(key)) graph.Visit(key, byKey, entered);
        }

        return graph;
    }

    /// <summary>
    /// The path into a cycle, when a formula depends on itself or on another that does (at most the first twenty names); null otherwise.
    /// </summary>
    public IReadOnlyList<string>? CircleOf(string key)
    {
        if (_onward.GetValueOrDefault(key) is null) return null;
        var (way, seen) = (new List<string>(), new HashSet<string>(StringComparer.OrdinalIgnoreCase));
        for (var at = key; ; at = _onward[at]!)
        {
            way.Add(at);
            if (!seen.Add(at)) return way;
            if (way.Count < MostNamed) continue;
            way.Add("…");
            return way;
        }
    }

    // A key that is entered but not yet in _onward is on the current path. When it is left, _onward gets its next step toward a cycle, or
    // null.
    private void Visit(string start, IReadOnlyDictionary<string, IndicatorDefinition> byKey, HashSet<string> entered)
    {
        var path = new Stack<(string Key, Queue<string> Left)>();
        var onPath = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        Enter(start);
        while (path.TryPeek(out var at))
        {
            if (at.Left.TryDequeue(out var next))
            {
                if (onPath.ContainsKey(next) || (_onward.TryGetValue(next, out var leads) && leads is not null)) onPath[at.Key] ??= next;
                else if (entered.Add(next)) Enter(next);
                continue;
            }

            path.Pop();
            onPath.Remove(at.Key, out var onward);
            _onward[at.Key] = onward;
            _order.Add(at.Key);
            if (onward is not null && path.TryPeek(out var before)) onPath[before.Key] ??= at.Key;
        }

        void Enter(string key)
        {
            onPath[key] = null;
            path.Push((key, new Queue<string>(Needs(byKey[key], byKey))));
        }
    }

    private static IEnumerable<string> Needs(IndicatorDefinition indicator, IReadOnlyDictionary<string, IndicatorDefinition> byKey) =>
        indicator.Kind != IndicatorKind.Calculated
            ? []
            : ParsedFormula.Of(indicator.Formula).Names.Where(n => n.Part == NamePart.Value && byKey.ContainsKey(n.Name))
                .Select(n => byKey[n.Name].Key);
}
