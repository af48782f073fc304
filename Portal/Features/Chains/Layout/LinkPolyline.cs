using System.Globalization;
using System.Text;

namespace Portal.Features.Chains.Layout;

/// <summary>A polyline with rounded corners.</summary>
internal sealed class LinkPolyline
{
    private const double Radius = 12;
    private readonly List<(double X, double Y)> _points = [];

    public LinkPolyline(IEnumerable<(double X, double Y)> points)
    {
        foreach (var point in points)
        {
            if (_points is [.., var last] && last == point) continue;
            // Of three points on one line the middle one is redundant.
            if (_points is [.., var first, var middle]
                && ((first.X == middle.X && middle.X == point.X) || (first.Y == middle.Y && middle.Y == point.Y)))
            {
                _points.RemoveAt(_points.Count - 1);
            }
            _points.Add(point);
        }
    }

    /// <summary>Its corners and its two ends, in canvas pixels.</summary>
    public IReadOnlyList<(double X, double Y)> Points => _points;

    /// <summary>An SVG path.</summary>
    public string ToPath()
    {
        var path = new StringBuilder();
        path.Append(CultureInfo.InvariantCulture, $"M{_points[0].X:0.#} {_points[0].Y:0.#}");
        for (var n = 1; n < _points.Count - 1; n++)
        {
            var (x, y) = _points[n];
            var (before, after) = (Towards(_points[n], _points[n - 1]), Towards(_points[n], _points[n + 1]));
            path.Append(CultureInfo.InvariantCulture, $"L{before.X:0.#} {before.Y:0.#}Q{x:0.#} {y:0.#} {after.X:0.#} {after.Y:0.#}");
        }

        path.Append(CultureInfo.InvariantCulture, $"L{_points[^1].X:0.#} {_points[^1].Y:0.#}");
        return path.ToString();
    }

    private static (double X, double Y) Towards((double X, double Y) corner, (double X, double Y) other)
    {
        var (dx, dy) = (other.X - corner.X, other.Y - corner.Y);
        var part = Math.Min(Radius, (Math.Abs(dx) + Math.Abs(dy)) / 2) / Math.Max(1e-9, Math.Abs(dx) + Math.Abs(dy));
        return (corner.X + (dx * part), corner.Y + (dy * part));
    }
}
