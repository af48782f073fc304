using System.Globalization;
using System.Text;

namespace Portal.Platform.Documents.Pdf;

/// <summary>Numbers, texts and colours as a PDF writes them (ISO 32000-1, 7.3). Everything is ASCII.</summary>
internal static class PdfSyntax
{
    // Readers hold numbers as 32-bit reals; nothing on a page is farther away than this.
    private const double Most = 1_000_000;

    /// <summary>Appends a number with at most two decimals (1/7200 inch); what is no number becomes 0.</summary>
    public static StringBuilder Number(this StringBuilder to, double value)
    {
        var hundredths = double.IsFinite(value) ? (long)Math.Round(Math.Clamp(value, -Most, Most) * 100) : 0;
        if (hundredths < 0) to.Append('-');
        var (whole, rest) = Math.DivRem(Math.Abs(hundredths), 100);
        to.Append(whole);
        if (rest == 0) return to;
        to.Append('.').Append((char)('0' + (rest / 10)));
        return rest % 10 == 0 ? to : to.Append((char)('0' + (rest % 10)));
    }

    /// <summary>Appends numbers, each followed by a space.</summary>
    public static StringBuilder Numbers(this StringBuilder to, params ReadOnlySpan<double> values)
    {
        foreach (var value in values) to.Number(value).Append(' ');
        return to;
    }

    /// <summary>Appends a factor of a matrix, which needs more decimals than a place does.</summary>
    public static StringBuilder Factor(this StringBuilder to, double value)
    {
        var factor = double.IsFinite(value) ? Math.Clamp(value, -Most, Most) : 0;
        return to.Append(factor.ToString("0.######", CultureInfo.InvariantCulture)).Append(' ');
    }

    /// <summary>Appends the operands of a colour such as <c>#0b5566</c>; what is no colour becomes black.</summary>
    public static StringBuilder Colour(this StringBuilder to, string colour)
    {
        var rgb = colour.StartsWith('#') && colour.Length == 7
            && int.TryParse(colour.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? value
            : 0;
        foreach (var part in (ReadOnlySpan<int>)[rgb >> 16, (rgb >> 8) & 255, rgb & 255])
        {
            to.Append((part / 255.0).ToString("0.###", CultureInfo.InvariantCulture)).Append(' ');
        }

        return to;
    }

    /// <summary>A text string: UTF-16 in hexadecimal, so that no character needs escaping. Control characters become spaces.</summary>
    public static string Text(string text)
    {
        var to = new StringBuilder("<FEFF");
        Span<char> units = stackalloc char[2];
        foreach (var rune in text.EnumerateRunes())
        {
            var length = (Rune.IsControl(rune) ? new Rune(' ') : rune).EncodeToUtf16(units);
            for (var i = 0; i < length; i++) to.Append(((int)units[i]).ToString("X4", CultureInfo.InvariantCulture));
        }

        return to.Append('>').ToString();
    }

    /// <summary>A reference to an object.</summary>
    public static string Reference(int number) => string.Create(CultureInfo.InvariantCulture, $"{number} 0 R");
}
