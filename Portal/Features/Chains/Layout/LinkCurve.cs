using System.Globalization;

namespace Portal.Features.Chains.Layout;

/// <summary>
/// The plain curve of a link between two boxes, from the nearest sides. The browser draws the same one while a box is dragged.
/// </summary>
public readonly record struct LinkCurve(double X1, double Y1, double Ax, double Ay, double Bx, double By, double X2, double Y2)
{
    // Distance between samples in pixels: no line of text fits between two of them.
    private const double Step = 7;
    private const int Fewest = 24, Most = 400;

    // Pixels by which a link may overlap a box without crossing it.
    private const double Brush = 1;

    /// <summary>The curve from one box to another; the arrowhead is at its end.</summary>
    public static LinkCurve Between(CanvasRect from, CanvasRect to)
    {
        var (fromX, fromY, toX, toY) =
            (from.X + (from.Width / 2), from.Y + (from.Height / 2), to.X + (to.Width / 2), to.Y + (to.Height / 2));
        // Along the axis on which the boxes are furthest apart.
        var (beside, above) = (Math.Max(to.X - from.Right, from.X - to.Right), Math.Max(to.Y - from.Bottom, from.Y - to.Bottom));
        if (beside >= 0 && beside >= above)
            return to.X >= from.Right ? Across(from.Right, fromY, to.X, toY) : Across(from.X, fromY, to.Right, toY);
        return toY < fromY ? Down(fromX, from.Y, toX, to.Bottom) : Down(fromX, from.Bottom, toX, to.Y);
    }

    /// <summary>An SVG path.</summary>
    public string ToPath() =>
        string.Create(CultureInfo.InvariantCulture, $"M{X1:0.#} {Y1:0.#}C{Ax:0.#} {Ay:0.#} {Bx:0.#} {By:0.#} {X2:0.#} {Y2:0.#}");

    /// <summary>True when it crosses one of the boxes.</summary>
    public bool Crosses(IReadOnlyList<CanvasRect> boxes)
    {
        ArgumentNullException.ThrowIfNull(boxes);
        // The curve is within the bounding box of its four points.
        var (left, right) = (Math.Min(Math.Min(X1, Ax), Math.Min(X2, Bx)), Math.Max(Math.Max(X1, Ax), Math.Max(X2, Bx)));
        var (top, bottom) = (Math.Min(Math.Min(Y1, Ay), Math.Min(Y2, By)), Math.Max(Math.Max(Y1, Ay), Math.Max(Y2, By)));
        var samples = Math.Clamp((int)((right - left + bottom - top) / Step), Fewest, Most);
        foreach (var box in boxes)
        {
            if (box.X >= right || box.Right <= left || box.Y >= bottom || box.Bottom <= top) continue;
            for (var n = 1; n < samples; n++)
            {
                var (x, y) = At(n / (double)samples);
                if (x > box.X + Brush && x < box.Right - Brush && y > box.Y + Brush && y < box.Bottom - Brush) return true;
            }
        }

        return false;
    }

    private (double X, double Y) At(double t)
    {
        var s = 1 - t;
        var (a, b, c, d) = (s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t);
        return ((a * X1) + (b * Ax) + (c * Bx) + (d * X2), (a * Y1) + (b * Ay) + (c * By) + (d * Y2));
    }

    private static LinkCurve Across(double x1, double y1, double x2, double y2) =>
        new(x1, y1, (x1 + x2) / 2, y1, (x1 + x2) / 2, y2, x2, y2);

    private static LinkCurve Down(double x1, double y1, double x2, double y2) => new(x1, y1, x1, (y1 + y2) / 2, x2, (y1 + y2) / 2, x2, y2);
}
