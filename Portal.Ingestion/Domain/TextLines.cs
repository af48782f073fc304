using System.Text;

namespace Portal.Ingestion.Domain;

/// <summary>
/// The one place that knows what breaks a line: CR, LF, both together, vertical tab, form feed, NEL, the line and paragraph separators, and
/// ASCII's file, group, record and unit separators (U+001C to U+001F). Words on both sides of a break are never joined. The characters that
/// control the direction of text (bidi embeddings, overrides and isolates) are removed: they would reverse the rest of a sentence in which
/// the text is quoted, such as a date in evidence. Right-to-left letters do not need them. Pure.
/// </summary>
public static class TextLines
{
    /// <summary>True for every character that breaks a line.</summary>
    public static bool IsBreak(char character) =>
        character is (>= '\n' and <= '\r') or (>= '\u001C' and <= '\u001F') or '\u0085' or '\u2028' or '\u2029';

    /// <summary>The text on one line, trimmed: each break, and each tab, with the white space around it, is one space.</summary>
    public static string OneLine(string text)
    {
        text = WithoutLineBreaks(text);
        if (text.AsSpan().IndexOfAny(Breaks) < 0) return text.Trim();
        var line = new StringBuilder(text.Length);
        for (var n = 0; n < text.Length; n++)
        {
            if (!IsBreak(text[n]) && text[n] != '\t')
            {
                line.Append(text[n]);
                continue;
            }

            while (line.Length > 0 && char.IsWhiteSpace(line[^1])) line.Length--;
            while (n + 1 < text.Length && char.IsWhiteSpace(text[n + 1])) n++;
            line.Append(' ');
        }

        return line.ToString().Trim();
    }

    /// <summary>The text on one line for a log: each control character becomes a space, and the ends are trimmed.</summary>
    public static string Printable(string text) => new string([.. OneLine(text).Select(c => char.IsControl(c) ? ' ' : c)]).Trim();

    /// <summary>The text with every break as a line feed and without bidi controls; otherwise unchanged.</summary>
    public static string WithLineFeeds(string text)
    {
        text = WithoutLineBreaks(text);
        if (text.AsSpan().IndexOfAny(OtherBreaks) < 0) return text;
        var lines = new StringBuilder(text.Length);
        for (var n = 0; n < text.Length; n++)
        {
            if (text[n] == '\r' && n + 1 < text.Length && text[n + 1] == '\n') continue;
            lines.Append(IsBreak(text[n]) ? '\n' : text[n]);
        }

        return lines.ToString();
    }

    /// <summary>The lines of a text, without their breaks; at least one.</summary>
    public static string[] Split(string text) => WithLineFeeds(text).Split('\n');

    // Removes bidi embeddings, overrides and isolates (Unicode's Bidi_Control except the marks, which do not affect the text after them).
    private static string WithoutLineBreaks(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.AsSpan().IndexOfAny(LineBreaks) < 0 ? text : string.Concat(text.Where(c => !LineBreaks.Contains(c)));
    }

    private static readonly System.Buffers.SearchValues<char> LineBreaks =
        System.Buffers.SearchValues.Create("\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069");
    private static readonly System.Buffers.SearchValues<char> Breaks =
        System.Buffers.SearchValues.Create("\t\n\v\f\r\u001C\u001D\u001E\u001F\u0085\u2028\u2029");
    private static readonly System.Buffers.SearchValues<char> OtherBreaks =
        System.Buffers.SearchValues.Create("\v\f\r\u001C\u001D\u001E\u001F\u0085\u2028\u2029");
}
