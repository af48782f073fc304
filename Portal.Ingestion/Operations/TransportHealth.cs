using Portal.Ingestion.Settings;

namespace Portal.Ingestion.Operations;

/// <summary>The state of the transports, from memory, so that readiness checks may be frequent. Thread-safe.</summary>
public sealed class TransportHealth
{
    private readonly NodeTable _table;
    private readonly NodeTransports _own;
    private readonly PortalSettings _settings;
    private readonly TimeProvider _time;

    internal TransportHealth(NodeTable table, NodeTransports own, PortalSettings settings, TimeProvider time) =>
        (_table, _own, _settings, _time) = (table, own, settings, time);

    /// <summary>This process' transports that should receive messages and do not.</summary>
    public IReadOnlyList<TransportReport> FailingHere()
    {
        var now = _time.GetUtcNow();
        _own.Refresh();
        return [.. _own.Reports.Where(d => !TransportStates.IsWell(d.State.ToWire(), d.Since, now))];
    }

    /// <summary>Other processes' transports that should receive messages and do not, as of this process' last write.</summary>
    public IReadOnlyList<(NodeView Node, TransportView Transport)> FailingElsewhere()
    {
        var now = _time.GetUtcNow();
        var own = _own.NodeId;
        if (IsStale(now)) return [];
        return [.. OperationsReader.Nodes(_table.Rows, now).Where(n => n.Id != own).SelectMany(n => n.Transports, (n, d) => (n, d))
            .Where(t => t.d.IsFailing(now))];
    }

    /// <summary>UTC, since when no worker has been running although one should; null when one runs or none is needed.</summary>
    public DateTimeOffset? NoWorkerSince()
    {
        var now = _time.GetUtcNow();
        return !IsStale(now) && _table.Rows.FirstOrDefault(r => r.Node == _own.NodeId) is { } own
            ? OperationsReader.NoWorkerSince(_table.Rows, own, _settings, now)
            : null;
    }

    private bool IsStale(DateTimeOffset now) => _table.IsStale(_own.NodeId, now);
}
