namespace Portal.Ingestion.Envelopes;

/// <summary>Identifiers as the portal keeps them.</summary>
public static class Identifier
{
    /// <summary>A UUID in lower case; anything else as written, trimmed; null for nothing.</summary>
    public static string? Normalise(string? text)
    {
        var trimmed = text?.Trim();
        if (string.IsNullOrEmpty(trimmed)) return null;
        return Guid.TryParseExact(trimmed, "D", out _) ? trimmed.ToLowerInvariant() : trimmed;
    }
}
