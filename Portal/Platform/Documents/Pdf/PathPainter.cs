using System.Globalization;
using System.Text;
using Portal.Platform.Documents.Model;

namespace Portal.Platform.Documents.Pdf;

/// <summary>Draws a <see cref="PathShape"/>. Data that is no path ends the path where it goes wrong.</summary>
internal static class PathPainter
{
    /// <summary>Appends the path and its arrow head.</summary>
    public static void Draw(StringBuilder to, PathShape shape)
    {
        var path = new StringBuilder();
        var (from, end) = Follow(path, shape.Data ?? "");
        if (path.Length == 0) return;
        DrawingPainter.Paint(to, shape.Fill, shape.Stroke, p => p.Append(path));
        if (shape.Arrow && shape.Stroke is { Width: > 0 } stroke && from != end) Arrow(to, from, end, stroke);
    }

    // The last point, and the one from which the line comes there.
    private static ((double X, double Y) From, (double X, double Y) End) Follow(StringBuilder to, string data)
    {
        var (from, at, start, position) = ((X: 0.0, Y: 0.0), (X: 0.0, Y: 0.0), (X: 0.0, Y: 0.0), 0);
        var command = ' ';
        Span<double> n = stackalloc double[6];
        while (Next(data, ref position, ref command))
        {
            if (command == 'Z')
            {
                to.Append("h ");
                (from, at, command) = (at, start, ' ');
                continue;
            }

            if (Operands(command) is not (> 0 and var count) || !Read(data, ref position, n, count)) break;
            if (command != 'M' && to.Length == 0) break;
            switch (command)
            {
                case 'M':
                    to.Numbers(n[0], n[1]).Append("m ");
                    (from, at, start, command) = ((n[0], n[1]), (n[0], n[1]), (n[0], n[1]), 'L');
                    break;
                case 'C':
                    to.Numbers(n).Append("c ");
                    (from, at) = ((n[2], n[3]), (n[4], n[5]));
                    break;
                case 'Q':
                    // A quadratic curve as a cubic one.
                    to.Numbers(
                        at.X + (2 * (n[0] - at.X) / 3), at.Y + (2 * (n[1] - at.Y) / 3),
                        n[2] + (2 * (n[0] - n[2]) / 3), n[3] + (2 * (n[1] - n[3]) / 3), n[2], n[3]).Append("c ");
                    (from, at) = ((n[0], n[1]), (n[2], n[3]));
                    break;
                default:
                    var point = command switch { 'H' => (n[0], at.Y), 'V' => (at.X, n[0]), _ => (n[0], n[1]) };
                    to.Numbers(point.Item1, point.Item2).Append("l ");
                    (from, at) = (at, point);
                    break;
            }
        }

        return (from, at);
    }

    private static int Operands(char command) => command switch { 'M' or 'L' => 2, 'H' or 'V' => 1, 'C' => 6, 'Q' => 4, _ => 0 };

    // A command may be left out when it is the same as before.
    private static bool Next(string data, ref int position, ref char command)
    {
        while (position < data.Length && (char.IsWhiteSpace(data[position]) || data[position] == ',')) position++;
        if (position == data.Length) return false;
        if (char.IsAsciiLetter(data[position])) command = data[position++];
        return true;
    }

    private static bool Read(string data, ref int position, Span<double> numbers, int count)
    {
        for (var i = 0; i < count; i++)
        {
            while (position < data.Length && (char.IsWhiteSpace(data[position]) || data[position] == ',')) position++;
            var start = position;
            while (position < data.Length && IsNumber(data, start, position)) position++;
            if (!double.TryParse(data.AsSpan(start, position - start), CultureInfo.InvariantCulture, out numbers[i])) return false;
        }

        return true;
    }

    private static bool IsNumber(string data, int start, int position) => data[position] switch
    {
        >= '0' and <= '9' or '.' or 'e' or 'E' => true,
        '-' or '+' => position == start || data[position - 1] is 'e' or 'E',
        _ => false,
    };

    // 7 stroke widths long and wide, its tip at the end of the line.
    private static void Arrow(StringBuilder to, (double X, double Y) from, (double X, double Y) end, Stroke stroke)
    {
        var (dx, dy) = (end.X - from.X, end.Y - from.Y);
        var length = Math.Sqrt((dx * dx) + (dy * dy));
        var (ux, uy, size) = (dx / length, dy / length, 7 * stroke.Width);
        var (bx, by, half) = (end.X - (ux * size), end.Y - (uy * size), size / 2);
        to.Colour(stroke.Colour).Append("rg ").Numbers(end.X, end.Y).Append("m ")
            .Numbers(bx - (uy * half), by + (ux * half)).Append("l ").Numbers(bx + (uy * half), by - (ux * half)).Append("l h f\n");
    }
}
