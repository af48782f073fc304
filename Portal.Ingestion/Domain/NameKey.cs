using System.Text;

namespace Portal.Ingestion.Domain;

/// <summary>
/// The key by which names (of statuses, of message types) are compared: without case, hyphens of every kind, white space and invisible
/// characters, so that <c>Modtaget Fjern-print</c> equals <c>MODTAGET FJERNPRINT</c>. Pure.
/// </summary>
public static class NameKey
{
    /// <summary>The key of a name; empty when the name has no visible character.</summary>
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

    /// <summary>True when two names have the same key; false when either key is empty.</summary>
    public static bool AreSame(string? one, string? other) => Of(one) is { Length: > 0 } key && key == Of(other);
}
