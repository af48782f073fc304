using System.Globalization;

namespace Portal.Ingestion.Domain;

/// <summary>
/// The one place where text is shortened. A cut never leaves half a surrogate pair, which UTF-8 cannot encode and PostgreSQL refuses.
/// </summary>
public static class TextCut
{
    /// <summary>UTF-16 units, more than any real character takes. A longer run of combining marks may be cut inside.</summary>
    public const int LongestCharacter = 64;

    /// <summary>
    /// The beginning of a text, at most <paramref name="most"/> UTF-16 units, followed by the mark when something was cut.
    /// </summary>
    /// <param name="text">Any text; null counts as empty.</param>
    /// <param name="most">UTF-16 units to keep of the text itself; the mark comes on top.</param>
    /// <param name="mark">Put after a text that was cut, such as <c>…</c>.</param>
    public static string At(string? text, int most, string mark = "")
    {
        ArgumentOutOfRangeException.ThrowIfNegative(most);
        return text is null ? "" : text.Length <= most ? text : string.Concat(text.AsSpan(0, Boundary(text, most)), mark);
    }

    /// <summary>
    /// The first character of a text as people see it (a grapheme), however many UTF-16 units it takes; empty for an empty text.
    /// </summary>
    public static string First(string text) => string.IsNullOrEmpty(text) ? "" : StringInfo.GetNextTextElement(text);

    /// <summary>The last boundary between characters (as people see them) at or before an index of a text.</summary>
    public static int Boundary(ReadOnlySpan<char> text, int index)
    {
        if (index <= 0) return 0;
        if (index >= text.Length) return text.Length;
        var whole = index - (char.IsLowSurrogate(text[index]) && char.IsHighSurrogate(text[index - 1]) ? 1 : 0);
        var start = Math.Max(0, whole - LongestCharacter);
        if (start > 0 && char.IsLowSurrogate(text[start]) && char.IsHighSurrogate(text[start - 1])) start--;
        var end = start;
        while (end < whole)
        {
            var next = end + StringInfo.GetNextTextElementLength(text[end..]);
            if (next > whole) break;
            end = next;
        }

        return end > start ? end : whole;
    }
}
