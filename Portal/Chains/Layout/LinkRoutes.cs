using Portal.Chains.Document;

namespace Portal.Chains.Layout;

/// <summary>
/// How every link of a chain runs: as a plain curve where nothing is in its way, otherwise around the boxes. Canvas and picture draw the same. Pure.
/// </summary>
public static class LinkRoutes
{
    // A wall so full that every link would have to go round something: then only the curves, which cost nothing.
    private const int MostBoxes = 200;

    // Links beside each other get lanes of their own, so that they are told apart.
    private const int Lanes = 3;
    // The first lane fits between two boxes that stand as close as the layout puts them.
    private const double Clearance = 7, LaneWidth = 4;

    /// <summary>An SVG path for each link, in the order of <paramref name="links"/>.</summary>
    /// <param name="links">Links between boxes of <paramref name="rects"/>.</param>
    /// <param name="rects">Where each box stands, by its id.</param>
    /// <param name="headings">Where words stand that no link should strike through.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<ChainLink> links, IReadOnlyDictionary<string, CanvasRect> rects, IReadOnlyList<CanvasRect> headings)
    {
        ArgumentNullException.ThrowIfNull(links);
        ArgumentNullException.ThrowIfNull(rects);
        ArgumentNullException.ThrowIfNull(headings);
        var paths = new string[links.Count];
        for (var n = 0; n < links.Count; n++) paths[n] = Between(links[n], rects, headings, Clearance + (n % Lanes * LaneWidth));
        return paths;
    }

    private static string Between(ChainLink link, IReadOnlyDictionary<string, CanvasRect> rects, IReadOnlyList<CanvasRect> headings, double clearance)
    {
        var (from, to) = (rects[link.From], rects[link.To]);
        var curve = LinkCurve.Between(from, to);
        if (rects.Count > MostBoxes) return curve.ToPath();
        var others = rects.Where(r => r.Key != link.From && r.Key != link.To).Select(r => r.Value).ToList();
        if (!curve.Crosses(others) && !curve.Crosses(headings)) return curve.ToPath();
        var way = LinkRouter.Around(from, to, others, headings, clearance) ?? LinkRouter.Around(from, to, others, [], Clearance);
        return way?.ToPath() ?? curve.ToPath();
    }
}
