using System.Text.RegularExpressions;

namespace Portal.Ingestion.Domain;

/// <summary>How the ten digits of what may be a person number are split.</summary>
internal enum CprForm
{
    /// <summary>Not split, as other numbers are written too.</summary>
    Bare,

    /// <summary>By one dot after the sixth digit, as an amount may be.</summary>
    Dotted,

    /// <summary>As person numbers are written, and hardly any other number.</summary>
    Split,
}

/// <summary>
/// Decides by the surrounding text whether ten digits are a person number. After a word for a person number they are, whatever the digits;
/// otherwise they must begin with a date. They are not as part of a UUID or a hash, next to a currency, or, written without a separator,
/// after a word for another kind of number (P-number, telephone, EAN, account with or without its register number, invoice, order).
/// »Sagsnummer« is not such a word: many case numbers are the person's number. In doubt they count as a person number. A character outside
/// the Basic Multilingual Plane counts as a letter next to a word. Pure.
/// </summary>
internal static partial class CprSurroundings
{
    private const int LongestWord = 24;
    private const int LongestList = 200;

    /// <summary>True when the digits count as a person number.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="hit">Where the digits are.</param>
    /// <param name="form">How they are split.</param>
    /// <param name="isDate">The digits begin with a date.</param>
    public static bool Allow(string text, CprHit hit, CprForm form, bool isDate)
    {
        if (!isDate || form == CprForm.Bare)
        {
            var announced = Announcement().IsMatch(text[Math.Max(0, hit.Start - LongestWord)..hit.Start]);
            if (!isDate && !announced) return false;
            if (form == CprForm.Bare && !announced && IsOtherNumber(text, hit)) return false;
        }

        return !IsPartOfId(text, hit) && (form == CprForm.Split || !IsAmount(text, hit));
    }

    private static bool IsOtherNumber(string text, CprHit hit) =>
        OtherNumber().IsMatch(text[Math.Max(0, hit.Start - LongestList)..hit.Start])
        || (hit.Digits[0] != '0' && CountryCode().IsMatch(text[Math.Max(0, hit.Start - 2)..hit.Start]));

    private static bool IsPartOfId(string text, CprHit hit)
    {
        foreach (var id in LongHex().EnumerateMatches(text))
        {
            if (id.Index > hit.Start) return false;
            if (hit.End <= id.Index + id.Length) return true;
        }

        return false;
    }

    private static bool IsAmount(string text, CprHit hit) =>
        hit.Digits[0] != '0' && (CurrencyBefore().IsMatch(text[Math.Max(0, hit.Start - 8)..hit.Start])
            || CurrencyAfter().IsMatch(text[hit.End..Math.Min(text.Length, hit.End + 12)]));

    [GeneratedRegex(
        @"(?:cpr(?:[-_ ]?(?:nr|nummer|no|number|identifikator))?|person(?:nr|nummer)|pers\.?[- ]?nr)\.?[\p{Z}\s:=#""'>(\[-]*\z",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Announcement();

    // Not »PNR« alone: that is the CPR register's word for a person number. A word applies to all numbers of the list that follows it.
    [GeneratedRegex(
        @"(?<![\p{L}\p{N}\p{Cs}])(?:p[-. ](?:nr|no)|p[-. ]?(?:nummer|numre|number|enhed|enheder|enhedsnr|enhedsnummer)"
        + @"|produktionsenhed(?:er|snr|snummer)?|tlf|tel|telefon(?:nr|nummer|numre)?"
        + @"|(?:phone|mobil|telefon|fax|ean|gln|faktura|invoice|ordre|order|rekvisition|bestilling|giro|bfe|vare)"
        + @"(?:[-_. ]?(?:nr|nummer|numre|no|number))?"
        + @"|(?:konto|account)(?:[-_. ]?(?:nr|nummer|numre|no|number))?(?:[\p{Z}\s.:]*[0-9]{4}(?=[\p{Z}\s-]))?"
        + @")[\p{Z}\s.:=#""'>(\[_-]*(?:[0-9]{10}[\p{Z}\s]*(?:[,;/&]|og|samt|eller|and|or)[\p{Z}\s]*)*\z",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex OtherNumber();

    // A plus with nothing before it: an international telephone number. In a URL query a plus means a space.
    [GeneratedRegex(@"(?<![\p{L}\p{N}\p{Cs}=&?%/])\+\z", RegexOptions.CultureInvariant)]
    private static partial Regex CountryCode();

    // A UUID, with or without hyphens, or a hash in hexadecimal.
    [GeneratedRegex(
        @"(?<![0-9A-Fa-f])(?:[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}(?![0-9A-Fa-f])"
        + @"|(?<![0-9A-Za-z])(?=[0-9]*[A-Fa-f])[0-9A-Fa-f]{32,}(?![0-9A-Za-z]))",
        RegexOptions.CultureInvariant)]
    private static partial Regex LongHex();

    [GeneratedRegex(@"(?:(?<![\p{L}\p{N}\p{Cs}])(?:kr\.?|dkk|eur)|€|\$|£)\s*\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex CurrencyBefore();

    [GeneratedRegex(@"^(?:,[0-9]{2}|,-)?\s*(?:(?:kr|dkk|eur)(?![\p{L}\p{N}\p{Cs}])|€|,-(?![0-9]))",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex CurrencyAfter();
}
