using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Keeping;
using Portal.Ingestion.Domain;

namespace Portal.Features.Reports.Conclusions;

/// <summary>A conclusion written by hand.</summary>
/// <param name="At">UTC.</param>
public sealed record WrittenConclusion(string Text, string By, DateTimeOffset At);

/// <summary>
/// Conclusions written by hand in place of the automatic ones, each for a period. Writing and withdrawing requires the right to edit
/// chains.
/// </summary>
public interface IReportConclusions
{
    /// <summary>
    /// The conclusion for all chains of a department, or of the authority (empty); null when the automatic one applies. That of a single
    /// chain is among its figures.
    /// </summary>
    [Demands(ViewerRights.Chains)]
    Task<WrittenConclusion?> OfAllAsync(Viewer viewer, string department, Period period, CancellationToken cancellationToken);

    /// <summary>The current conclusion, for one chain or for several; null when the automatic one applies.</summary>
    /// <exception cref="Portal.Ingestion.Domain.StorageUnavailableException">The database cannot be read now.</exception>
    [Demands(ViewerRights.Chains, Or = ViewerRights.EditChains)]
    Task<WrittenConclusion?> PresentAsync(Viewer viewer, ReportScope scope, Period period, CancellationToken cancellationToken);

    /// <summary>Writes the conclusion for one chain or for several.</summary>
    /// <param name="today">Today's date in Copenhagen.</param>
    /// <exception cref="Portal.Ingestion.Domain.StorageUnavailableException">The database is unavailable; nothing was changed.</exception>
    [Demands(ViewerRights.SteerBenefits)]
    Task<BenefitOutcome> WriteAsync(
        Viewer viewer, ReportScope scope, Period period, string text, DateOnly today, CancellationToken cancellationToken);

    /// <summary>Returns to the automatic conclusion.</summary>
    /// <exception cref="Portal.Ingestion.Domain.StorageUnavailableException">The database is unavailable; nothing was changed.</exception>
    [Demands(ViewerRights.SteerBenefits)]
    Task<BenefitOutcome> UseRulesAsync(Viewer viewer, ReportScope scope, Period period, CancellationToken cancellationToken);
}
