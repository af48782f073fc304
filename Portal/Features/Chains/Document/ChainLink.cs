namespace Portal.Features.Chains.Document;

/// <summary>A link: one box leads to another. Cycles are allowed; a link from a box to itself is not.</summary>
/// <param name="From">Element id.</param>
/// <param name="To">Element id.</param>
/// <param name="Assumption">What must hold for the link; null when not given.</param>
/// <param name="Confidence"><c>low</c>, <c>medium</c> or <c>high</c>; null when not given.</param>
public sealed record ChainLink(string From, string To, string? Assumption = null, string? Confidence = null)
{
    /// <summary>The name of <see cref="Assumption"/> in operations.</summary>
    public const string AssumptionProperty = "assumption";

    /// <summary>The name of <see cref="Confidence"/> in operations.</summary>
    public const string ConfidenceProperty = "confidence";

    /// <summary>The value under a name.</summary>
    public string? Get(string property) =>
        property switch { AssumptionProperty => Assumption, ConfidenceProperty => Confidence, _ => null };

    /// <summary>A copy with a value set, or removed when null or empty.</summary>
    public ChainLink With(string property, string? value) => property switch
    {
        AssumptionProperty => this with { Assumption = string.IsNullOrEmpty(value) ? null : value },
        ConfidenceProperty => this with { Confidence = string.IsNullOrEmpty(value) ? null : value },
        _ => this,
    };
}

/// <summary>The key of a link.</summary>
public readonly record struct LinkKey(string From, string To);
