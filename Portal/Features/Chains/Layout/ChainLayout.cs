using Portal.Features.Chains.Document;

namespace Portal.Features.Chains.Layout;

/// <summary>
/// Positions boxes in the zones of the method. Pure: the same document always gets the same layout, and tidying twice moves nothing.
/// </summary>
public static class ChainLayout
{
    /// <summary>
    /// »Ryd op«: moves every box into its zone, without overlaps, in the current order. One step; empty when nothing moves.
    /// </summary>
    public static ChainOperation Tidy(ChainDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return ChainOperation.Move(Tidied(ChainOrder.Read(document)).Where(p => !p.Box.HasPlace || p.Box.X != p.X || p.Box.Y != p.Y)
            .Select(p => (p.Box.Id, p.X, p.Y)));
    }

    /// <summary>The zones of the method, sized for the document's boxes.</summary>
    public static ChainZones Zones(ChainDocument document) => ChainZones.For(ChainOrder.Read(document));

    /// <summary>A free spot for a new box in its zone, in canvas pixels.</summary>
    public static (double X, double Y) SpotFor(ChainDocument document, ChainElement box)
    {
        ArgumentNullException.ThrowIfNull(box);
        var boxes = ChainOrder.Read(document);
        return Spot(ChainZones.For([.. boxes, box]), box, [.. boxes.Where(b => b.HasPlace && b.Id != box.Id).Select(BoxSize.Rect)]);
    }

    /// <summary>The document with a position for each box that has none; the others stay.</summary>
    /// <param name="order">Ids in the order in which they were given; null: any fixed order.</param>
    public static ChainDocument PlaceMissing(ChainDocument document, IReadOnlyList<string>? order = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        var rank = (order ?? []).Select((id, n) => (id, n)).ToDictionary(p => p.id, p => p.n);
        var missing = ChainOrder.Read(document).Where(e => !e.HasPlace).OrderBy(e => rank.GetValueOrDefault(e.Id, int.MaxValue)).ToList();
        if (missing.Count == 0) return document;
        var boxes = document.Present.Where(e => e.HasPlace).ToList();
        if (boxes.Count == 0)
            return ChainApply.Apply(document, ChainOperation.Move(Tidied(missing).Select(p => (p.Box.Id, p.X, p.Y))).Changes);

        var zones = ChainZones.For(ChainOrder.Read(document));
        var taken = boxes.Select(BoxSize.Rect).ToList();
        var places = new List<(string, double, double)>();
        foreach (var box in missing)
        {
            var (x, y) = Spot(zones, box, taken);
            taken.Add(new CanvasRect(x, y, BoxSize.Width(box), BoxSize.Height(box)));
            places.Add((box.Id, x, y));
        }

        return ChainApply.Apply(document, ChainOperation.Move(places).Changes);
    }

    private static IEnumerable<(ChainElement Box, double X, double Y)> Tidied(IReadOnlyList<ChainElement> boxes)
    {
        var zones = ChainZones.For(boxes);
        // Rounded as when stored, so that a position read again is the same.
        return zones.InOrder.SelectMany(z => zones.Grid(z.Kind).Places(z.Rect))
            .Select(p => (p.Box, Math.Round(p.X, 3), Math.Round(p.Y, 3)));
    }

    // The highest free spot in any column of the zone.
    private static (double X, double Y) Spot(ChainZones zones, ChainElement box, IReadOnlyList<CanvasRect> taken)
    {
        var (zone, width, height) = (zones[box.Kind], BoxSize.Width(box), BoxSize.Height(box));
        return zones.Grid(box.Kind).Columns(zone).Select(x =>
        {
            var y = zone.Y + ChainZones.Heading;
            foreach (var other in taken.Where(t => t.X < x + width && x < t.Right).OrderBy(t => t.Y))
            {
                if (new CanvasRect(x, y, width, height + ChainZones.BoxGap).Overlaps(other)) y = other.Bottom + ChainZones.BoxGap;
            }

            return (X: x, Y: y);
        }).OrderBy(s => s.Y).ThenBy(s => s.X).First();
    }
}
