namespace Portal.Features.Chains.Layout;

/// <summary>
/// Moves links that overlap along a stretch into lanes next to each other, where there is room; otherwise they stay. The same links always
/// get the same lanes. Pure.
/// </summary>
internal static class LinkLanes
{
    /// <summary>Distance between lanes, in canvas pixels.</summary>
    public const double Width = 4;

    // A stretch shorter than this is a corner, not a run.
    private const double Shortest = 8;

    // A lane may pass closer to a box than the router does, but never touch it, or cross a heading.
    private const double Room = 2.5;

    // The shortest length of the neighbouring stretches after a move, and the rounded corner of a box that ends must stay clear of.
    private const double Least = 3, Corner = 12;

    private static readonly double[] Steps = [0, Width, -Width, 2 * Width, -2 * Width, 3 * Width, -3 * Width, 4 * Width, -4 * Width];

    /// <summary>A straight stretch: across is its constant coordinate, low and high are the ends on the other axis.</summary>
    private readonly record struct Run(bool Upright, double Across, double Low, double High)
    {
        public bool Meets(Run other, double width) => Upright == other.Upright && Math.Abs(Across - other.Across) < width - 0.01
            && Math.Min(High, other.High) - Math.Max(Low, other.Low) >= Shortest;

        public bool Touches(CanvasRect rect, double room)
        {
            var (across, end, low, high) = Upright ? (rect.X, rect.Right, rect.Y, rect.Bottom) : (rect.Y, rect.Bottom, rect.X, rect.Right);
            return Across > across - room && Across < end + room && High > low - room && Low < high + room;
        }
    }

    /// <summary>The same polylines, moved apart; those that are null stay null.</summary>
    /// <param name="ways">The polylines in reading order: the first keeps its line.</param>
    /// <param name="boxes">Boxes that no lane may touch.</param>
    /// <param name="headings">Headings that no lane may cross.</param>
    public static IReadOnlyList<LinkPolyline?> Apart(
        IReadOnlyList<LinkPolyline?> ways, IReadOnlyList<CanvasRect> boxes, IReadOnlyList<CanvasRect> headings)
    {
        var (apart, taken) = (new LinkPolyline?[ways.Count], new List<Run>());
        for (var n = 0; n < ways.Count; n++)
        {
            if (ways[n] is not { } way) continue;
            (double X, double Y)[] points = [.. way.Points];
            for (var at = 0; at + 1 < points.Length; at++) Place(points, at, taken, boxes, headings);
            for (var at = 0; at + 1 < points.Length; at++) taken.Add(RunOf(points, at));
            apart[n] = new LinkPolyline(points);
        }

        return apart;
    }

    // Moves one stretch to the nearest free lane.
    private static void Place(
        (double X, double Y)[] points, int at, List<Run> taken, IReadOnlyList<CanvasRect> boxes, IReadOnlyList<CanvasRect> headings)
    {
        // A single straight line from box to box cannot be moved.
        if (points.Length < 3 || !taken.Exists(t => t.Meets(RunOf(points, at), Width))) return;
        foreach (var step in Steps)
        {
            (double X, double Y)[] moved = [.. points];
            var upright = RunOf(points, at).Upright;
            moved[at] = Aside(moved[at], upright, step);
            moved[at + 1] = Aside(moved[at + 1], upright, step);
            if (!taken.Exists(t => t.Meets(RunOf(moved, at), Width)) && Stands(points, moved, at, boxes, headings))
            {
                moved.CopyTo(points, 0);
                return;
            }
        }
    }

    private static bool Stands((double X, double Y)[] was, (double X, double Y)[] moved, int at, IReadOnlyList<CanvasRect> boxes,
        IReadOnlyList<CanvasRect> headings)
    {
        for (var piece = Math.Max(0, at - 1); piece <= Math.Min(moved.Length - 2, at + 1); piece++)
        {
            var (before, now) = (Along(was, piece), Along(moved, piece));
            if (Math.Sign(before) != Math.Sign(now) || Math.Abs(now) < Least) return false;
            var (run, first, last) = (RunOf(moved, piece), piece == 0, piece == moved.Length - 2);
            // The first and last stretch touch their own boxes.
            if (boxes.Any(b => run.Touches(b, Room) && !(first && IsOn(b, moved, 0)) && !(last && IsOn(b, moved, moved.Length - 1)))
                || headings.Any(h => run.Touches(h, 0)))
            {
                return false;
            }
        }

        return (at > 0 || boxes.Any(b => IsOn(b, moved, 0))) && (at < moved.Length - 2 || boxes.Any(b => IsOn(b, moved, moved.Length - 1)));
    }

    // True when the end is on the straight part of a side of the box, and the line leads away from it.
    private static bool IsOn(CanvasRect box, (double X, double Y)[] points, int end)
    {
        var ((x, y), next) = (points[end], points[end == 0 ? 1 : end - 1]);
        if (x == next.X)
            return x >= box.X + Corner && x <= box.Right - Corner && ((y == box.Y && next.Y < y) || (y == box.Bottom && next.Y > y));
        return y >= box.Y + Corner && y <= box.Bottom - Corner && ((x == box.X && next.X < x) || (x == box.Right && next.X > x));
    }

    private static (double X, double Y) Aside((double X, double Y) point, bool upright, double by) =>
        upright ? (point.X + by, point.Y) : (point.X, point.Y + by);

    private static double Along((double X, double Y)[] points, int at) =>
        points[at + 1].X - points[at].X + (points[at + 1].Y - points[at].Y);

    private static Run RunOf((double X, double Y)[] points, int at)
    {
        var (a, b) = (points[at], points[at + 1]);
        return a.X == b.X
            ? new Run(true, a.X, Math.Min(a.Y, b.Y), Math.Max(a.Y, b.Y))
            : new Run(false, a.Y, Math.Min(a.X, b.X), Math.Max(a.X, b.X));
    }
}
