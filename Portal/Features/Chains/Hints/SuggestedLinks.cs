using Portal.Features.Chains.Document;

namespace Portal.Features.Chains.Hints;

/// <summary>A link that the method expects.</summary>
public readonly record struct SuggestedLink(string From, string To);

/// <summary>Suggests links between boxes whose kinds belong together; it never adds them. Pure.</summary>
public static class SuggestedLinks
{
    private const int MostForOne = 3;

    private static readonly HashSet<(ChainKind From, ChainKind To)> Pairs =
    [
        (ChainKind.Purpose, ChainKind.Problem), (ChainKind.Problem, ChainKind.Future), (ChainKind.Problem, ChainKind.Difference),
        (ChainKind.Technology, ChainKind.Capability), (ChainKind.Capability, ChainKind.Future), (ChainKind.Future, ChainKind.Result),
        (ChainKind.Future, ChainKind.Difference), (ChainKind.Result, ChainKind.Difference), (ChainKind.Difference, ChainKind.Benefit),
        (ChainKind.NewBehaviour, ChainKind.Benefit),
    ];

    /// <summary>True when boxes of the first kind lead to boxes of the second in the method.</summary>
    public static bool BelongTogether(ChainKind from, ChainKind to) => Pairs.Contains((from, to));

    /// <summary>Up to three links for a box, either way, the nearest boxes first.</summary>
    public static IReadOnlyList<SuggestedLink> For(ChainDocument document, string id)
    {
        ArgumentNullException.ThrowIfNull(document);
        if (document.Find(id) is not { } box) return [];
        return [.. document.Present.Where(other => other.Id != id).SelectMany(other => Between(document, box, other))
            .OrderBy(s => s.Far).ThenBy(s => s.Link.From, StringComparer.Ordinal).ThenBy(s => s.Link.To, StringComparer.Ordinal)
            .Take(MostForOne).Select(s => s.Link)];
    }

    /// <summary>For each box that leads to no box of a kind it belongs with, the link to the nearest; in reading order.</summary>
    public static IReadOnlyList<SuggestedLink> All(ChainDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var boxes = ChainOrder.Read(document);
        var byKind = boxes.ToLookup(b => b.Kind);
        var linked = document.PresentLinks.Select(l => (l.From, Kind: document.Find(l.To)!.Kind)).ToHashSet();
        return [.. from box in boxes
                   from pair in Pairs.Where(p => p.From == box.Kind).OrderBy(p => p.To)
                   where !linked.Contains((box.Id, pair.To))
                   let nearest = byKind[pair.To].MinBy(other => Distance(box, other))
                   where nearest is not null
                   select new SuggestedLink(box.Id, nearest.Id)];
    }

    private static IEnumerable<(SuggestedLink Link, double Far)> Between(ChainDocument document, ChainElement one, ChainElement other)
    {
        if (BelongTogether(one.Kind, other.Kind) && !document.Links.ContainsKey(new(one.Id, other.Id)))
            yield return (new(one.Id, other.Id), Distance(one, other));
        if (BelongTogether(other.Kind, one.Kind) && !document.Links.ContainsKey(new(other.Id, one.Id)))
            yield return (new(other.Id, one.Id), Distance(one, other));
    }

    private static double Distance(ChainElement one, ChainElement other) => Math.Pow(one.X - other.X, 2) + Math.Pow(one.Y - other.Y, 2);
}
