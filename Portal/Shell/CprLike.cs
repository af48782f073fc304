using System.Text;
using System.Text.RegularExpressions;

namespace Portal.Shell;

/// <summary>
/// What looks like a CPR number where none may ever stand: in the browser's storage and in names of files. Wider than
/// <see cref="Portal.Ingestion.Letters.CprNumber.IsIn"/>, which must leave identifiers readable: here letters may stand around it, and spaces, dashes of
/// every kind, points, strokes and invisible characters within it. <c>wwwroot/cprLike.js</c> has the same pattern; a test holds the two equal.
/// </summary>
public static partial class CprLike
{
    /// <summary>Put in the place of each number.</summary>
    public const string Mask = "[CPR-nummer]";

    // Between any two digits at most three of these.
    private const string S = @"[\s\p{Pd}\p{Cf}\u2212._/·]{0,3}";

    /// <summary>Day (01–31, or 61–91), month, year and four digits. Digits of a longer number do not count.</summary>
    public const string Pattern =
        @"(?<![0-9])(?:0" + S + @"[1-9]|[1278]" + S + @"[0-9]|6" + S + @"[1-9]|3" + S + @"[01]|9" + S + @"[01])" + S + @"(?:0" + S + @"[1-9]|1" + S + @"[0-2])"
        + S + @"[0-9]" + S + @"[0-9]" + S + @"[0-9]" + S + @"[0-9]" + S + @"[0-9]" + S + @"[0-9](?![0-9])";

    /// <summary>True when the text holds something like a CPR number, in digits of any width.</summary>
    public static bool IsIn(string text) => Anywhere().IsMatch(Plain(text));

    /// <summary>The text as it is; when it holds something like a CPR number, in plain digits and with <see cref="Mask"/> for each.</summary>
    public static string MaskIn(string text)
    {
        var plain = Plain(text);
        return Anywhere().IsMatch(plain) ? Anywhere().Replace(plain, Mask) : text;
    }

    // Full-width and other digits become plain ones. Halves of surrogate pairs cannot be normalised, and are no digits.
    private static string Plain(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Ascii.IsValid(text)) return text;
        var whole = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) whole.Append(rune);
        return whole.ToString().Normalize(NormalizationForm.FormKC);
    }

    [GeneratedRegex(Pattern, RegexOptions.CultureInvariant)]
    private static partial Regex Anywhere();
}
