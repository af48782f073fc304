namespace Portal.Features.Operations.Api;

/// <summary>
/// Something that the portal can do without, and says that it does: reported at <c>/health/ready</c> and on Drift, while the answer stays
/// 200. All nodes would lose it at the same moment, so a node that answered 503 would take the whole portal away for the sake of a part.
/// </summary>
public interface IReadinessNote
{
    /// <summary>What is away and what that means, in Danish without paths or secrets; null while it is there.</summary>
    string? Now { get; }

    /// <summary>True when Drift shows it; false when Drift tells the same in another way.</summary>
    bool IsOnOperationsPage => true;
}
