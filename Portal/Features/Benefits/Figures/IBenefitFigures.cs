using Portal.Ingestion.Domain;

namespace Portal.Features.Benefits.Figures;

/// <summary>What the benefits of the viewer's chains come to. Counts only: names no one.</summary>
public interface IBenefitFigures
{
    /// <summary>A chain's; null when there is none for the viewer.</summary>
    Task<ChainBenefits?> ReadAsync(Viewer viewer, string chainId, Period period, CancellationToken cancellationToken);

    /// <summary>Those of all chains, last changed first.</summary>
    /// <param name="department">Of this department only; null for all.</param>
    Task<IReadOnlyList<ChainBenefits>> ReadAllAsync(Viewer viewer, string? department, Period period, CancellationToken cancellationToken);
}
