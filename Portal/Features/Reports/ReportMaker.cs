using Portal.Features.Benefits.Figures;
using Portal.Features.Evidence;
using Portal.Features.Reports.Conclusions;
using Portal.Features.Reports.Document;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Platform.Documents;

namespace Portal.Features.Reports;

/// <summary>Makes reports for those who read chains, and their documents.</summary>
public sealed class ReportMaker(IBenefitFigures figures, ReportBuilder builder, IReportConclusions conclusions, ILedgerProofs ledger,
    DocumentRenderer renderer, TimeProvider time)
{
    /// <summary>Today in Copenhagen.</summary>
    public DateOnly Today => DanishTime.DateOf(time.GetUtcNow());

    /// <summary>The report as the numbers are now; null when there is no such chain for the viewer.</summary>
    public async Task<ReportModel?> MakeAsync(Viewer viewer, ReportScope scope, Period period, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        ArgumentNullException.ThrowIfNull(scope);
        if (!viewer.May(ViewerRights.Chains)) return null;
        if (scope.IsAll)
        {
            var chains =
                await figures.ReadAllAsync(viewer, scope.Department.Length == 0 ? null : scope.Department, period, cancellationToken);
            var written = await conclusions.OfAllAsync(viewer, scope.Department, period, cancellationToken);
            return builder.BuildAll(chains, scope.Department, period, written, await CheckpointAsync(cancellationToken));
        }

        return await figures.ReadAsync(viewer, scope.ChainId, period, cancellationToken) is { } benefits
            ? builder.Build(benefits, await CheckpointAsync(cancellationToken))
            : null;
    }

    /// <summary>
    /// The report ready to be printed: the same component as the page. A report tells of no citizen, so its PDF may be kept for the
    /// viewer's authorities.
    /// </summary>
    public async Task<PrintDocument> DocumentAsync(ReportModel report, Viewer viewer)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        ArgumentNullException.ThrowIfNull(report);
        var body = await renderer.RenderAsync<ReportDocument>(new Dictionary<string, object?> { [nameof(ReportDocument.Report)] = report });
        return new PrintDocument($"Gevinstrapport{(report.Number is { } number ? $" nr. {number}" : "")}: {report.Title}", body,
            report.Footer) { KeptFor = string.Join(' ', viewer.Authorities) };
    }

    /// <summary>
    /// What its file is called. Titles may name people, and a file name goes everywhere: it holds the number or the date.
    /// </summary>
    public string FileName(ReportModel report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return report.Number is { } number
            ? FormattableString.Invariant($"gevinstrapport-nr-{number}.pdf")
            : FormattableString.Invariant($"gevinstrapport-{Today:yyyy-MM-dd}.pdf");
    }

    // Read after the figures, so that it covers every message that was counted.
    private async Task<string?> CheckpointAsync(CancellationToken cancellationToken) =>
        (await ledger.ReadAsync([], cancellationToken))?.Checkpoint;
}
