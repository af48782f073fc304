using System.Globalization;
using System.Text;

namespace Portal.Ingestion.Domain;

/// <summary>
/// Text in the characters of a keyboard, for parsing numbers and dates: digits of every script and width, spaces, dashes and apostrophes
/// become the ASCII ones, invisible characters are removed. Pure.
/// </summary>
public static class PlainText
{
    private const string Apostrophes = "'\u2018\u2019\u02BC\u00B4`\u2032\uFF07";

    // A full-width character's code point is this much higher than the ASCII one's.
    private const int FullWidth = 0xFEE0;

    /// <summary>The text in these characters.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IdentifierKey.IsInvisible(rune)) continue;
            if (Rune.IsWhiteSpace(rune)) plain.Append(' ');
            else if (IdentifierKey.IsHyphen(rune)) plain.Append('-');
            else if (rune.IsBmp && Apostrophes.Contains((char)rune.Value, StringComparison.Ordinal)) plain.Append('\'');
            else plain.Append(Narrow(rune));
        }

        return plain.ToString();
    }

    /// <summary>
    /// The ASCII digit of a digit of any script, the ASCII form of a full-width character; any other character unchanged.
    /// </summary>
    public static Rune Narrow(Rune rune)
    {
        if (rune.IsAscii) return rune;
        if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber) return new Rune('0' + (int)Rune.GetNumericValue(rune));
        return rune.Value is >= 0xFF01 and <= 0xFF5E ? new Rune(rune.Value - FullWidth) : rune;
    }
}
