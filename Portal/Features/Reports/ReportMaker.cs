using Portal.Features.Benefits.Figures;
using Portal.Features.Evidence;
using Portal.Features.Reports.Conclusions;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;

namespace Portal.Features.Reports;

/// <summary>Builds reports for viewers who may read chains.</summary>
public sealed class ReportMaker(IBenefitFigures figures, ReportBuilder builder, IReportConclusions conclusions, ILedgerProofs ledger,
    TimeProvider time)
{
    /// <summary>Today in Copenhagen.</summary>
    public DateOnly Today => DanishTime.DateOf(time.GetUtcNow());

    /// <summary>The report with the current numbers; null when the viewer may not see the chain.</summary>
    [Demands(ViewerRights.Chains)]
    public async Task<ReportModel?> MakeAsync(Viewer viewer, ReportScope scope, Period period, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        ArgumentNullException.ThrowIfNull(scope);
        if (!viewer.MayCall<ReportMaker>()) return null;
        viewer = viewer.WhereMayCall<ReportMaker>();
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
    /// Whom the PDF of a report may be given to again from memory: a report has no data on citizens, so people who see chains
    /// or counts at the same authorities, within the same limits.
    /// </summary>
    public static string CachedFor(Viewer viewer)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        return string.Join(' ', viewer.Grants.Where(g => g.May(ViewerRights.Chains) || g.May(ViewerRights.Counts)).Select(
            g => g.Authority + (g.May(ViewerRights.Chains) ? "" : "-") + (g.Limits.IsNone ? "" : $" {g.Limits}")));
    }

    // Read after the figures, so that it covers every message that was counted.
    private async Task<string?> CheckpointAsync(CancellationToken cancellationToken) =>
        (await ledger.ReadAsync([], cancellationToken))?.Checkpoint;
}
