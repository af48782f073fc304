using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Log;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Operations;

/// <summary>
/// Counts the rows that wait in quarantine. A delegate, because this folder must not depend on Quarantine, which registers it.
/// </summary>
public delegate Task<long> CountWaiting(IngestionDbContext db, CancellationToken cancellationToken);

/// <summary>The gauges of transports, quarantine, log readers and database. Labels never contain data from messages.</summary>
internal sealed class OperationsGauges
{
    private readonly IDbContextFactory<IngestionDbContext> _contexts;
    private readonly DatabaseReader _database;
    private readonly NodeTransports _own;
    private readonly NodeTable _table;
    private readonly CountWaiting _waiting;
    private readonly TimeProvider _time;
    private volatile Measured? _last;

    /// <summary>Adds the gauges to the message side's meter.</summary>
    public OperationsGauges(
        IDbContextFactory<IngestionDbContext> contexts, DatabaseReader database, NodeTransports own, NodeTable table, CountWaiting waiting,
        IngestionStatistics statistics,
        TimeProvider time)
    {
        (_contexts, _database, _own, _table, _waiting, _time) = (contexts, database, own, table, waiting, time);
        var meter = statistics.Meter;

        // For all processes that share the database, like the Drift page: a worker has no /metrics, and a crashed process cannot report
        // itself.
        meter.CreateObservableGauge("portal.process.up", () => Nodes().Select(n => new Measurement<int>(n.Silent ? 0 : 1, Process(n))),
            description: "1 for a process that writes to the shared table, 0 for one that has fallen silent without being stopped");
        meter.CreateObservableGauge(
            "portal.transport.state", () => Transports<int>((n, d) => new Measurement<int>(1, [.. Labels(n, d), new("state", d.State)])),
            description: "1 for the state that a transport of a process is in");
        meter.CreateObservableGauge("portal.transport.backlog", () => Transports<long>((n, d) => d.Backlog.Waiting is { } waiting
            ? new Measurement<long>(waiting, Labels(n, d))
            : null), description: "Messages that wait at a transport's source");
        meter.CreateObservableGauge(
            "portal.transport.messages", () => Transports<int>((n, d) => new Measurement<int>(d.Figures.Messages, Labels(n, d))),
            description: "Deliveries that came by a transport in the last minute");
        meter.CreateObservableGauge("portal.transport.lag", () => Nodes().SelectMany(n => n.Transports.SelectMany(d => Lags(n, d))), "s",
            "From a message's creation at its source to its commit, last five minutes");
        meter.CreateObservableGauge(
            "portal.storage.unavailable", () => statistics.StorageError is null ? 0 : 1, description: "1 while nothing can be stored");
        meter.CreateObservableGauge(
            "portal.quarantine.waiting", () => One(m => m.Quarantined),
            description: "Deliveries that wait in quarantine, those of held causes left out");
        meter.CreateObservableGauge("portal.database.size", () => One(m => m.Database.Bytes), "By", "Size of the database");
        meter.CreateObservableGauge(
            "portal.database.free", () => One(m => m.Database.FreeBytes), "By", "Free space on the database's disk, where it can be seen");
        meter.CreateObservableGauge("portal.reader.lag", () => _last is { } measured
            ? measured.Readers.Select(r => new Measurement<long>(
                Math.Max(0, measured.Database.Messages - r.Sequence), new KeyValuePair<string, object?>("reader", r.Reader)))
            : [], description: "Messages that a reader of the log has not read yet");
    }

    private sealed record Measured(long Quarantined, DatabaseView Database, IReadOnlyList<ReaderPosition> Readers);

    /// <summary>Refreshes the measurements of quarantine, database and readers.</summary>
    public async Task MeasureAsync(CancellationToken cancellationToken)
    {
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        _last = new Measured(
            await _waiting(db, cancellationToken),
            await _database.ReadAsync(cancellationToken),
            await LogReaders.Of(db).ToListAsync(cancellationToken));
    }

    private IEnumerable<Measurement<long>> One(Func<Measured, long?> value) =>
        _last is { } measured && value(measured) is { } number ? [new Measurement<long>(number)] : [];

    /// <summary>
    /// The processes to report; during an outage of the database only this one, since the state of the others is unknown.
    /// </summary>
    internal IReadOnlyList<NodeView> Nodes()
    {
        var now = _time.GetUtcNow();
        var others = _table.IsStale(_own.NodeId, now) ? [] : _table.Rows.Where(r => r.Node != _own.NodeId);
        return OperationsReader.Nodes([.. others, .. _own.Rows(now)], now);
    }

    private IEnumerable<Measurement<T>> Transports<T>(Func<NodeView, TransportView, Measurement<T>?> measure)
        where T : struct => Nodes().SelectMany(n => n.Transports, (n, d) => measure(n, d)).OfType<Measurement<T>>();

    private static IEnumerable<Measurement<double>> Lags(NodeView node, TransportView transport)
    {
        if (transport.Figures.LagHalf is { } half)
            yield return new Measurement<double>(half.TotalSeconds, [.. Labels(node, transport), new("quantile", "0.5")]);
        if (transport.Figures.LagMost is { } most)
            yield return new Measurement<double>(most.TotalSeconds, [.. Labels(node, transport), new("quantile", "0.95")]);
    }

    private static KeyValuePair<string, object?>[] Process(NodeView node) => [new("process", node.Id), new("program", node.Program)];

    private static KeyValuePair<string, object?>[] Labels(
        NodeView node, TransportView transport) => [.. Process(node), new("transport", transport.Transport)];
}
