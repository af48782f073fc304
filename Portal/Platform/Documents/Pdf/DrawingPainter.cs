using System.Collections.Immutable;
using System.Text;
using Portal.Platform.Documents.Model;

namespace Portal.Platform.Documents.Pdf;

/// <summary>Draws a <see cref="Drawing"/> on a page, as vectors and text.</summary>
internal static class DrawingPainter
{
    private const double Quarter = 0.5523;

    /// <summary>Draws it with its upper left corner at a place; what lies outside its box is cut off.</summary>
    /// <param name="clip">Shows only this part of the page; null for all of it.</param>
    public static void Draw(
        PageCanvas canvas, Drawing drawing, double x, double y, double scale, MissingTexts missing,
        (double X, double Y, double Width, double Height)? clip = null)
    {
        if (scale <= 0) return;
        canvas.Draw(x - (drawing.X * scale), y - (drawing.Y * scale), scale, (to, text) =>
        {
            to.Numbers(drawing.X, drawing.Y, drawing.Width, drawing.Height).Append("re W n\n");
            Draw(to, drawing.Shapes, text, missing, canvas.Number);
        }, clip);
    }

    private static void Draw(
        StringBuilder to, ImmutableArray<Shape> shapes, PageCanvas.TextAppender text, MissingTexts missing, int page)
    {
        foreach (var shape in shapes.IsDefault ? [] : shapes)
        {
            switch (shape)
            {
                case RectShape rect:
                    Paint(to, rect.Fill, rect.Stroke, path => Rect(path, rect));
                    break;
                case CircleShape circle:
                    Paint(to, circle.Fill, circle.Stroke, path => Circle(path, circle));
                    break;
                case PathShape path:
                    PathPainter.Draw(to, path);
                    break;
                case WordsShape words:
                    Words(to, words, text, missing, page);
                    break;
                case GroupShape group:
                    Draw(to, group.Shapes, text, missing, page);
                    break;
            }
        }
    }

    /// <summary>Fills and strokes a path.</summary>
    public static void Paint(StringBuilder to, string? fill, Stroke? stroke, Action<StringBuilder> path)
    {
        var strokes = stroke is { Width: > 0 };
        if (fill is null && !strokes) return;
        if (fill is not null) to.Colour(fill).Append("rg ");
        if (strokes) Pen(to, stroke!);
        path(to);
        to.Append((fill, strokes) switch { (null, _) => " S\n", (_, true) => " B\n", _ => " f\n" });
    }

    private static void Pen(StringBuilder to, Stroke stroke)
    {
        to.Colour(stroke.Colour).Append("RG ").Number(stroke.Width).Append(" w [");
        if (!stroke.Dashes.IsDefaultOrEmpty && stroke.Dashes.All(d => d >= 0) && stroke.Dashes.Sum() > 0)
        {
            to.Numbers(stroke.Dashes.AsSpan());
        }

        to.Append("] 0 d 1 j ");
    }

    private static void Rect(StringBuilder to, RectShape rect)
    {
        var radius = Math.Min(rect.Radius, Math.Min(rect.Width, rect.Height) / 2);
        if (radius > 0) PageCanvas.Rounded(to, rect.X, rect.Y, rect.Width, rect.Height, radius);
        else to.Numbers(rect.X, rect.Y, rect.Width, rect.Height).Append("re");
    }

    private static void Circle(StringBuilder to, CircleShape circle)
    {
        var (x, y, r, c) = (circle.X, circle.Y, circle.Radius, circle.Radius * Quarter);
        to.Numbers(x + r, y).Append("m ")
            .Numbers(x + r, y + c, x + c, y + r, x, y + r).Append("c ").Numbers(x - c, y + r, x - r, y + c, x - r, y).Append("c ")
            .Numbers(x - r, y - c, x - c, y - r, x, y - r).Append("c ").Numbers(x + c, y - r, x + r, y - c, x + r, y).Append("c h");
    }

    private static void Words(StringBuilder to, WordsShape words, PageCanvas.TextAppender text, MissingTexts missing, int page)
    {
        var type = new Typeface(words.Size, words.LineHeight, words.Colour, words.Bold ? Face.SemiBold : Face.Regular);
        to.Colour(words.Colour).Append("rg\n");
        var lines = words.Lines.IsDefault ? [] : words.Lines;
        for (var i = 0; i < lines.Length; i++)
        {
            var glyphs = Shaper.Shape(lines[i] ?? "", type).Glyphs.Where(g => g.Id != 0 && g.Character != Glyph.SoftHyphen).ToArray();
            foreach (var name in glyphs.Select(g => g.Look.Missing).OfType<MissingText>().Distinct()) missing.Note(name, page);
            var width = glyphs.Sum(g => g.Width);
            var x = words.X - words.Anchor switch { Anchor.Middle => width / 2, Anchor.End => width, _ => 0 };
            foreach (var (start, length) in Looks(glyphs))
            {
                text(x, words.Y + (i * words.LineHeight), glyphs.AsSpan(start, length));
                x += glyphs.Skip(start).Take(length).Sum(g => g.Width);
            }
        }
    }

    // The parts of a line that look the same: what the fonts lack has a look of its own.
    private static IEnumerable<(int Start, int Length)> Looks(Glyph[] glyphs)
    {
        for (var start = 0; start < glyphs.Length;)
        {
            var end = start + 1;
            while (end < glyphs.Length && ReferenceEquals(glyphs[end].Look, glyphs[start].Look)) end++;
            yield return (start, end - start);
            start = end;
        }
    }
}
