using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Portal.Tests.PersonNumbers;

/// <summary>
/// Finds seeded person numbers in a text, however they are written there. Shares nothing with the product's rule: it drops what is between
/// digits and looks for the ten digits of the seeded numbers, so other numbers of ten digits are no false alarm.
/// </summary>
internal sealed partial class NumberFinder(SeededNumbers numbers)
{
    private const int Length = 10;
    private const int LongestGap = 3;
    private const int DecodeRounds = 3;
    private const int DeepestBase64 = 2;

    /// <summary>The digits of the seeded numbers in a text: as it is, decoded from escapes of addresses, HTML and JSON, and within its
    /// Base64.</summary>
    public IReadOnlySet<string> In(string text) => In(text, 0);

    private HashSet<string> In(string text, int depth)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        for (var round = 0; round <= DecodeRounds; round++)
        {
            Scan(text, found);
            if (Decoded(text) is var decoded && decoded == text) break;
            text = decoded;
        }

        if (depth == DeepestBase64) return found;
        foreach (Match run in Base64().Matches(text))
        {
            if (Bytes(run.Value) is { } bytes) found.UnionWith(In(Encoding.UTF8.GetString(bytes), depth + 1));
        }

        return found;
    }

    private void Scan(string text, HashSet<string> found)
    {
        var digits = new StringBuilder();
        var gap = 0;
        for (var n = 0; n < text.Length; n++)
        {
            if (char.IsAsciiDigit(text[n]))
            {
                digits.Append(text[n]);
                gap = 0;
                continue;
            }

            if (char.IsAsciiLetter(text[n]))
            {
                Flush(digits, found);
                continue;
            }

            var category = CharUnicodeInfo.GetUnicodeCategory(text, n);
            if (char.IsHighSurrogate(text[n]) && n + 1 < text.Length) n++;
            switch (category)
            {
                case UnicodeCategory.DecimalDigitNumber:
                    var at = char.IsLowSurrogate(text[n]) ? n - 1 : n;
                    digits.Append((char)('0' + CharUnicodeInfo.GetDecimalDigitValue(text, at)));
                    gap = 0;
                    break;
                case UnicodeCategory.Format:
                    break;
                case UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.OtherLetter:
                    Flush(digits, found);
                    break;
                default:
                    if (++gap > LongestGap) Flush(digits, found);
                    break;
            }
        }

        Flush(digits, found);
    }

    private void Flush(StringBuilder digits, HashSet<string> found)
    {
        if (digits.Length >= Length)
        {
            var run = digits.ToString();
            for (var n = 0; n + Length <= run.Length; n++)
            {
                var ten = run.Substring(n, Length);
                if (numbers.PlaceOf(ten) is not null) found.Add(ten);
            }
        }

        digits.Clear();
    }

    private static string Decoded(string text)
    {
        var decoded = text.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(text) : text;
        if (decoded.Contains('&', StringComparison.Ordinal)) decoded = WebUtility.HtmlDecode(decoded);
        return decoded.Contains("\\u", StringComparison.OrdinalIgnoreCase)
            ? JsonEscape().Replace(decoded, m => ((char)Convert.ToInt32(m.Groups[1].Value, 16)).ToString())
            : decoded;
    }

    private static byte[]? Bytes(string run)
    {
        var text = run.Replace('-', '+').Replace('_', '/').TrimEnd('=');
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='), bytes, out var written)
            ? bytes[..written]
            : null;
    }

    [GeneratedRegex(@"\\u([0-9a-fA-F]{4})")]
    private static partial Regex JsonEscape();

    [GeneratedRegex("[A-Za-z0-9+/_-]{24,}={0,2}")]
    private static partial Regex Base64();
}
