using Portal.Ingestion.Supervision;

namespace Portal.Ingestion.Operations;

/// <summary>The transports of this process with their figures, as rows for the shared table.</summary>
internal sealed class NodeTransports(
    NodeIdentity node, ConfiguredTransports configured, TransportStatusBoard board, TransportActivity activity)
{
    public string NodeId => node.Id;

    /// <summary>The latest reports of the transports.</summary>
    public IReadOnlyList<TransportReport> Reports => board.Reports;

    /// <summary>Completes at the next change of a report.</summary>
    public Task NextChange => board.NextChange;

    /// <summary>Refreshes the transports that do not report themselves.</summary>
    public void Refresh() => configured.Refresh();

    /// <summary>A row for each transport; never empty.</summary>
    public IReadOnlyList<StoredTransport> Rows(DateTimeOffset now)
    {
        configured.Refresh();
        var commits = activity.Commits();
        return [.. board.Reports
            .Select(transport => Row(transport, activity.Of(transport.Transport), board.BacklogOf(transport.Transport), commits, now))];
    }

    private StoredTransport Row(
        TransportReport transport, TransportFigures figures, TransportBacklog? backlog, CommitFigures commits, DateTimeOffset now) => new()
        {
            Node = node.Id, Program = node.Program, Transport = transport.Transport, State = transport.State.ToWire(),
            Since = transport.Since, Why = transport.Why, Remedy = transport.Remedy, Heartbeat = now, LastMessageAt = figures.LastMessageAt,
            Messages = figures.Messages, Repeats = figures.Repeats, Quarantined = figures.Quarantined,
            LagHalfMilliseconds = figures.LagHalf?.TotalMilliseconds, LagMostMilliseconds = figures.LagMost?.TotalMilliseconds,
            Waiting = backlog?.Waiting, OldestWaiting = backlog?.Oldest,
            Commits = commits.Count, CommitSize = commits.MeanSize, CommitMilliseconds = commits.MeanMilliseconds,
        };
}
