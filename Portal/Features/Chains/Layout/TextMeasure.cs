using System.Globalization;
using System.Text;
using Portal.Ingestion.Domain;

namespace Portal.Features.Chains.Layout;

/// <summary>Estimates how text wraps, without a browser; too wide rather than too narrow, so that text fits its box.</summary>
public static class TextMeasure
{
    /// <summary>The width of a text in pixels at a font size, for a common sans-serif.</summary>
    public static double Width(string text, double fontSize)
    {
        ArgumentNullException.ThrowIfNull(text);
        var width = 0.0;
        foreach (var rune in text.EnumerateRunes()) width += Factor(rune);
        return width * fontSize;
    }

    /// <summary>
    /// Wraps a text to a width in pixels; line breaks are kept, words that are too long are broken. At most <paramref name="maxLines"/>
    /// lines; the last one ends in … when the text is cut.
    /// </summary>
    public static IReadOnlyList<string> Wrap(string text, double width, double fontSize, int maxLines)
    {
        ArgumentNullException.ThrowIfNull(text);
        var lines = new List<string>();
        foreach (var paragraph in TextLines.Split(text))
        {
            var line = new StringBuilder();
            var used = 0.0;
            foreach (var piece in Pieces(paragraph.Trim(), width, fontSize))
            {
                var space = line.Length > 0 && piece.NewWord ? Width(" ", fontSize) : 0;
                if (line.Length > 0 && used + space + piece.Width > width)
                {
                    lines.Add(line.ToString());
                    if (lines.Count > maxLines) return Cut(lines, maxLines);
                    line.Clear();
                    used = space = 0;
                }

                if (space > 0) line.Append(' ');
                line.Append(piece.Text);
                used += space + piece.Width;
            }

            lines.Add(line.ToString());
            if (lines.Count > maxLines) return Cut(lines, maxLines);
        }

        return lines;
    }

    private readonly record struct Piece(string Text, double Width, bool NewWord);

    private static List<string> Cut(List<string> lines, int maxLines)
    {
        lines.RemoveRange(maxLines, lines.Count - maxLines);
        lines[^1] += " …";
        return lines;
    }

    // A word that fits is one piece; a longer one is cut between grapheme clusters.
    private static IEnumerable<Piece> Pieces(string paragraph, double width, double fontSize)
    {
        foreach (var word in paragraph.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            var whole = Width(word, fontSize);
            if (whole <= width)
            {
                yield return new Piece(word, whole, true);
                continue;
            }

            var (part, used, first) = (new StringBuilder(), 0.0, true);
            var characters = StringInfo.GetTextElementEnumerator(word);
            while (characters.MoveNext())
            {
                var character = characters.GetTextElement();
                var wide = Width(character, fontSize);
                if (part.Length > 0 && used + wide > width)
                {
                    yield return new Piece(part.ToString(), used, first);
                    (used, first) = (0, false);
                    part.Clear();
                }

                part.Append(character);
                used += wide;
            }

            yield return new Piece(part.ToString(), used, first);
        }
    }

    // Measured in the fonts of the picture: the widest of each group, so that a row of one character stays within its box.
    private static double Factor(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => 0,
        UnicodeCategory.UppercaseLetter when rune.Value < 0x250 =>
            rune.Value is 'I' or 'J' or 'L' ? 0.7 : rune.Value is 'M' or 'W' ? 0.95 : rune.Value is 'Æ' or 'Œ' ? 1 : 0.78,
        _ when rune.Value >= 0x1100 => Wide(rune.Value),
        _ when rune.Value >= 0x250 => 1.1,
        _ when rune.Value is '@' or '½' or '¼' or '¾' or (>= 0x100 and < 0x250) => 1.02,
        _ when rune.Value is 'm' or 'w' or '%' or 'æ' => 0.9,
        _ when rune.Value is '&' or '©' or '®' => 0.75,
        _ when rune.Value is 'ø' or 'ß' or '¿' => 0.62,
        _ when rune.Value is 'i' or 'j' or 'l' or 't' or 'f' or 'r' or '.' or ',' or ':' or ';' or '\'' or '|' or ' ' or '(' or ')' => 0.36,
        _ => 0.59,
    };

    private static double Wide(int value) => value switch
    {
        // Very wide characters: a ligature of a whole phrase (U+FDFD) and long dashes.
        0xFDFD => 10,
        0x2E3B => 3.1,
        0x2E3A => 2.1,
        0x2031 => 1.8,
        >= 0x2010 and <= 0x2027 or >= 0x2E80 and <= 0xA4CF or >= 0xAC00 and <= 0xD7FF or >= 0xF900 and <= 0xFAFF
            or >= 0xFF00 and <= 0xFFEF => 1.1,
        >= 0x1400 and < 0x1700 or >= 0x1F000 => 1.65,
        _ => 1.45,
    };
}
