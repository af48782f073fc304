using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Envelopes;

/// <summary>
/// Limits by sensitivity. A class may have several UUIDs: »Fortrolige personoplysninger« has two. What names no class counts as
/// confidential, as an unknown message type does; so do letters, which name a person and have no class of their own. Pure.
/// </summary>
public static class Sensitivity
{
    /// <summary>True when the limits admit a message with this Sikkerhedsklassificering.</summary>
    /// <param name="limits">A grant's.</param>
    /// <param name="classification">As the message has it; null for none.</param>
    public static bool Admits(AccessLimits limits, string? classification)
    {
        ArgumentNullException.ThrowIfNull(limits);
        if (limits.Sensitivities is not { } classes) return true;
        var named = IdentifierKey.Uuid(classification)?.ToString();
        return named is null || KnownSikkerhedsklassificeringer.Fortrolige.Contains(named)
            ? AdmitsConfidential(classes)
            : classes.Contains(named);
    }

    /// <summary>True when the limits admit letters.</summary>
    public static bool AdmitsLetters(AccessLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return limits.Sensitivities is not { } classes || AdmitsConfidential(classes);
    }

    private static bool AdmitsConfidential(ValueList<string> classes) => classes.Any(KnownSikkerhedsklassificeringer.Fortrolige.Contains);
}
