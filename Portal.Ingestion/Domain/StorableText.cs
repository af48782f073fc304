using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Portal.Ingestion.Domain;

/// <summary>
/// Makes text storable in both databases. PostgreSQL refuses a NUL character and an unpaired surrogate, SQLite stores them in its own way;
/// both get U+FFFD instead, so that their rows are equal. Pure.
/// </summary>
public static class StorableText
{
    private static readonly Rune Replacement = Rune.ReplacementChar;

    /// <summary>The text with NULs and unpaired surrogates replaced; the same instance when there are none.</summary>
    /// <param name="text">Any text; null stays null.</param>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Clean(string? text)
    {
        if (text is null || IsClean(text)) return text;
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) clean.Append(rune.Value == 0 ? Replacement : rune);
        return clean.ToString();
    }

    /// <summary>True when there is nothing to replace.</summary>
    public static bool IsClean(ReadOnlySpan<char> text)
    {
        if (text.Contains('\0')) return false;
        for (var at = text.IndexOfAnyInRange('\uD800', '\uDFFF'); at >= 0;)
        {
            if (!char.IsHighSurrogate(text[at]) || at + 1 >= text.Length || !char.IsLowSurrogate(text[at + 1])) return false;
            text = text[(at + 2)..];
            at = text.IndexOfAnyInRange('\uD800', '\uDFFF');
        }

        return true;
    }
}
