using System.Text;

namespace Portal.Ingestion.Letters;

/// <summary>Why a letter has no period of appeal by its case type.</summary>
public enum CaseTypeDoubt
{
    /// <summary>It has one, or is not a decision.</summary>
    None,

    /// <summary>A decision without a case type.</summary>
    Missing,

    /// <summary>A decision of a case type that has no period.</summary>
    Unknown,
}

/// <summary>Case types as codes: <c>Huslejenævn</c>, <c>HUSLEJENÆVN</c> and <c>huslejenaevn</c> are the same. Pure.</summary>
public static class CaseTypeCode
{
    /// <summary>The key by which case types are compared: lower-case letters and digits, with æ, ø and å as ae, oe and aa.</summary>
    public static string KeyOf(string caseType)
    {
        ArgumentNullException.ThrowIfNull(caseType);
        var key = new StringBuilder(caseType.Length);
        foreach (var character in caseType.Normalize(NormalizationForm.FormC))
        {
            var small = char.ToLowerInvariant(character);
            if (small == 'æ') key.Append("ae");
            else if (small is 'ø' or 'ö') key.Append("oe");
            else if (small == 'å') key.Append("aa");
            else if (char.IsLetterOrDigit(small)) key.Append(small);
        }

        return key.ToString();
    }

    /// <summary>The one of <paramref name="codes"/> that a case type means; the case type itself when none matches.</summary>
    public static string? Known(string? caseType, IEnumerable<string> codes)
    {
        ArgumentNullException.ThrowIfNull(codes);
        if (caseType is null || !TextIsWhole(caseType)) return caseType;
        var key = KeyOf(caseType);
        return codes.FirstOrDefault(c => KeyOf(c) == key) ?? caseType;
    }

    /// <summary>
    /// Why a decision gets no last day to appeal from its case type. A registrar is asked about it, since a period that is silently missing
    /// is found too late.
    /// </summary>
    /// <param name="codes">The case types that have a period.</param>
    public static CaseTypeDoubt DoubtOf(LetterRegistration letter, IReadOnlyCollection<string> codes)
    {
        ArgumentNullException.ThrowIfNull(letter);
        if (!letter.Decision) return CaseTypeDoubt.None;
        if (letter.CaseType is null) return CaseTypeDoubt.Missing;
        return codes.Contains(Known(letter.CaseType, codes)!, StringComparer.OrdinalIgnoreCase)
            ? CaseTypeDoubt.None
            : CaseTypeDoubt.Unknown;
    }

    // Normalize throws for an unpaired surrogate; codes have no surrogates, so a text with any is left unchanged.
    private static bool TextIsWhole(string text) => !text.Any(char.IsSurrogate);
}
