using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Envelopes;

/// <summary>Normalises identifiers as they are stored.</summary>
public static class Identifier
{
    /// <summary>
    /// A UUID in any notation becomes lower case with hyphens; anything else stays as written, trimmed; null for blank text.
    /// </summary>
    public static string? Normalise(string? text)
    {
        var trimmed = text?.Trim();
        if (string.IsNullOrEmpty(trimmed)) return null;
        return IdentifierKey.Uuid(trimmed) is { } uuid ? uuid.ToString() : trimmed;
    }

    /// <summary>
    /// A BeskedId: a UUID with hyphens becomes lower case; anything else, a UUID in another notation too, stays as written, trimmed; null
    /// for blank text.
    /// </summary>
    public static string? AsBeskedId(string? text)
    {
        var trimmed = text?.Trim();
        if (string.IsNullOrEmpty(trimmed)) return null;
        return Guid.TryParseExact(trimmed, "D", out _) ? trimmed.ToLowerInvariant() : trimmed;
    }
}
