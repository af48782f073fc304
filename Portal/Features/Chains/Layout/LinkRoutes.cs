using System.Runtime.CompilerServices;
using Portal.Features.Chains.Document;

namespace Portal.Features.Chains.Layout;

/// <summary>
/// The path of every link of a chain: a plain curve where nothing is in its way, otherwise around the boxes, in lanes next to other links.
/// Canvas and picture use the same. Pure.
/// </summary>
public static class LinkRoutes
{
    // With more boxes nearly every link would need a search: then all are plain curves, which are cheap.
    private const int MostBoxes = 200;

    // Half of the gap that the layout leaves between two boxes.
    private const double Clearance = 7;

    // Links are immutable: a link's last path is reused while nothing near it has moved.
    private static readonly ConditionalWeakTable<ChainLink, Found> Known = [];

    private sealed record Found(
        CanvasRect From, CanvasRect To, IReadOnlyList<CanvasRect> Boxes, IReadOnlyList<CanvasRect> Headings, LinkPolyline? Way);

    /// <summary>An SVG path for each link, in the order of <paramref name="links"/>.</summary>
    /// <param name="links">Links between boxes of <paramref name="rects"/>.</param>
    /// <param name="rects">The boxes' rectangles by id.</param>
    /// <param name="headings">The rectangles of headings that no link should cross.</param>
    public static IReadOnlyList<string> Of(
        IReadOnlyList<ChainLink> links, IReadOnlyDictionary<string, CanvasRect> rects, IReadOnlyList<CanvasRect> headings)
    {
        ArgumentNullException.ThrowIfNull(links);
        ArgumentNullException.ThrowIfNull(rects);
        ArgumentNullException.ThrowIfNull(headings);
        if (rects.Count > MostBoxes) return [.. links.Select(l => LinkCurve.Between(rects[l.From], rects[l.To]).ToPath())];
        // In a fixed order, so that the boxes near a link can be compared with the last time.
        var boxes = rects.OrderBy(r => r.Key, StringComparer.Ordinal).ToList();
        var ways = LinkLanes.Apart([.. links.Select(l => Way(l, rects, boxes, headings))], [.. boxes.Select(b => b.Value)], headings);
        return [.. links.Select((l, n) => ways[n]?.ToPath() ?? LinkCurve.Between(rects[l.From], rects[l.To]).ToPath())];
    }

    // The path around what is between the two; null where the plain curve is free.
    private static LinkPolyline? Way(ChainLink link, IReadOnlyDictionary<string, CanvasRect> rects,
        List<KeyValuePair<string, CanvasRect>> boxes, IReadOnlyList<CanvasRect> headings)
    {
        var (from, to) = (rects[link.From], rects[link.To]);
        var area = LinkRouter.Area(from, to);
        List<CanvasRect> near = [.. boxes.Where(b => area.Overlaps(b.Value) && b.Key != link.From && b.Key != link.To)
            .Select(b => b.Value)], words = [.. headings.Where(area.Overlaps)];
        if (Known.TryGetValue(link, out var found) && found.From == from && found.To == to && found.Boxes.SequenceEqual(near)
            && found.Headings.SequenceEqual(words))
        {
            return found.Way;
        }
        var curve = LinkCurve.Between(from, to);
        var way = !curve.Crosses(near) && !curve.Crosses(words)
            ? null
            : LinkRouter.Around(from, to, near, words, Clearance) ?? LinkRouter.Around(from, to, near, [], Clearance);
        Known.AddOrUpdate(link, new Found(from, to, near, words, way));
        return way;
    }
}
