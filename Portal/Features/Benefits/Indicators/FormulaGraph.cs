using Portal.Features.Benefits.Formulas;

namespace Portal.Features.Benefits.Indicators;

/// <summary>
/// Which indicators of a chain are worked out from which: each formula read once, each name counted once, all of them gone through once
/// (depth first, without recursion), so that circles and the order to work them out in are found in a time that grows with the chain and
/// not with the ways through it.
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
    /// The keys that were asked for and those they need, each after all that it is worked out from. Those in a circle are anywhere.
    /// </summary>
    public IReadOnlyList<string> Order => _order;

    /// <summary>The graph of all indicators, by what formulas call them.</summary>
    public static FormulaGraph Of(IReadOnlyDictionary<string, IndicatorDefinition> byKey) => Of(byKey, byKey.Keys);

    /// <summary>The graph of what some need.</summary>
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
    /// The way round when a formula comes back to itself or to another that does (the first twenty names of it); null when it does not.
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

    // On the way down a key has been entered and is not in _onward; once it is left it is there, with the next step toward a circle or
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
