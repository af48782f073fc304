namespace Portal.Features.Operations.Api;

/// <summary>Something that must work before the portal can serve; every registered one is asked at <c>/health/ready</c>.</summary>
public interface IReadinessProbe
{
    /// <summary>What is wrong, in one Danish sentence without paths or secrets; null when all is well.</summary>
    Task<string?> ProblemAsync(CancellationToken cancellationToken);
}
