using System.Globalization;

namespace Portal.Chains.Layout;

/// <summary>The curve of a link between two boxes, from the nearest sides; the canvas and the picture draw the same one.</summary>
public static class LinkPath
{
    /// <summary>An SVG path, with the arrow's point at its end.</summary>
    public static string Between(CanvasRect from, CanvasRect to)
    {
        var (fromX, fromY, toX, toY) = (from.X + (from.Width / 2), from.Y + (from.Height / 2), to.X + (to.Width / 2), to.Y + (to.Height / 2));
        if (to.X >= from.Right) return Across(from.Right, fromY, to.X, toY);
        if (to.Right <= from.X) return Across(from.X, fromY, to.Right, toY);
        return toY < fromY ? Down(fromX, from.Y, toX, to.Bottom) : Down(fromX, from.Bottom, toX, to.Y);
    }

    private static string Across(double x1, double y1, double x2, double y2) => Path(x1, y1, (x1 + x2) / 2, y1, (x1 + x2) / 2, y2, x2, y2);

    private static string Down(double x1, double y1, double x2, double y2) => Path(x1, y1, x1, (y1 + y2) / 2, x2, (y1 + y2) / 2, x2, y2);

    private static string Path(double x1, double y1, double ax, double ay, double bx, double by, double x2, double y2) =>
        string.Create(CultureInfo.InvariantCulture, $"M{x1:0.#} {y1:0.#}C{ax:0.#} {ay:0.#} {bx:0.#} {by:0.#} {x2:0.#} {y2:0.#}");
}
