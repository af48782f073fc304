using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Envelopes;

/// <summary>Identifiers as the portal keeps them.</summary>
public static class Identifier
{
    /// <summary>A UUID, however it is written, in lower case with hyphens; anything else as written, trimmed; null for nothing.</summary>
    public static string? Normalise(string? text)
    {
        var trimmed = text?.Trim();
        if (string.IsNullOrEmpty(trimmed)) return null;
        return IdentifierKey.Uuid(trimmed) is { } uuid ? uuid.ToString() : trimmed;
    }

    /// <summary>
    /// A BeskedId: a UUID with hyphens in lower case; anything else, other writings of a UUID too, as written, trimmed; null for nothing.
    /// </summary>
    public static string? AsBeskedId(string? text)
    {
        var trimmed = text?.Trim();
        if (string.IsNullOrEmpty(trimmed)) return null;
        return Guid.TryParseExact(trimmed, "D", out _) ? trimmed.ToLowerInvariant() : trimmed;
    }
}
