using System.Globalization;
using System.Text;

namespace Portal.Ingestion.Domain;

/// <summary>
/// The key by which case numbers, letter ids and identifiers are compared, however they are written. A UUID in any notation becomes its
/// lower-case form with hyphens. In any other text every kind of hyphen and of space becomes the ASCII one, digits of every script and
/// full-width characters become ASCII, invisible characters are removed, and letters become lower case. Pure.
/// </summary>
public static class IdentifierKey
{
    private const int HexDigits = 32;
    private const int LongestUuid = 120;

    // Braces, parentheses and every kind of quotation mark.
    private static readonly char[] Around = [.. "{}()[]<>\"'`\u2018\u2019\u201A\u201C\u201D\u201E\u00AB\u00BB\u2039\u203A"];

    /// <summary>The key of a text; empty when the text has no visible character.</summary>
    public static string Of(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        return Uuid(text) is { } uuid ? uuid.ToString() : IsPlain(text) ? text.Trim().ToLowerInvariant() : Folded(text).ToLowerInvariant();
    }

    /// <summary>
    /// The UUID that a text is, with or without hyphens (of any kind), braces, parentheses, <c>urn:uuid:</c>, <c>uuid:</c> or <c>guid:</c>,
    /// in any case, with white space and invisible characters around; null for any other text.
    /// </summary>
    public static Guid? Uuid(string? text)
    {
        if (text is null || text.Length is < HexDigits or > LongestUuid) return null;
        if (text.Length == 36 && Guid.TryParseExact(text, "D", out var plain)) return plain;
        var hex = 0;
        foreach (var character in text)
        {
            if (char.IsAsciiHexDigit(character) || (character >= 128 && char.IsLetterOrDigit(character))) hex++;
        }

        // "urn:uuid:" has one hexadecimal digit and "uuid:" another.
        if (hex is < HexDigits or > HexDigits + 4) return null;
        var bare = Folded(text).Replace(" ", "", StringComparison.Ordinal);
        for (var length = 0; length != bare.Length;)
        {
            length = bare.Length;
            bare = bare.Trim(Around);
            foreach (var prefix in (ReadOnlySpan<string>)["urn:", "uuid:", "guid:"])
            {
                if (bare.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) bare = bare[prefix.Length..];
            }
        }

        return Guid.TryParseExact(bare, "D", out var uuid) || Guid.TryParseExact(bare, "N", out uuid) ? uuid : null;
    }

    /// <summary>
    /// The beginning of a UUID (8 to 31 hexadecimal digits) in lower case with its hyphens; null for any other text, and for a whole UUID.
    /// </summary>
    public static string? UuidBeginning(string? text)
    {
        if (text is null || text.Length > LongestUuid || Uuid(text) is not null) return null;
        var bare = Folded(text).Trim(Around).ToLowerInvariant();
        foreach (var prefix in (ReadOnlySpan<string>)["urn:", "uuid:"])
        {
            if (bare.StartsWith(prefix, StringComparison.Ordinal)) bare = bare[prefix.Length..];
        }

        var digits = bare.Replace("-", "", StringComparison.Ordinal);
        if (digits.Length is < 8 or >= HexDigits || !digits.All(char.IsAsciiHexDigit)) return null;
        var whole = Guid.ParseExact(digits.PadRight(HexDigits, '0'), "N").ToString();
        var hyphens = digits.Length switch { <= 8 => 0, <= 12 => 1, <= 16 => 2, <= 20 => 3, _ => 4 };
        var beginning = TextCut.At(whole, digits.Length + hyphens);
        return bare == digits || bare.TrimEnd('-') == beginning ? beginning : null;
    }

    /// <summary>True for a character that is not visible: format characters, control characters other than white space, fillers.</summary>
    public static bool IsInvisible(Rune rune) =>
        rune.Value is 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x034F or 0x2800
            or (>= 0x180B and <= 0x180F) or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF)
        || (!Rune.IsWhiteSpace(rune) && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.Control);

    /// <summary>True for every kind of hyphen, dash and minus.</summary>
    public static bool IsHyphen(Rune rune) =>
        rune.Value is '-' or 0x2212 or 0x02D7 or 0x2043 or 0x2796 || Rune.GetUnicodeCategory(rune) == UnicodeCategory.DashPunctuation;

    /// <summary>
    /// The text in Unicode's composed form (NFC) with one kind of hyphen, one kind of space (runs collapsed, ends trimmed), one kind of
    /// digit and width, and no invisible characters.
    /// </summary>
    public static string Folded(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var folded = new StringBuilder(text.Length);
        var space = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsInvisible(rune)) continue;
            if (Rune.IsWhiteSpace(rune))
            {
                space = folded.Length > 0;
                continue;
            }

            if (space) folded.Append(' ');
            space = false;
            if (IsHyphen(rune)) folded.Append('-');
            else folded.Append(PlainText.Narrow(rune));
        }

        return folded.ToString().Normalize(NormalizationForm.FormC);
    }

    private static bool IsPlain(string text)
    {
        for (var n = 0; n < text.Length; n++)
        {
            if (text[n] is < ' ' or > '~' || (text[n] == ' ' && n + 1 < text.Length && text[n + 1] == ' ')) return false;
        }

        return true;
    }
}
