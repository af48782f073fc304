namespace Portal.Features.Chains.Layout;

/// <summary>
/// Finds the shortest path of a link around boxes, along lanes next to their edges, with few corners (A* over the crossings of the lanes).
/// Blocked crossings are marked once, since a chain has many links and every search step queries them. Only boxes near the two ends are
/// considered.
/// </summary>
internal sealed class LinkRouter
{
    private const double Near = 140, Corner = 45;

    // Distances from a heading's text, which fit into the space between the heading and the boxes.
    private const double Beside = 6, Above = 5, Below = 2;
    private static readonly (int X, int Y)[] Directions = [(1, 0), (-1, 0), (0, 1), (0, -1)];
    [ThreadStatic] private static Search? _search;
    private readonly double[] _xs;
    private readonly double[] _ys;
    private readonly bool[] _shut;
    private readonly bool[] _shutRight;
    private readonly bool[] _shutDown;

    private LinkRouter(double[] xs, double[] ys, IEnumerable<CanvasRect> walls)
    {
        (_xs, _ys) = (xs, ys);
        (_shut, _shutRight, _shutDown) =
            (new bool[xs.Length * ys.Length], new bool[xs.Length * ys.Length], new bool[xs.Length * ys.Length]);
        foreach (var wall in walls) Shut(wall);
    }

    // The buffers of a search, reused on the same thread.
    private sealed class Search
    {
        public readonly PriorityQueue<int, double> Waiting = new();
        public double[] Cost = [];
        public int[] Before = [];
        public bool[] Done = [];

        public void Clear(int states)
        {
            if (Cost.Length < states) (Cost, Before, Done) = (new double[states], new int[states], new bool[states]);
            Array.Fill(Cost, double.PositiveInfinity, 0, states);
            Array.Clear(Done, 0, states);
            Waiting.Clear();
        }
    }

    /// <summary>The area in which boxes and headings are considered, at least those that overlap it.</summary>
    public static CanvasRect Area(CanvasRect from, CanvasRect to) =>
        Grow(new CanvasRect(Math.Min(from.X, to.X), Math.Min(from.Y, to.Y), 0, 0) with
        {
            Width = Math.Max(from.Right, to.Right) - Math.Min(from.X, to.X),
            Height = Math.Max(from.Bottom, to.Bottom) - Math.Min(from.Y, to.Y),
        }, Near);

    /// <summary>The path; null when there is none.</summary>
    /// <param name="from">The box it starts from.</param>
    /// <param name="to">The box it leads to.</param>
    /// <param name="boxes">The other boxes in <see cref="Area"/>.</param>
    /// <param name="headings">The headings' text in <see cref="Area"/>.</param>
    /// <param name="clearance">Distance from boxes, in canvas pixels.</param>
    public static LinkPolyline? Around(
        CanvasRect from, CanvasRect to, IReadOnlyList<CanvasRect> boxes, IReadOnlyList<CanvasRect> headings, double clearance)
    {
        List<CanvasRect> near = [from, to, .. boxes];
        // Boxes are grown by a little less than the clearance, so that a lane is not inside its own wall.
        var router = new LinkRouter(
            Lines([.. near.SelectMany(b => new[] { b.X - clearance, b.Right + clearance }),
                .. headings.SelectMany(h => new[] { h.X - Beside, h.Right + Beside })], from.X + (from.Width / 2), to.X + (to.Width / 2)),
            Lines([.. near.SelectMany(b => new[] { b.Y - clearance, b.Bottom + clearance }),
                .. headings.SelectMany(h => new[] { h.Y - Above, h.Bottom + Below })], from.Y + (from.Height / 2), to.Y + (to.Height / 2)),
            [.. near.Select(b => Grow(b, clearance - 1)), .. headings]);
        return router.Find(from, to, clearance);
    }

    // Blocks the crossings within a wall, and the lane segments that enter, cross or leave it.
    private void Shut(CanvasRect wall)
    {
        var (left, right, top, bottom) = (After(_xs, wall.X), Before(_xs, wall.Right), After(_ys, wall.Y), Before(_ys, wall.Bottom));
        for (var y = top; y <= bottom; y++)
        {
            if (left <= right) Array.Fill(_shut, true, (y * _xs.Length) + left, right - left + 1);
            var first = Math.Max(0, left - 1);
            if (first <= right) Array.Fill(_shutRight, true, (y * _xs.Length) + first, right - first + 1);
        }

        for (var y = Math.Max(0, top - 1); y <= bottom; y++)
        {
            if (left <= right) Array.Fill(_shutDown, true, (y * _xs.Length) + left, right - left + 1);
        }
    }

    // The index of the first line after a coordinate, and of the last one before it.
    private static int After(double[] lines, double place) => Array.BinarySearch(lines, place) is var at && at < 0 ? ~at : at + 1;

    private static int Before(double[] lines, double place) => (Array.BinarySearch(lines, place) is var at && at < 0 ? ~at : at) - 1;

    private LinkPolyline? Find(CanvasRect from, CanvasRect to, double clearance)
    {
        var (width, states) = (_xs.Length, _shut.Length * 4);
        // The goal has four states of its own, one for each side of the target box.
        var search = _search ??= new Search();
        search.Clear(states + 4);
        (int X, int Y, int Way)[] ports = [.. Ports(to, clearance).Where(d => !_shut[(d.Y * width) + d.X])];
        if (ports.Length == 0) return null;
        foreach (var (x, y, way) in Ports(from, clearance))
        {
            if (_shut[(y * width) + x]) continue;
            search.Cost[State(x, y, way)] = 0;
            search.Waiting.Enqueue(State(x, y, way), Left(x, y));
        }

        while (search.Waiting.TryDequeue(out var state, out _))
        {
            if (search.Done[state]) continue;
            search.Done[state] = true;
            if (state >= states) return Trace(search.Before[state], search, from, Side(to, state - states));
            var (x, y, way, far) = (state / 4 % width, state / 4 / width, state % 4, search.Cost[state]);
            // Entering a box goes in the direction opposite to its port; from any other direction it costs a corner.
            foreach (var port in ports)
            {
                if (port.X == x && port.Y == y && port.Way != way)
                    Offer(states + port.Way, far + ((port.Way ^ 1) == way ? 0 : Corner), 0, state);
            }

            for (var next = 0; next < 4; next++)
            {
                if (next == (way ^ 1) || !IsOpen(x, y, next)) continue;
                var (nx, ny) = (x + Directions[next].X, y + Directions[next].Y);
                Offer(State(nx, ny, next), far + Math.Abs(_xs[nx] - _xs[x]) + Math.Abs(_ys[ny] - _ys[y]) + (next == way ? 0 : Corner),
                    Left(nx, ny), state);
            }
        }

        return null;

        void Offer(int there, double total, double left, int here)
        {
            if (search.Cost[there] <= total) return;
            (search.Cost[there], search.Before[there]) = (total, here);
            search.Waiting.Enqueue(there, total + left);
        }

        // The heuristic: never more than the remaining distance.
        double Left(int x, int y)
        {
            var least = double.PositiveInfinity;
            foreach (var port in ports) least = Math.Min(least, Math.Abs(_xs[port.X] - _xs[x]) + Math.Abs(_ys[port.Y] - _ys[y]));
            return least;
        }
    }

    private int State(int x, int y, int way) => (((y * _xs.Length) + x) * 4) + way;

    // The crossings in front of the middle of each side.
    private IEnumerable<(int X, int Y, int Way)> Ports(CanvasRect box, double clearance)
    {
        var (x, y) = (Array.BinarySearch(_xs, box.X + (box.Width / 2)), Array.BinarySearch(_ys, box.Y + (box.Height / 2)));
        yield return (Array.BinarySearch(_xs, box.Right + clearance), y, 0);
        yield return (Array.BinarySearch(_xs, box.X - clearance), y, 1);
        yield return (x, Array.BinarySearch(_ys, box.Bottom + clearance), 2);
        yield return (x, Array.BinarySearch(_ys, box.Y - clearance), 3);
    }

    private bool IsOpen(int x, int y, int way) => way switch
    {
        0 => x + 1 < _xs.Length && !_shutRight[(y * _xs.Length) + x],
        1 => x > 0 && !_shutRight[(y * _xs.Length) + x - 1],
        2 => y + 1 < _ys.Length && !_shutDown[(y * _xs.Length) + x],
        _ => y > 0 && !_shutDown[((y - 1) * _xs.Length) + x],
    };

    private LinkPolyline Trace(int state, Search search, CanvasRect from, (double X, double Y) end)
    {
        var points = new List<(double X, double Y)>();
        while (true)
        {
            points.Add((_xs[state / 4 % _xs.Length], _ys[state / 4 / _xs.Length]));
            if (search.Cost[state] == 0) break;
            state = search.Before[state];
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

    private static double[] Lines(
        IEnumerable<double> edges, double one, double two) => [.. edges.Append(one).Append(two).Distinct().Order()];

    private static CanvasRect Grow(CanvasRect rect, double by) =>
        new(rect.X - by, rect.Y - by, rect.Width + (2 * by), rect.Height + (2 * by));
}
