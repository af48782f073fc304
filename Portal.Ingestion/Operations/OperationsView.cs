using Portal.Ingestion.Domain;
using Portal.Ingestion.Supervision;

namespace Portal.Ingestion.Operations;

/// <summary>A transport of a node, for the Drift page.</summary>
/// <param name="State">Wire name of a <see cref="TransportState"/>, or <see cref="TransportStates.Silent"/>.</param>
/// <param name="Figures">Figures of its last minutes.</param>
/// <param name="Backlog">Messages that wait at its source.</param>
public sealed record TransportView(
    string Transport, string State, DateTimeOffset Since, string? Why, string? Remedy, TransportFigures Figures, TransportBacklog Backlog)
{
    /// <summary>True when it should receive messages and does not.</summary>
    /// <param name="now">UTC.</param>
    public bool IsFailing(DateTimeOffset now) => !TransportStates.IsWell(State, Since, now);
}

/// <summary>A process that receives messages.</summary>
/// <param name="Program"><c>portal</c> or <c>worker</c>.</param>
/// <param name="Heartbeat">UTC, when it last wrote.</param>
/// <param name="Silent">True when it has not written for <c>OperationsReader.SilentAfter</c> (15 s).</param>
public sealed record NodeView(
    string Id, string Program, DateTimeOffset Heartbeat, bool Silent, CommitFigures Commits, IReadOnlyList<TransportView> Transports);

/// <summary>A reader of the log.</summary>
/// <param name="Behind">Messages that it has not read yet.</param>
public sealed record ReaderView(string Reader, long Position, long Behind);

/// <summary>The state of operations on all nodes.</summary>
/// <param name="Database">Null when it cannot be read; then the view has only this node's own state.</param>
/// <param name="StorageError">Why this node cannot store messages, in Danish; null when it can.</param>
public sealed record OperationsView(
    IReadOnlyList<NodeView> Nodes, DatabaseView? Database, IReadOnlyList<ReaderView> Readers, IReadOnlyList<Outage> Outages,
    IReadOnlyList<SilenceWarning> Silences, string? StorageError)
{
    /// <summary>
    /// UTC, since when no worker has been running, although it should read the queue and the folder (<c>Ingestion:RunInPortal</c> is
    /// false); null when one runs or none is needed.
    /// </summary>
    public DateTimeOffset? NoWorkerSince { get; init; }

    /// <summary>What this process answers the senders of pushes; null when push is switched off.</summary>
    public PushView? Push { get; init; }

    /// <summary>The transports that should receive messages and do not, those of silent nodes last.</summary>
    /// <param name="now">UTC.</param>
    public IReadOnlyList<(NodeView Node, TransportView Transport)> Failing(
        DateTimeOffset now) => [.. Nodes.SelectMany(n => n.Transports, (n, d) => (n, d)).Where(t => t.d.IsFailing(now))];

    /// <summary>Failing background services of all processes.</summary>
    public IReadOnlyList<ServiceView> Services { get; init; } = [];

    /// <summary>Number of rows that each reader of the log has skipped.</summary>
    public IReadOnlyDictionary<string, int> Skipped { get; init; } = new Dictionary<string, int>();
}

/// <summary>A failing background service.</summary>
/// <param name="Node">The process.</param>
public sealed record ServiceView(string Node, ServiceFault Fault);

/// <summary>Reads the state of operations.</summary>
public interface IOperationsReader
{
    /// <summary>The current state; null for a viewer without <see cref="ViewerRights.Operate"/>.</summary>
    [Demands(ViewerRights.Operate)]
    Task<OperationsView?> ReadAsync(Viewer viewer, CancellationToken cancellationToken);
}
