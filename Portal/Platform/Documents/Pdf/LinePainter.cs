namespace Portal.Platform.Documents.Pdf;

/// <summary>Draws lines of text, with their marks, links and small figures.</summary>
internal static class LinePainter
{
    private static readonly double MarkRise = PageSize.Mm(0.3);
    private static readonly double MarkRadius = PageSize.Mm(3);

    /// <summary>Draws one line.</summary>
    /// <param name="left">Where the line begins.</param>
    /// <param name="top">Its upper edge.</param>
    /// <param name="depth">Of the grounds of marks.</param>
    public static void Draw(DrawingContext context, ShapedText text, Line line, Tag tag, double left, double top, int depth)
    {
        var x = left;
        for (var start = line.Start; start < line.End;)
        {
            var end = start + 1;
            while (end < line.End && ReferenceEquals(text.Glyphs[end].Look, text.Glyphs[start].Look)) end++;
            x = DrawPart(context, text, line, (start, end), tag, x, top, depth);
            start = end;
        }
    }

    private static double DrawPart(
        DrawingContext context, ShapedText text, Line line, (int Start, int End) part, Tag tag, double x, double top, int depth)
    {
        var (canvas, look) = (context.Canvas, text.Glyphs[part.Start].Look);
        canvas.Mark(TagOf(context, look, tag));
        if (look.Missing is { } missing && !canvas.Repeats) context.Missing.Note(missing, canvas.Number);
        if (look.Figure is { } figure)
        {
            var (width, height, scale) = FigureSize.Of(figure);
            var y = top + line.BaseLine + 1 - height;
            if (!canvas.Repeats) look.Tag!.Entries += FigureTag.Box(canvas.Size, x, y, width, height, "Inline");
            DrawingPainter.Draw(canvas, figure.Drawing, x, y, scale, context.Missing);
            return x + PageSize.Mm(figure.Width);
        }

        var end = DrawGlyphs(canvas, text, line, part, x, top + line.BaseLine);
        if (look.Mark is { } tone)
        {
            var height = look.Size * 1.5;
            var font = Fonts.Of(look.Face);
            var middle = top + line.BaseLine - ((font.Ascent + font.Descent) * look.Size / 2000);
            canvas.Ground(
                depth, Palette.Mark(tone).Ground, x, middle - (height / 2) - MarkRise, end - x, height + (2 * MarkRise), MarkRadius);
        }

        if (look.Address is { } address)
        {
            var shown = Math.Min(end, x + line.Width);
            canvas.Ground(depth + 1, look.Colour, x, top + line.BaseLine + (look.Size * 0.1), shown - x, look.Size * 0.05);
            canvas.Link(look.Outer?.Tag ?? look.Tag ?? tag, x, top, shown - x, line.Height, address, "Link til " + address);
        }

        return end;
    }

    // The element is made when its part is drawn, so that it comes after what is before it on the line.
    private static Tag TagOf(DrawingContext context, Look look, Tag tag)
    {
        if (look.TagType is not { } type || context.Canvas.Repeats) return tag;
        return look.Tag ??= context.Structure.Add(look.Outer is { } outer ? TagOf(context, outer, tag) : tag, type, look.TagEntries);
    }

    // Hyphens inside a line are not drawn; a change of face begins a text of its own.
    private static double DrawGlyphs(PageCanvas canvas, ShapedText text, Line line, (int Start, int End) part, double x, double baseLine)
    {
        var (start, from) = (part.Start, x);
        for (var i = part.Start; i < part.End; i++)
        {
            var glyph = text.Glyphs[i];
            var isDrawn = glyph.Id != 0 && (glyph.Character != Glyph.SoftHyphen || text.IsBrokenAt(line, i));
            if (!isDrawn || (i > start && glyph.Face != text.Glyphs[start].Face))
            {
                canvas.Text(from, baseLine, text.Glyphs.AsSpan(start, i - start));
                (start, from) = (i, x);
            }

            if (glyph.Id == 0 || isDrawn) x += glyph.Width;
            if (!isDrawn) (start, from) = (i + 1, x);
        }

        canvas.Text(from, baseLine, text.Glyphs.AsSpan(start, part.End - start));
        return x;
    }
}
