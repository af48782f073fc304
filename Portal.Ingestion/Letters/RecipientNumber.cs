using System.Text;
using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Letters;

/// <summary>
/// Parses an addressee's number as people and systems write it: CPR, CVR or P (a production unit). Pure; a problem's text never contains
/// the number.
/// </summary>
public static class RecipientNumber
{
    private const int CprDigits = 10;
    private const int CvrDigits = 8;
    private const int UnitDigits = 10;

    /// <summary>The type as it is stored (<c>CPR</c>, <c>CVR</c>, <c>P</c>); null for any other word.</summary>
    public static string? TypeOf(string word) =>
        (Letters(word) is ['U', 'R', 'N', 'O', 'I', 'O', .. var named] ? named : Letters(word)) switch
        {
            "CPR" or "CPRNR" or "CPRNO" or "CPRNUMMER" or "PERSONNR" or "PERSONNUMMER" => LetterValidation.Cpr,
            "CVR" or "CVRNR" or "CVRNO" or "CVRNUMMER" or "VIRKSOMHEDSNUMMER" => LetterValidation.Cvr,
            "P" or "PNR" or "PNO" or "PNUMMER" or "PENHED" or "PENHEDSNUMMER" or "PRODUKTIONSENHED" or "PRODUKTIONSENHEDSNUMMER" =>
                LetterValidation.ProductionUnit,
            _ => null,
        };

    /// <summary>
    /// The type of a number whose type was not given: by its letters (<c>DK</c>, <c>CVR</c>, <c>P-nr.</c>), else ten digits (nine, when a
    /// spreadsheet removed the first zero) are a CPR number and eight a CVR number; else null.
    /// </summary>
    public static string? DetectType(string id)
    {
        var letters = Letters(id);
        if (letters is "DK" or "CVRDK") return LetterValidation.Cvr;
        if (letters.Length > 0) return TypeOf(letters);
        return id.Count(char.IsDigit) switch { CprDigits or CprDigits - 1 => LetterValidation.Cpr, CvrDigits =>
            LetterValidation.Cvr, _ => null };
    }

    /// <summary>The digits of a number of a type, or what is wrong with it, in Danish.</summary>
    public static (string? Digits, string? Problem) Read(string type, string id)
    {
        var bare = Bare(type, id);
        switch (type)
        {
            case LetterValidation.Cpr:
                if (CprNumber.TryParse(bare, out var cpr)) return (cpr.Reveal(), null);
                return (null, DigitsOf(bare)?.Length == CprDigits - 1
                    ? "Et CPR-nummer har ti cifre; her er ni. Har regnearket fjernet et 0 forrest? Skriv det igen, "
                        + "og formatér kolonnen som tekst."
                    : "Et CPR-nummer har ti cifre.");
            case LetterValidation.Cvr:
                return DigitsOf(bare) is { Length: CvrDigits } cvr ? (cvr, null) : (null, "Et CVR-nummer har otte cifre.");
            default:
                return DigitsOf(bare) is { Length: UnitDigits } unit ? (unit, null) : (null, "Et P-nummer har ti cifre.");
        }
    }

    // Removes the word that names the type: "DK", "CVR-nr.:", "P-".
    private static string Bare(string type, string id)
    {
        var text = IdentifierKey.Folded(id);
        var end = 0;
        while (end < text.Length && !char.IsDigit(text[end])) end++;
        var letters = Letters(text[..end]);
        var isNamed = letters.Length == 0 || TypeOf(letters) == type || (type == LetterValidation.Cvr && letters is "DK" or "CVRDK");
        return isNamed ? text[end..].TrimEnd(')', ']', '}', '"', '\'', '.', ' ') : text;
    }

    // The ASCII digits of digits in any script, with spaces, hyphens, dots and slashes between them; null when the text has anything else.
    private static string? DigitsOf(string text)
    {
        var digits = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsDigit(rune)) digits.Append((int)Rune.GetNumericValue(rune));
            else if (rune.Value is not (' ' or '-' or '.' or '/')) return null;
        }

        return digits.ToString();
    }

    private static string Letters(string text) => new([.. text.Where(char.IsLetter).Select(char.ToUpperInvariant)]);
}
