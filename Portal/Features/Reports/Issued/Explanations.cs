using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Keeping;
using Portal.Ingestion.Domain;

namespace Portal.Features.Reports.Issued;

/// <summary>Why a benefit does not go as planned, as it is written before a report is issued.</summary>
public sealed record Explanation(string ChainId, string ElementId, string Why);

/// <summary>
/// The explanations that a report needs before it is issued. They are stored as causes before the report, so that it has them; they stay
/// when it cannot be issued.
/// </summary>
public static class Explanations
{
    /// <summary>The benefits that do not go as planned and that nobody has explained.</summary>
    public static IReadOnlyList<(string ChainId, BenefitFigure Figure)> MissingIn(ReportModel report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return
        [
            .. report.Chapters.SelectMany(c => c.Benefits.Benefits.Where(b => b.IsUnexplained).Select(b => (c.Benefits.Chain.Id, b))),
        ];
    }

    /// <summary>Names a deviation in the HTTP interface: the box, and in a report of several chains the chain before it.</summary>
    public static string KeyOf(ReportModel report, string chainId, string elementId)
    {
        ArgumentNullException.ThrowIfNull(report);
        return report.IsOverview ? $"{chainId}/{elementId}" : elementId;
    }

    /// <summary>Stores an explanation.</summary>
    /// <param name="today">Today in Copenhagen.</param>
    public static Task<BenefitOutcome> SaveAsync(
        IBenefitStore benefits, Viewer viewer, Explanation explanation, DateOnly today, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(benefits);
        ArgumentNullException.ThrowIfNull(explanation);
        return benefits.AddNoteAsync(
            viewer, explanation.ChainId, NoteKind.Cause, explanation.ElementId, today, null, explanation.Why, null, cancellationToken);
    }
}
