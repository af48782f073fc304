using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;
using Portal.Ingestion.Supervision;

namespace Portal.Ingestion.Operations;

/// <summary>
/// Reads how the portal runs: other nodes as they last wrote, this one as it is. While the database is away, this one alone.
/// </summary>
internal sealed class OperationsReader(
    IDbContextFactory<IngestionDbContext> contexts, NodeTransports own, DatabaseReader database, SilenceReader silences,
    IngestionStatistics statistics, ProcessServices services,
    PortalSettings settings, TimeProvider time, ILogger<OperationsReader> log)
    : IOperationsReader
{
    /// <summary>A node that has not written for this long does not answer.</summary>
    public static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(15);

    // A server that is frozen answers only after its command's time limit, half a minute; a page that is looked at cannot wait for that.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ForgottenAfter = TimeSpan.FromDays(1);
    private static readonly TimeSpan OutagesBack = TimeSpan.FromDays(7);
    private readonly OngoingProblem _unforeseen = new(log, "Aflæsningen af driften", time);

    /// <inheritdoc />
    public async Task<OperationsView?> ReadAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        if (!viewer.May(ViewerRights.Operate)) return null;
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            // On the pool: SQLite reads on the caller's thread, even with its async methods.
            var view = await Task.Run(() => ReadAsync(giveUp.Token), giveUp.Token).WaitAsync(Limit, time, cancellationToken);
            _unforeseen.End();
            return view;
        }
        catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
        {
            await giveUp.CancelAsync();
            // While the process ends, pages that are still open meet a container that is gone.
            if (problem is not (TimeoutException or ObjectDisposedException) && !StorageErrors.IsOutage(problem))
                _unforeseen.Report(problem.GetType().Name, LogLevel.Error, problem);
            var now = time.GetUtcNow();
            return new OperationsView(Nodes(own.Rows(now), now), null, [], [], [],
                statistics.StorageError ?? StorageErrors.Explain(problem))
            {
                Services = [.. services.Failing.Select(t => new ServiceView(own.NodeId, t))],
            };
        }
    }

    private async Task<OperationsView> ReadAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (forgotten, from) = (now - ForgottenAfter, now - OutagesBack);
        var stored = await db.Set<StoredTransport>().AsNoTracking().Where(d => d.Heartbeat >= forgotten).ToListAsync(cancellationToken);

        // Should the database take no writing, this node still knows its own state.
        var ownRows = own.Rows(now);
        var rows = stored.Where(d => d.Node != ownRows[0].Node).Concat(ownRows).ToList();
        var changes = await db.Set<StoredTransportChange>().AsNoTracking().Where(c => c.At >= from)
            .Select(c => new TransportStateChange(c.Node, c.Transport, c.State, c.At, c.Why)).ToListAsync(cancellationToken);

        // Until one of the others has noted it for good.
        var silent = rows.Where(r => IsSilent(r, now) && r.State != TransportState.Off.ToWire() && r.State != TransportStates.Stopped)
            .Select(r => new TransportStateChange(r.Node, r.Transport, TransportStates.Silent, r.Heartbeat, Outages.SilentWhy));
        var size = await database.ReadAsync(cancellationToken);
        var readers = await LogReaders.Of(db).OrderBy(p => p.Reader).ToListAsync(cancellationToken);
        return new OperationsView(
            Nodes(rows, now),
            size,
            [.. readers.Select(r => new ReaderView(r.Reader, r.Sequence, Math.Max(0, size.Messages - r.Sequence)))],
            Outages.Of(changes.Concat(silent), rows.GroupBy(r => r.Node).ToDictionary(g => g.Key, g => g.Max(r => r.Heartbeat)), now),
            await silences.ReadAsync(cancellationToken),
            statistics.StorageError)
        {
            NoWorkerSince = NoWorkerSince(rows, ownRows[0], settings, now),
            Services = await ServicesAsync(db, ownRows[0].Node, now, cancellationToken),
            Skipped = await db.Set<StoredSkippedRow>().AsNoTracking().GroupBy(s => s.Reader).Select(g => new { g.Key, Count = g.Count() })
                .ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken),
        };
    }

    /// <summary>
    /// Since when no worker runs though one ought to; null when one does, when none is needed, or when this process has only just started.
    /// </summary>
    /// <param name="rows">Of all processes.</param>
    /// <param name="own">Any of this process.</param>
    /// <param name="now">UTC.</param>
    internal static DateTimeOffset? NoWorkerSince(
        IReadOnlyList<StoredTransport> rows, StoredTransport own, PortalSettings settings, DateTimeOffset now)
    {
        if (settings.RunInPortal || own.Program != NodeIdentity.Portal) return null;
        var workers = rows.Where(r => r.Program == NodeIdentity.Worker).ToList();
        if (workers.Any(r => !IsSilent(r, now) && r.State != TransportStates.Stopped)) return null;
        var started = NodeIdentity.StartOf(own.Node) ?? own.Since;
        if (now - started <= TransportStates.StartGrace) return null;
        return workers.Count > 0 ? workers.Max(r => r.Heartbeat) : started;
    }

    // Of this process as it is, of the others as they last wrote.
    private async Task<IReadOnlyList<ServiceView>> ServicesAsync(
        IngestionDbContext db, string node, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var silent = now - ServiceReporter.SilentAfter;
        var others = await db.Set<StoredServiceFault>().AsNoTracking().Where(t => t.Node != node && t.Heartbeat >= silent)
            .ToListAsync(cancellationToken);
        return
        [
            .. services.Failing.Select(t => new ServiceView(node, t))
                .Concat(others.Select(t => new ServiceView(t.Node, new ServiceFault(t.Service, t.Since, t.Failures, t.Kind, t.Why))))
                .OrderBy(v => v.Fault.Since).ThenBy(v => v.Fault.Service, StringComparer.Ordinal),
        ];
    }

    /// <summary>
    /// Groups transports by their node: those that answer first. A transport that is off is left out where another node that answers has it
    /// on, and so is a node that died and was started again.
    /// </summary>
    internal static IReadOnlyList<NodeView> Nodes(IReadOnlyList<StoredTransport> rows, DateTimeOffset now)
    {
        var off = TransportState.Off.ToWire();

        // One that was stopped by plan is no longer there; one that began on its machine has still taken its place and nobody else's.
        var replaced = Replacements.Of(rows.GroupBy(r => r.Node).Select(n => (n.Key, n.First().Program, n.Max(r => r.Heartbeat))));
        rows = [.. rows.Where(r => r.State != TransportStates.Stopped && (!IsSilent(r, now) || !replaced.Contains(r.Node)))];
        var on = rows.Where(r => r.State != off && !IsSilent(r, now)).Select(r => r.Transport).ToHashSet(StringComparer.Ordinal);
        return [.. rows.GroupBy(r => r.Node)
            .Select(node => Node(node.Key, [.. node.Where(r => r.State != off || !on.Contains(r.Transport))], node.First(), now))
            .Where(n => n.Transports.Count > 0)
            .OrderBy(n => n.Silent).ThenBy(n => n.Program, StringComparer.Ordinal).ThenBy(n => n.Id, StringComparer.Ordinal)];
    }

    private static NodeView Node(string id, IReadOnlyList<StoredTransport> transports, StoredTransport any, DateTimeOffset now)
    {
        var silent = IsSilent(any, now);
        return new NodeView(
            id, any.Program, any.Heartbeat, silent,
            silent ? new CommitFigures(0, 0, 0) : new CommitFigures(any.Commits, any.CommitSize, any.CommitMilliseconds),
            [.. transports.Where(d => !silent || d.State != TransportState.Off.ToWire()).OrderBy(d => d.State
                == TransportState.Off.ToWire()).ThenBy(d => d.Transport, StringComparer.Ordinal).Select(d => TransportOf(d, silent))]);
    }

    private static TransportView TransportOf(StoredTransport transport, bool silent) => new(
        transport.Transport,
        silent ? TransportStates.Silent : transport.State,
        silent ? transport.Heartbeat : transport.Since,
        silent ? null : transport.Why,
        silent ? null : transport.Remedy,
        new TransportFigures(
            transport.LastMessageAt, silent ? 0 : transport.Messages, silent ? 0 : transport.Repeats, silent ? 0 : transport.Quarantined,
            silent ? null : Span(transport.LagHalfMilliseconds), silent ? null : Span(transport.LagMostMilliseconds)),
        silent ? new TransportBacklog(null, null) : new TransportBacklog(transport.Waiting, transport.OldestWaiting));

    private static TimeSpan? Span(double? milliseconds) => milliseconds is { } value ? TimeSpan.FromMilliseconds(value) : null;

    internal static bool IsSilent(StoredTransport transport, DateTimeOffset now) => now - transport.Heartbeat > SilentAfter;
}
