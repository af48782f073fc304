using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Keeping;
using Portal.Ingestion.Domain;

namespace Portal.Features.Reports.Conclusions;

/// <summary>A conclusion that someone wrote.</summary>
/// <param name="At">UTC.</param>
public sealed record WrittenConclusion(string Text, string By, DateTimeOffset At);

/// <summary>
/// Conclusions that people write instead of the rules', each for a period. Writing and taking back takes the right to edit chains.
/// </summary>
public interface IReportConclusions
{
    /// <summary>
    /// The one of all chains of a department, or of all (empty); null where the rules' own applies. That of a single chain is among its
    /// figures.
    /// </summary>
    Task<WrittenConclusion?> OfAllAsync(Viewer viewer, string department, Period period, CancellationToken cancellationToken);

    /// <summary>The one that applies now, of a chain or of several; null where the rules' own applies.</summary>
    /// <exception cref="Portal.Ingestion.Domain.StorageUnavailableException">The database cannot be read now.</exception>
    Task<WrittenConclusion?> PresentAsync(Viewer viewer, ReportScope scope, Period period, CancellationToken cancellationToken);

    /// <summary>Writes the conclusion of a chain, or of several.</summary>
    /// <param name="today">In Copenhagen.</param>
    /// <exception cref="Portal.Ingestion.Domain.StorageUnavailableException">The database takes nothing now.</exception>
    Task<BenefitOutcome> WriteAsync(
        Viewer viewer, ReportScope scope, Period period, string text, DateOnly today, CancellationToken cancellationToken);

    /// <summary>Goes back to the rules' own.</summary>
    /// <exception cref="Portal.Ingestion.Domain.StorageUnavailableException">The database takes nothing now.</exception>
    Task<BenefitOutcome> UseRulesAsync(Viewer viewer, ReportScope scope, Period period, CancellationToken cancellationToken);
}
