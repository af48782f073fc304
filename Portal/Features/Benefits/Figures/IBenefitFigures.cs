using Portal.Ingestion.Domain;

namespace Portal.Features.Benefits.Figures;

/// <summary>Calculates the benefits of the viewer's chains. From messages and letters only counts are used, no personal data.</summary>
public interface IBenefitFigures
{
    /// <summary>The figures of one chain; null when the viewer may not see it.</summary>
    Task<ChainBenefits?> ReadAsync(Viewer viewer, string chainId, Period period, CancellationToken cancellationToken);

    /// <summary>The figures of all chains, last changed first.</summary>
    /// <param name="department">Only chains of this department; null for all.</param>
    Task<IReadOnlyList<ChainBenefits>> ReadAllAsync(Viewer viewer, string? department, Period period, CancellationToken cancellationToken);
}
