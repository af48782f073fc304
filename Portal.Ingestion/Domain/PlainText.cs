using System.Globalization;
using System.Text;

namespace Portal.Ingestion.Domain;

/// <summary>
/// A text with the characters that a keyboard has, for reading numbers and dates: digits of every script and width, spaces, dashes and
/// apostrophes become the plain ones, what cannot be seen goes. Pure.
/// </summary>
public static class PlainText
{
    private const string Apostrophes = "'\u2018\u2019\u02BC\u00B4`\u2032\uFF07";

    // What is written in full width lies this far above the same character of ASCII.
    private const int FullWidth = 0xFEE0;

    /// <summary>The text in plain characters.</summary>
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

    /// <summary>A digit of any script as its ASCII digit, a character in full width as the ASCII one; any other as it is.</summary>
    public static Rune Narrow(Rune rune)
    {
        if (rune.IsAscii) return rune;
        if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber) return new Rune('0' + (int)Rune.GetNumericValue(rune));
        return rune.Value is >= 0xFF01 and <= 0xFF5E ? new Rune(rune.Value - FullWidth) : rune;
    }
}
