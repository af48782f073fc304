using System.Globalization;
using System.Text;
using Portal.Ingestion.Domain;

namespace Portal.Platform.Documents.Pdf;

/// <summary>A text whose characters the fonts lack.</summary>
/// <param name="Script">In Danish, such as »arabisk«.</param>
/// <param name="Original">The text as given.</param>
internal sealed record MissingText(string Script, string Original)
{
    /// <summary>How many characters it has, as people see them.</summary>
    public int Length => new StringInfo(Original).LengthInTextElements;

    /// <summary>What is shown in its place.</summary>
    public string Shown => $"[{Script}: {Length} tegn]";
}

/// <summary>
/// Texts as the fonts can show them: characters are composed, directional and other controls are left out (nothing here runs from right to
/// left), and what the fonts lack is named in words.
/// </summary>
internal static class ReadableText
{
    /// <summary>The parts of a text in order: text to show, or text that is missing.</summary>
    /// <param name="face">The face in which it is to be shown.</param>
    public static IEnumerable<(string Text, MissingText? Missing)> Parts(string text, Face face)
    {
        if (text.Length == 0) return [];
        return text.All(c => c == '\n' || (c >= ' ' && !IsAccent(c) && !IsControl(c) && Fonts.With(c, face) is not null))
            ? [(text, null)]
            : Split(text, face);
    }

    private static IEnumerable<(string Text, MissingText? Missing)> Split(string text, Face face)
    {
        var (shown, missing, script) = (new StringBuilder(), new StringBuilder(), "");
        foreach (var rune in Composed(text).EnumerateRunes())
        {
            if (missing.Length > 0 && Continues(rune, script, face))
            {
                missing.Append(rune);
                continue;
            }

            if (Shown(rune, face) is { } characters)
            {
                if (missing.Length > 0) yield return Take(missing, script, shown);
                shown.Append(characters);
                continue;
            }

            var name = ScriptNames.Of(rune);
            if (missing.Length > 0 && name != script) yield return Take(missing, script, shown);
            if (shown.Length > 0)
            {
                yield return (shown.ToString(), null);
                shown.Clear();
            }

            script = name;
            missing.Append(rune);
        }

        if (missing.Length > 0) yield return Take(missing, script, shown);
        if (shown.Length > 0) yield return (shown.ToString(), null);
    }

    // Words of one script are one text, so a space belongs to it when another word follows; at its end it is shown.
    private static (string, MissingText) Take(StringBuilder missing, string script, StringBuilder shown)
    {
        var text = missing.ToString();
        var whole = text.TrimEnd(' ');
        missing.Clear();
        shown.Append(' ', text.Length - whole.Length);
        return ("", new MissingText(script, whole));
    }

    private static bool Continues(Rune rune, string script, Face face) =>
        rune.Value == ' ' || IsJoiner(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark
        || (Shown(rune, face) is null && ScriptNames.Of(rune) == script);

    // Null: the fonts lack it.
    private static string? Shown(Rune rune, Face face)
    {
        if (rune.Value is '\n') return "\n";
        if (rune.Value is '\t') return " ";
        if (Rune.IsControl(rune) || IsControl(rune.Value) || IsJoiner(rune)) return "";
        if (Fonts.With(rune.Value, face) is not null) return rune.ToString();
        if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpaceSeparator) return " ";

        // The fonts have more accents than accented letters.
        var apart = rune.ToString().Normalize(NormalizationForm.FormD);
        return apart.Length > 1 && apart.All(c => Fonts.With(c, face) is not null) ? apart : null;
    }

    // Normalisation refuses half a character, which the runes repair, and some that only steer.
    private static string Composed(string text) =>
        string.Concat(TextLines.WithLineFeeds(text).EnumerateRunes().Where(r => !IsControl(r.Value))).Normalize(NormalizationForm.FormC);

    private static bool IsAccent(int character) => character is >= 0x300 and <= 0x36F;

    // Characters that only steer: directions, byte order. A zero-width space and a soft hyphen are kept, since they break lines.
    private static bool IsControl(int character) => character is (>= 0x7F and < 0xA0) or 0x061C or 0x180E
        or (>= 0x200E and <= 0x200F) or (>= 0x202A and <= 0x202E) or (>= 0x2060 and <= 0x206F) or 0xFEFF or (>= 0xFFF9 and <= 0xFFFC)
        or (>= 0xFFFE and <= 0xFFFF);

    // Joiners and selectors of variants, which make one character of several.
    private static bool IsJoiner(Rune rune) =>
        rune.Value is 0x200C or 0x200D or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0000 and <= 0xE01EF) or (>= 0x1F3FB and <= 0x1F3FF);
}
