using Portal.Ingestion.Settings;
using Portal.Ingestion.Supervision;

namespace Portal.Ingestion.Operations;

/// <summary>
/// Reports the transports that do not report themselves: those that are switched off, and push, which has no background service.
/// </summary>
internal sealed class ConfiguredTransports(
    PortalSettings settings, NodeIdentity node, TransportStatusBoard board, IngestionStatistics statistics, PushAnswers answers)
{
    private const string Elsewhere = "Køen og mappen læses af workeren (Ingestion:RunInPortal er false).";

    /// <summary>Updates the status board.</summary>
    public void Refresh()
    {
        if (node.Program == NodeIdentity.Portal) RefreshPush();
        var elsewhere = node.Program == NodeIdentity.Portal && !settings.RunInPortal ? Elsewhere : null;
        RefreshPulled("folder", elsewhere ?? (settings.FolderPath is null ? "Slået fra: Ingestion:Folder:Path er tom." : null));

        RefreshPulled("amqp", elsewhere ?? (settings.Amqp is null ? "Slået fra: Ingestion:Amqp:Enabled er false." : null));
    }

    private void RefreshPush()
    {
        if (!settings.PushEnabled) board.Report("push", TransportState.Off, "Slået fra: Ingestion:Push:Enabled er false.");
        else if (statistics.StorageError is { } error) board.Report("push", TransportState.Paused, error, TransportTexts.StorageRemedy);
        else board.Report("push", TransportState.Open, answers.Warning);
    }

    private void RefreshPulled(string transport, string? whyOff)
    {
        if (whyOff is not null && !Runs(transport)) board.Report(transport, TransportState.Off, whyOff);
    }

    private bool Runs(string transport) => board.Reports.Any(d => d.Transport == transport && d.State != TransportState.Off);
}
