using Portal.Features.Chains.Layout;

namespace Portal.Features.Chains.Canvas;

/// <summary>A direction on the canvas.</summary>
public enum CanvasDirection
{
    Left,
    Right,
    Up,
    Down,
}

/// <summary>Finds the box that an arrow key leads to.</summary>
public static class Neighbours
{
    // Weighs the sideways gap, so that a box straight ahead is preferred to one as far away to the side.
    private const double AsideWeight = 2.5;

    /// <summary>The direction of an arrow key (DOM key name); null for other keys.</summary>
    public static CanvasDirection? WayOf(string key) => key switch
    {
        "ArrowLeft" => CanvasDirection.Left,
        "ArrowRight" => CanvasDirection.Right,
        "ArrowUp" => CanvasDirection.Up,
        "ArrowDown" => CanvasDirection.Down,
        _ => null,
    };

    /// <summary>The id of the nearest box in a direction from <paramref name="from"/>; null when there is none.</summary>
    public static string? Nearest(IEnumerable<(string Id, CanvasRect Rect)> boxes, CanvasRect from, CanvasDirection way)
    {
        ArgumentNullException.ThrowIfNull(boxes);
        return boxes.Select(b => (b.Id, Far: Distance(from, b.Rect, way))).Where(b => b.Far is not null)
            .OrderBy(b => b.Far).ThenBy(b => b.Id, StringComparer.Ordinal).Select(b => b.Id).FirstOrDefault();
    }

    private static double? Distance(CanvasRect from, CanvasRect to, CanvasDirection way)
    {
        var (x, y) = (to.X + (to.Width / 2) - from.X - (from.Width / 2), to.Y + (to.Height / 2) - from.Y - (from.Height / 2));
        var (ahead, aside) = way switch
        {
            CanvasDirection.Left => (-x, Gap(from.Y, from.Bottom, to.Y, to.Bottom)),
            CanvasDirection.Right => (x, Gap(from.Y, from.Bottom, to.Y, to.Bottom)),
            CanvasDirection.Up => (-y, Gap(from.X, from.Right, to.X, to.Right)),
            _ => (y, Gap(from.X, from.Right, to.X, to.Right)),
        };
        return ahead > 0 ? ahead + (AsideWeight * aside) : null;
    }

    private static double Gap(double from, double fromEnd, double to, double toEnd) => Math.Max(0, Math.Max(to - fromEnd, from - toEnd));
}
