using System.Text;

namespace Portal.Ingestion.Letters;

/// <summary>Case types as codes: <c>Huslejenævn</c>, <c>HUSLEJENÆVN</c> and <c>huslejenaevn</c> are one. Pure.</summary>
public static class CaseTypeCode
{
    /// <summary>What a case type is compared by: small letters and digits, æ, ø and å written out.</summary>
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

    /// <summary>The known code that a case type means; the case type itself when none does.</summary>
    public static string? Known(string? caseType, IEnumerable<string> codes)
    {
        ArgumentNullException.ThrowIfNull(codes);
        if (caseType is null || !TextIsWhole(caseType)) return caseType;
        var key = KeyOf(caseType);
        return codes.FirstOrDefault(c => KeyOf(c) == key) ?? caseType;
    }

    // Half a surrogate pair cannot be brought to one form.
    private static bool TextIsWhole(string text) => !text.Any(char.IsSurrogate);
}
