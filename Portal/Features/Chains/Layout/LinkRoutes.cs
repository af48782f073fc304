using System.Runtime.CompilerServices;
using Portal.Features.Chains.Document;

namespace Portal.Features.Chains.Layout;

/// <summary>
/// How every link of a chain runs: as a plain curve where nothing is in its way, otherwise around the boxes, next to others that go the
/// same way. Canvas and picture draw the same. Pure.
/// </summary>
public static class LinkRoutes
{
    // A wall so full that every link would have to go round something: then only the curves, which cost nothing.
    private const int MostBoxes = 200;

    // Fits between two boxes that are as close as the layout puts them.
    private const double Clearance = 7;

    // Links are immutable: where nothing near one has moved, its way is the same as last time, and need not be searched for again.
    private static readonly ConditionalWeakTable<ChainLink, Found> Known = [];

    private sealed record Found(
        CanvasRect From, CanvasRect To, IReadOnlyList<CanvasRect> Boxes, IReadOnlyList<CanvasRect> Headings, LinkPolyline? Way);

    /// <summary>An SVG path for each link, in the order of <paramref name="links"/>.</summary>
    /// <param name="links">Links between boxes of <paramref name="rects"/>.</param>
    /// <param name="rects">Where each box is, by its id.</param>
    /// <param name="headings">Where words are that no link should strike through.</param>
    public static IReadOnlyList<string> Of(
        IReadOnlyList<ChainLink> links, IReadOnlyDictionary<string, CanvasRect> rects, IReadOnlyList<CanvasRect> headings)
    {
        ArgumentNullException.ThrowIfNull(links);
        ArgumentNullException.ThrowIfNull(rects);
        ArgumentNullException.ThrowIfNull(headings);
        if (rects.Count > MostBoxes) return [.. links.Select(l => LinkCurve.Between(rects[l.From], rects[l.To]).ToPath())];
        // In an order of their own, so that what is near a link can be compared with last time.
        var boxes = rects.OrderBy(r => r.Key, StringComparer.Ordinal).ToList();
        var ways = LinkLanes.Apart([.. links.Select(l => Way(l, rects, boxes, headings))], [.. boxes.Select(b => b.Value)], headings);
        return [.. links.Select((l, n) => ways[n]?.ToPath() ?? LinkCurve.Between(rects[l.From], rects[l.To]).ToPath())];
    }

    // The way around what is between the two; null where the plain curve does.
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
