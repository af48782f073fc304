namespace Portal.Ingestion.Domain;

/// <summary>
/// Numbers of KL Emnesystematik (KLE), such as <c>27.45.12</c>, and the patterns of limits: <c>27.45.*</c> is 27.45 and all below it. Pure.
/// </summary>
public static class Kle
{
    private const string Below = ".*";

    /// <summary>True when the number or pattern <paramref name="inner"/> is within the pattern <paramref name="outer"/>.</summary>
    public static bool IsWithin(string inner, string outer)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(outer);
        if (inner == outer) return true;
        return outer.EndsWith(Below, StringComparison.Ordinal)
            && $"{inner}.".StartsWith(outer.TrimEnd('*'), StringComparison.Ordinal);
    }
}
