using Portal.Ingestion.Domain;
using Portal.Ingestion.Supervision;

namespace Portal.Ingestion.Operations;

/// <summary>A transport of a node, as Drift shows it.</summary>
/// <param name="State">Wire name of a <see cref="TransportState"/>, or <see cref="TransportStates.Silent"/>.</param>
/// <param name="Figures">Its last minutes.</param>
/// <param name="Backlog">What waits at its source.</param>
public sealed record TransportView(
    string Transport, string State, DateTimeOffset Since, string? Why, string? Remedy, TransportFigures Figures, TransportBacklog Backlog)
{
    /// <summary>True when it ought to take messages and does not.</summary>
    /// <param name="now">UTC.</param>
    public bool IsFailing(DateTimeOffset now) => !TransportStates.IsWell(State, Since, now);
}

/// <summary>A process that takes messages.</summary>
/// <param name="Program"><c>portal</c> or <c>worker</c>.</param>
/// <param name="Heartbeat">UTC, when it last wrote.</param>
/// <param name="Silent">It has not written for a while.</param>
public sealed record NodeView(
    string Id, string Program, DateTimeOffset Heartbeat, bool Silent, CommitFigures Commits, IReadOnlyList<TransportView> Transports);

/// <summary>A reader of the log.</summary>
/// <param name="Behind">Messages that it has not read yet.</param>
public sealed record ReaderView(string Reader, long Position, long Behind);

/// <summary>How the portal runs, on all its nodes.</summary>
/// <param name="Database">Null when it cannot be read now; nothing but this node's own transports is known then.</param>
/// <param name="StorageError">Why this node stores nothing now; null when it does.</param>
public sealed record OperationsView(
    IReadOnlyList<NodeView> Nodes, DatabaseView? Database, IReadOnlyList<ReaderView> Readers, IReadOnlyList<Outage> Outages,
    IReadOnlyList<SilenceWarning> Silences, string? StorageError)
{
    /// <summary>
    /// UTC: the worker ought to take the queue and the folder (<c>Ingestion:RunInPortal</c> is false), and since then none has been
    /// running; null when one is.
    /// </summary>
    public DateTimeOffset? NoWorkerSince { get; init; }

    /// <summary>The transports that ought to take messages and do not, those that answer first.</summary>
    /// <param name="now">UTC.</param>
    public IReadOnlyList<(NodeView Node, TransportView Transport)> Failing(
        DateTimeOffset now) => [.. Nodes.SelectMany(n => n.Transports, (n, d) => (n, d)).Where(t => t.d.IsFailing(now))];

    /// <summary>Background services that fail, of all processes.</summary>
    public IReadOnlyList<ServiceView> Services { get; init; } = [];

    /// <summary>Rows that readers of the log have passed by because they failed for them alone, by reader.</summary>
    public IReadOnlyDictionary<string, int> Skipped { get; init; } = new Dictionary<string, int>();
}

/// <summary>A background service that fails.</summary>
/// <param name="Node">The process.</param>
public sealed record ServiceView(string Node, ServiceFault Fault);

/// <summary>Reads how the portal runs.</summary>
public interface IOperationsReader
{
    /// <summary>All of it; null for a viewer without <see cref="ViewerRights.Operate"/>.</summary>
    Task<OperationsView?> ReadAsync(Viewer viewer, CancellationToken cancellationToken);
}
