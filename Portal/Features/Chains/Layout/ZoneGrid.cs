using Portal.Features.Chains.Document;

namespace Portal.Features.Chains.Layout;

/// <summary>The boxes of one zone in rows, read from left to right and down; each row is as high as its highest box.</summary>
internal sealed class ZoneGrid
{
    private const int ColumnOf = 7;
    private readonly IReadOnlyList<ChainElement> _boxes;
    private readonly IReadOnlyList<double> _heights;
    private readonly double _cell;
    private readonly int _columns;

    private ZoneGrid(IReadOnlyList<ChainElement> boxes, IReadOnlyList<double> heights, double cell, int columns) =>
        (_boxes, _heights, _cell, _columns) = (boxes, heights, cell, columns);

    public double Width => (2 * ChainZones.Padding) + (_columns * _cell) + ((_columns - 1) * ChainZones.BoxGap);

    public double Height =>
        ChainZones.Heading + ChainZones.Padding + Rows().Sum(r => r + ChainZones.BoxGap) - (_boxes.Count > 0 ? ChainZones.BoxGap : 0);

    public static ZoneGrid Of(IReadOnlyList<ChainElement> boxes, ChainKind kind)
    {
        var least = kind switch { ChainKind.Purpose => 4, ChainKind.NewBehaviour => 3, _ => 1 };
        // With more boxes than a few columns hold, the grid approaches a square, so that the canvas stays compact.
        var columns = boxes.Count <= least * ColumnOf ? least : Math.Max(least, (int)Math.Ceiling(Math.Sqrt(boxes.Count / 2.0)));
        var cell = Math.Max(BoxSize.WidthOf(kind), boxes.Select(BoxSize.Width).DefaultIfEmpty().Max());
        return new ZoneGrid(boxes, [.. boxes.Select(BoxSize.Height)], cell, columns);
    }

    /// <summary>The same boxes in as many columns as fit in a width.</summary>
    public ZoneGrid Within(double width) =>
        new(_boxes, _heights, _cell,
            Math.Max(1, (int)((width - (2 * ChainZones.Padding) + ChainZones.BoxGap) / (_cell + ChainZones.BoxGap))));

    /// <summary>The position of each box in <paramref name="zone"/>.</summary>
    public IEnumerable<(ChainElement Box, double X, double Y)> Places(CanvasRect zone)
    {
        var (y, row) = (zone.Y + ChainZones.Heading, 0);
        foreach (var height in Rows())
        {
            for (var column = 0; column < _columns && (row * _columns) + column < _boxes.Count; column++)
            {
                yield return (_boxes[(row * _columns) + column], zone.X + ChainZones.Padding + (column * (_cell + ChainZones.BoxGap)), y);
            }

            y += height + ChainZones.BoxGap;
            row++;
        }
    }

    /// <summary>The left edges of the columns, for placing one more box.</summary>
    public IEnumerable<double> Columns(CanvasRect zone) =>
        Enumerable.Range(0, _columns).Select(c => zone.X + ChainZones.Padding + (c * (_cell + ChainZones.BoxGap)));

    private IEnumerable<double> Rows() => _heights.Chunk(_columns).Select(row => row.Max());
}
