using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Search;
using Portal.Ingestion.Log;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;
using Portal.Ingestion.Supervision;

namespace Portal.Ingestion.Operations;

/// <summary>
/// Reads the state of operations: other nodes as they last wrote it, this node from memory. During an outage of the database, this node
/// only.
/// </summary>
internal sealed class OperationsReader(
    IDbContextFactory<IngestionDbContext> contexts, NodeTransports own, DatabaseReader database, SilenceReader silences,
    IngestionStatistics statistics, ProcessServices services, PushStatus push,
    PortalSettings settings, TimeProvider time, ILogger<OperationsReader> log)
    : IOperationsReader
{
    /// <summary>A node that has not written for this long counts as silent.</summary>
    public static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(15);

    // With a frozen server a query ends only at its command timeout of 30 s; the page must not wait for that.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ForgottenAfter = TimeSpan.FromDays(1);
    private static readonly TimeSpan OutagesBack = TimeSpan.FromDays(7);
    private readonly OngoingProblem _unforeseen = new(log, "Aflæsningen af driften", time);

    /// <inheritdoc />
    public async Task<OperationsView?> ReadAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        if (!viewer.MayCall<IOperationsReader>()) return null;
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            // On the thread pool: SQLite's async methods run on the caller's thread.
            var view = await Task.Run(() => ReadAsync(giveUp.Token), giveUp.Token).WaitAsync(Limit, time, cancellationToken);
            _unforeseen.End();
            return view;
        }
        catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
        {
            await giveUp.CancelAsync();
            // During shutdown, open pages may meet a disposed container.
            if (problem is not (TimeoutException or ObjectDisposedException) && !StorageErrors.IsOutage(problem))
                _unforeseen.Report(problem.GetType().Name, LogLevel.Error, problem);
            var now = time.GetUtcNow();
            return new OperationsView(Nodes(own.Rows(now), now), null, [], [], [],
                statistics.StorageError ?? StorageErrors.Explain(problem))
            {
                Services = [.. services.Failing.Select(t => new ServiceView(own.NodeId, t))],
                Push = Push(),
            };
        }
    }

    private async Task<OperationsView> ReadAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (forgotten, from) = (now - ForgottenAfter, now - OutagesBack);
        var stored = await db.Set<StoredTransport>().AsNoTracking().Where(d => d.Heartbeat >= forgotten).ToListAsync(cancellationToken);

        // This node's own state from memory, also when the database cannot be written.
        var ownRows = own.Rows(now);
        var rows = stored.Where(d => d.Node != ownRows[0].Node).Concat(ownRows).ToList();
        var changes = await db.Set<StoredTransportChange>().AsNoTracking().Where(c => c.At >= from)
            .Select(c => new TransportStateChange(c.Node, c.Transport, c.State, c.At, c.Why)).ToListAsync(cancellationToken);

        // Shown until one of the other processes has stored it.
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
            Push = Push(),
            Services = await ServicesAsync(db, ownRows[0].Node, now, cancellationToken),
            Skipped = await db.Set<StoredSkippedRow>().AsNoTracking().GroupBy(s => s.Reader).Select(g => new { g.Key, Count = g.Count() })
                .ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken),
        };
    }

    /// <summary>
    /// UTC, since when no worker has been running although <c>Ingestion:RunInPortal</c> is false; null when one runs, when none is needed,
    /// or when this process has just started.
    /// </summary>
    /// <param name="rows">The rows of all processes.</param>
    /// <param name="own">Any row of this process.</param>
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

    private PushView? Push() => settings.PushEnabled ? push.Read() : null;

    // This process' faults from memory, the others' as last written.
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
    /// Groups transports by node, silent nodes last. Left out: a transport that is off here but on at another live node, and a node that
    /// died and was restarted.
    /// </summary>
    internal static IReadOnlyList<NodeView> Nodes(IReadOnlyList<StoredTransport> rows, DateTimeOffset now)
    {
        var off = TransportState.Off.ToWire();

        // Computed before stopped nodes are left out: the restart of a stopped node must not count as the replacement of another one.
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

/// <summary>The readers of the message log; their distance from its end shows whether they keep up.</summary>
internal static class LogReaders
{
    // These two readers go through the letters, and their positions are keys of letters, not sequence numbers: compared with the log they
    // would seem to lag more and more.
    private static readonly string[] OfLetters = [LetterKeys.Reader, LetterWordsBackfill.Reader];

    /// <summary>The positions of these readers.</summary>
    public static IQueryable<ReaderPosition> Of(IngestionDbContext db) =>
        db.ReaderPositions.AsNoTracking().Where(p => !OfLetters.Contains(p.Reader));
}
