using System.Text;

namespace Portal.Ingestion.Domain;

/// <summary>
/// What names (of statuses, of message types) are compared by: without case, hyphens of every kind, white space and invisible characters,
/// so that <c>Modtaget Fjern-print</c> is <c>MODTAGET FJERNPRINT</c> (DOMAIN §1). Pure.
/// </summary>
public static class NameKey
{
    /// <summary>The key of a name; empty for one that shows nothing.</summary>
    public static string Of(string? name)
    {
        if (string.IsNullOrEmpty(name)) return "";
        var key = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || IdentifierKey.IsHyphen(rune) || IdentifierKey.IsInvisible(rune)) continue;
            key.Append(Rune.ToLowerInvariant(PlainText.Narrow(rune)));
        }

        return key.ToString().Normalize(NormalizationForm.FormC);
    }

    /// <summary>True for two names that are the same but for how they are written; false where one of them shows nothing.</summary>
    public static bool AreSame(string? one, string? other) => Of(one) is { Length: > 0 } key && key == Of(other);
}
