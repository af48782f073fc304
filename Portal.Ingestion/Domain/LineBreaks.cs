namespace Portal.Ingestion.Domain;

/// <summary>The one place that knows what a line break is: LF, CR, CRLF, VT, FF, NEL (U+0085), U+2028 and U+2029, as other programs write them.</summary>
public static class LineBreaks
{
    private static readonly System.Buffers.SearchValues<char> Others = System.Buffers.SearchValues.Create("\r\v\f\u0085\u2028\u2029");

    /// <summary>The text with every line break written as LF; CRLF is one. The same instance when nothing changes.</summary>
    public static string Normalize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.AsSpan().ContainsAny(Others)) return text;
        var lines = new System.Text.StringBuilder(text.Length);
        for (var n = 0; n < text.Length; n++)
        {
            if (!Others.Contains(text[n]))
            {
                lines.Append(text[n]);
                continue;
            }

            if (text[n] == '\r' && n + 1 < text.Length && text[n + 1] == '\n') n++;
            lines.Append('\n');
        }

        return lines.ToString();
    }

    /// <summary>The lines of a text, without their breaks; never none.</summary>
    public static string[] Split(string text) => Normalize(text).Split('\n');

    /// <summary>The text on one line: each break is a space.</summary>
    public static string OnOneLine(string text) => Normalize(text).Replace('\n', ' ');
}
