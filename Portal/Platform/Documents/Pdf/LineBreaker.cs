namespace Portal.Platform.Documents.Pdf;

/// <summary>A line of a text: its glyphs from one index to before another.</summary>
/// <param name="Width">Without the spaces at its end, in points.</param>
/// <param name="Height">From this line's upper edge to the next one's.</param>
/// <param name="BaseLine">Below the upper edge.</param>
internal readonly record struct Line(int Start, int End, double Width, double Height, double BaseLine);

/// <summary>
/// Breaks texts into lines: at spaces, after hyphens and slashes, at soft hyphens; a word that is longer than a line is broken anywhere.
/// </summary>
internal static class LineBreaker
{
    // Widths are sums of rounded numbers.
    private const double Tolerance = 0.01;

    // What a code asks for: some twelve characters.
    private const double CodeWidth = 54;

    /// <summary>The lines of a text that is <paramref name="width"/> points wide. A text without characters has none.</summary>
    public static List<Line> Break(ShapedText text, double width)
    {
        var lines = new List<Line>();
        for (var start = 0; start < text.Glyphs.Length;)
        {
            var end = EndOfLine(text.Glyphs, start, width);
            lines.Add(Measured(text, start, end));
            start = end;
        }

        return lines;
    }

    /// <summary>The widths of a text on one line, and of its longest part that is not broken, in points.</summary>
    public static (double Whole, double Longest) Widths(ShapedText text)
    {
        var (line, word, whole, longest, spaces) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < text.Glyphs.Length; i++)
        {
            var glyph = text.Glyphs[i];
            if (glyph.Character == '\n') (line, word, spaces) = (0, 0, 0);
            else if (glyph.IsSpace) spaces += glyph.Width;
            else
            {
                var width = glyph.Character == Glyph.SoftHyphen ? 0 : glyph.Width;
                line += spaces + width;
                word = glyph.Look.BreaksAnywhere && word > CodeWidth ? width : word + spaces + width;
                spaces = 0;
            }

            (whole, longest) = (Math.Max(whole, line), Math.Max(longest, word));
            if (BreakAfter(text.Glyphs, i) == Opportunity.Normal) (word, line, spaces) = (0, line + spaces, 0);
        }

        return (whole, longest);
    }

    private enum Opportunity
    {
        None,

        /// <summary>Inside a text that should stay on one line.</summary>
        Reluctant,
        Normal,
        Demanded,
    }

    private static int EndOfLine(Glyph[] glyphs, int start, double width)
    {
        var (x, normal, reluctant) = (0.0, -1, -1);
        for (var i = start; i < glyphs.Length; i++)
        {
            var glyph = glyphs[i];
            var isHyphen = glyph.Character == Glyph.SoftHyphen;
            if (!glyph.IsSpace && !isHyphen && x + glyph.Width > width + Tolerance)
            {
                if (normal >= 0) return normal;
                if (reluctant >= 0) return reluctant;
                return Anywhere(glyphs, start, i);
            }

            var opportunity = BreakAfter(glyphs, i);
            if (opportunity == Opportunity.Demanded) return i + 1;
            if (!isHyphen) x += glyph.Width;
            else if (x + glyph.Width > width + Tolerance) continue;
            if (opportunity == Opportunity.Normal) normal = i + 1;
            if (opportunity == Opportunity.Reluctant) reluctant = i + 1;
        }

        return glyphs.Length;
    }

    // Accents stay with their letter; at least one character is put on a line, however narrow it is.
    private static int Anywhere(Glyph[] glyphs, int start, int end)
    {
        while (end > start + 1 && glyphs[end].Character is >= 0x300 and <= 0x36F or Glyph.Pad) end--;
        return Math.Max(end, start + 1);
    }

    private static Opportunity BreakAfter(Glyph[] glyphs, int i)
    {
        var glyph = glyphs[i];
        if (glyph.Character == '\n') return Opportunity.Demanded;
        if (i + 1 == glyphs.Length) return Opportunity.None;
        var next = glyphs[i + 1];
        if (!IsBreak(glyph, next, i > 0 ? glyphs[i - 1].Character : ' ')) return Opportunity.None;
        return glyph.Look.NoBreak && ReferenceEquals(glyph.Look, next.Look) ? Opportunity.Reluctant : Opportunity.Normal;
    }

    private static bool IsBreak(Glyph glyph, Glyph next, int before)
    {
        if (next.IsSpace) return false;
        if (glyph.IsSpace || glyph.Character == Glyph.SoftHyphen || next.Character == Glyph.Picture) return true;
        if (glyph.Character == Glyph.Picture) return next.Character is not ('.' or ',' or ';' or ':' or ')');
        return glyph.Character switch
        {
            // Not before or in a number: -5, 2026-11-29, 1/2.
            '-' or '/' or 0x2010 => IsWord(before) && IsWord(next.Character)
                && (glyph.Look.BreaksAnywhere || !(IsDigit(before) && IsDigit(next.Character))),
            0x2013 or 0x2014 => IsWord(before) && IsWord(next.Character) && !IsDigit(next.Character),
            _ => false,
        };
    }

    private static bool IsWord(int character) => character > 0 && char.IsLetterOrDigit((char)character);

    private static bool IsDigit(int character) => character is >= '0' and <= '9';

    private static Line Measured(ShapedText text, int start, int end)
    {
        var (width, spaces, picture) = (0.0, 0.0, 0.0);
        for (var i = start; i < end; i++)
        {
            var glyph = text.Glyphs[i];
            if (glyph.Character == Glyph.Picture) picture = Math.Max(picture, FigureSize.Of(glyph.Look.Figure!).Height);
            if (glyph.IsSpace)
            {
                spaces += glyph.Width;
                continue;
            }

            if (glyph.Character == Glyph.SoftHyphen && (i < end - 1 || end == text.Glyphs.Length)) continue;
            width += spaces + glyph.Width;
            spaces = 0;
        }

        var font = Fonts.Of(text.Type.Face);
        var (ascent, depth) = (font.Ascent * text.Type.Size / 1000, -font.Descent * text.Type.Size / 1000);
        var baseLine = ((text.Type.LineHeight - ascent - depth) / 2) + ascent;
        var above = Math.Max(0, picture - baseLine + 1);
        return new Line(start, end, width, text.Type.LineHeight + above, baseLine + above);
    }
}
