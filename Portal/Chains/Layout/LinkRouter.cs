namespace Portal.Chains.Layout;

/// <summary>
/// Finds the shortest way of a link around boxes, along the lanes beside their edges, with as few corners as can be (Dijkstra over the lanes'
/// crossings). Only boxes near the two count: what stands far away is in nobody's way.
/// </summary>
internal sealed class LinkRouter
{
    private const double Near = 140, Corner = 45;
    private static readonly (int X, int Y)[] Ways = [(1, 0), (-1, 0), (0, 1), (0, -1)];
    private readonly double[] _xs;
    private readonly double[] _ys;
    private readonly List<CanvasRect> _walls;

    private LinkRouter(double[] xs, double[] ys, List<CanvasRect> walls) => (_xs, _ys, _walls) = (xs, ys, walls);

    /// <summary>All that a way between the two heeds lies here, at least in part.</summary>
    public static CanvasRect Area(CanvasRect from, CanvasRect to) => Grow(new CanvasRect(Math.Min(from.X, to.X), Math.Min(from.Y, to.Y), 0, 0) with
    {
        Width = Math.Max(from.Right, to.Right) - Math.Min(from.X, to.X), Height = Math.Max(from.Bottom, to.Bottom) - Math.Min(from.Y, to.Y),
    }, Near);

    /// <summary>The way; null when the two are shut in.</summary>
    /// <param name="from">Where it begins.</param>
    /// <param name="to">Where it leads.</param>
    /// <param name="boxes">The other boxes in <see cref="Area"/>.</param>
    /// <param name="headings">The headings there.</param>
    /// <param name="clearance">How far from boxes it runs.</param>
    public static LinkPolyline? Around(CanvasRect from, CanvasRect to, IReadOnlyList<CanvasRect> boxes, IReadOnlyList<CanvasRect> headings, double clearance)
    {
        List<CanvasRect> near = [from, to, .. boxes];
        // A little less than the lanes' distance, so that a lane does not lie in its own wall.
        var router = new LinkRouter(
            Lines(near.SelectMany(b => new[] { b.X - clearance, b.Right + clearance }), from.X + (from.Width / 2), to.X + (to.Width / 2)),
            Lines(near.SelectMany(b => new[] { b.Y - clearance, b.Bottom + clearance }), from.Y + (from.Height / 2), to.Y + (to.Height / 2)),
            [.. near.Select(b => Grow(b, clearance - 1)), .. headings]);
        return router.Find(from, to, clearance);
    }

    private LinkPolyline? Find(CanvasRect from, CanvasRect to, double clearance)
    {
        var width = _xs.Length;
        var (cost, before, waiting) = (new Dictionary<int, double>(), new Dictionary<int, int>(), new PriorityQueue<int, double>());
        foreach (var (x, y, way) in Doors(from, clearance))
        {
            if (!IsFree(x, y)) continue;
            cost[State(x, y, way)] = 0;
            waiting.Enqueue(State(x, y, way), 0);
        }

        // By its crossing, the side of the box that lies there.
        var ends = Doors(to, clearance).Where(d => IsFree(d.X, d.Y)).ToDictionary(d => State(d.X, d.Y, 0) / 4, d => d.Way);
        var done = new HashSet<int>();
        while (waiting.TryDequeue(out var state, out var far))
        {
            if (!done.Add(state)) continue;
            if (state < 0) return Trace(before[state], before, from, Side(to, ~state));
            var (x, y, way) = (state / 4 % width, state / 4 / width, state % 4);
            // Into a box one goes the other way than out of it; along its edge, with one more corner.
            if (ends.TryGetValue(state / 4, out var side) && side != way) Offer(~side, far + ((side ^ 1) == way ? 0 : Corner), state);
            for (var next = 0; next < 4; next++)
            {
                if (next == (way ^ 1)) continue;
                var (nx, ny) = (x + Ways[next].X, y + Ways[next].Y);
                if (nx < 0 || ny < 0 || nx >= width || ny >= _ys.Length || !IsOpen(x, y, nx, ny)) continue;
                Offer(State(nx, ny, next), far + Math.Abs(_xs[nx] - _xs[x]) + Math.Abs(_ys[ny] - _ys[y]) + (next == way ? 0 : Corner), state);
            }
        }

        return null;

        void Offer(int there, double total, int here)
        {
            if (done.Contains(there) || (cost.TryGetValue(there, out var known) && known <= total)) return;
            (cost[there], before[there]) = (total, here);
            waiting.Enqueue(there, total);
        }
    }

    private int State(int x, int y, int way) => (((y * _xs.Length) + x) * 4) + way;

    // Out of the middle of each side.
    private IEnumerable<(int X, int Y, int Way)> Doors(CanvasRect box, double clearance)
    {
        var (x, y) = (Array.BinarySearch(_xs, box.X + (box.Width / 2)), Array.BinarySearch(_ys, box.Y + (box.Height / 2)));
        yield return (Array.BinarySearch(_xs, box.Right + clearance), y, 0);
        yield return (Array.BinarySearch(_xs, box.X - clearance), y, 1);
        yield return (x, Array.BinarySearch(_ys, box.Bottom + clearance), 2);
        yield return (x, Array.BinarySearch(_ys, box.Y - clearance), 3);
    }

    private bool IsFree(int x, int y) => _walls.TrueForAll(w => _xs[x] <= w.X || _xs[x] >= w.Right || _ys[y] <= w.Y || _ys[y] >= w.Bottom);

    private bool IsOpen(int x, int y, int nx, int ny)
    {
        var (left, right, top, bottom) = (Math.Min(_xs[x], _xs[nx]), Math.Max(_xs[x], _xs[nx]), Math.Min(_ys[y], _ys[ny]), Math.Max(_ys[y], _ys[ny]));
        return _walls.TrueForAll(w => right <= w.X || left >= w.Right || bottom <= w.Y || top >= w.Bottom);
    }

    private LinkPolyline Trace(int state, Dictionary<int, int> before, CanvasRect from, (double X, double Y) end)
    {
        var points = new List<(double X, double Y)>();
        for (int? at = state; at is { } here; at = before.TryGetValue(here, out var earlier) ? earlier : null)
        {
            points.Add((_xs[here / 4 % _xs.Length], _ys[here / 4 / _xs.Length]));
            state = here;
        }

        points.Reverse();
        points.Insert(0, Side(from, state % 4));
        points.Add(end);
        return new LinkPolyline(points);
    }

    private static (double X, double Y) Side(CanvasRect box, int way) => way switch
    {
        0 => (box.Right, box.Y + (box.Height / 2)),
        1 => (box.X, box.Y + (box.Height / 2)),
        2 => (box.X + (box.Width / 2), box.Bottom),
        _ => (box.X + (box.Width / 2), box.Y),
    };

    private static double[] Lines(IEnumerable<double> edges, double one, double two) => [.. edges.Append(one).Append(two).Distinct().Order()];

    private static CanvasRect Grow(CanvasRect rect, double by) => new(rect.X - by, rect.Y - by, rect.Width + (2 * by), rect.Height + (2 * by));
}
