using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Portal.Ingestion.Log;
using Portal.Ingestion.Storage;
using Portal.Ingestion.Supervision;

namespace Portal.Ingestion.Operations;

/// <summary>
/// Writes the state of this process' transports to the shared database every 5 s, and at once when one changes. The write also probes the
/// database: it detects an outage and its end when no message arrives.
/// </summary>
internal sealed class NodeReporter(
    IDbContextFactory<IngestionDbContext> contexts, WriteGate gate, NodeTransports transports, NodeTable table,
    IngestionStatistics statistics, DiskSpaceGuard guard, DatabaseDisk disk,
    TimeProvider time, ILogger<NodeReporter> log)
    : SupervisedService(time, log)
{
    /// <summary>The longest time between two writes.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan WhileFailing = TimeSpan.FromSeconds(2);
    private const int MaxMissed = 5;

    // Space for a large batch with its indexes, in the write-ahead log and in the database.
    private const long RoomForMessages = 32L << 20;

    // Used when the free space is unknown.
    private static readonly TimeSpan AfterFull = TimeSpan.FromSeconds(15);
    private readonly Dictionary<string, string> _states = new(StringComparer.Ordinal);
    private DateTimeOffset _sweptAt;
    private DateTimeOffset? _writtenAt;
    private DateTimeOffset _steadySince;
    private Task _change = Task.CompletedTask;
    private bool _isWell;

    /// <summary>Writes once; true when that succeeded and messages can be stored.</summary>
    public async Task<bool> ReportAsync(CancellationToken cancellationToken)
    {
        try
        {
            await WriteAsync(cancellationToken);
            if (guard.Refusal is { } refusal) return ReportState(refusal);
            if (IsStillFull()) return false;
            if (statistics.Recovered()) Log.LogInformation("Databasen tager imod igen");
            return true;
        }
        catch (Exception problem) when (problem is DbException or DbUpdateException or IOException or InvalidOperationException)
        {
            return ReportState(StorageErrors.ToUnavailable(problem).Message);
        }
    }

    /// <inheritdoc />
    public override string Name => "node-report";

    /// <inheritdoc />
    protected override async Task RunRoundAsync(CancellationToken cancellationToken)
    {
        _change = transports.NextChange;
        _isWell = await ReportAsync(cancellationToken);

        // Before waiting, so that push shows the new state at once.
        transports.Refresh();
    }

    /// <inheritdoc />
    protected override Task RestAsync(CancellationToken cancellationToken) =>
        LogSignal.WaitAsync(_change, _isWell ? Interval : WhileFailing, Time, cancellationToken);

    // This small write may succeed where messages do not fit: it must not report a recovery while they would be refused again.
    private bool IsStillFull() =>
        statistics.FullAt is { } at && (disk.FreeBytes() is { } free ? free < RoomForMessages : Time.GetElapsedTime(at) < AfterFull);

    private bool ReportState(string why)
    {
        if (statistics.Found(why)) Log.LogWarning("Beskeder kan ikke gemmes nu: {Why}", why);
        return false;
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        var now = Time.GetUtcNow();
        var rows = transports.Rows(now);
        using var writeLock = await gate.EnterAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);

        // The probe must not hold the write lock for long while another program locks the database. Seconds.
        if (db.Database.GetDbConnection() is SqliteConnection sqlite) sqlite.DefaultTimeout = MaxMissed;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var all = await db.Set<StoredTransport>().ToListAsync(cancellationToken);
        var node = rows[0].Node;
        var known = all.Where(d => d.Node == node).ToDictionary(d => d.Transport, StringComparer.Ordinal);

        // Other processes may have considered this one dead while it could not write: report its states again.
        var paused = _writtenAt is { } before && now - before > OperationsReader.SilentAfter;
        var changed = new List<StoredTransport>();
        foreach (var row in rows)
        {
            if (known.TryGetValue(row.Transport, out var stored)) db.Entry(stored).CurrentValues.SetValues(row);
            else db.Add(row);
            var isSame = _states.GetValueOrDefault(row.Transport) == row.State;
            if (!paused && isSame) continue;
            changed.Add(row);

            // A state that began while the database could not be written is stored with the time when it began.
            var at = isSame ? now : row.Since;
            db.Add(new StoredTransportChange { Node = row.Node, Transport = row.Transport, State = row.State, At = at, Why = row.Why });
        }

        if (paused || _writtenAt is null) _steadySince = now;
        if (now - _steadySince > OperationsReader.SilentAfter)
            await NoteSilentAsync(db, [.. all.Where(d => d.Node != node)], now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        if (now - _sweptAt > TimeSpan.FromHours(1)) await SweepAsync(db, now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        _writtenAt = now;
        foreach (var row in changed) _states[row.Transport] = row.State;
        table.Rows = [.. all.Where(d => d.Node != node), .. rows];
    }

    /// <summary>
    /// A crashed process cannot record its own outage, so the first process that notices does, and the outage is kept when the process'
    /// rows are deleted. Only if this process itself has written without a gap for as long: during an outage of the database all processes
    /// are silent.
    /// </summary>
    private static async Task NoteSilentAsync(
        IngestionDbContext db, IReadOnlyList<StoredTransport> others, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var silent = others.Where(d => now - d.Heartbeat > OperationsReader.SilentAfter && d.State != TransportState.Off.ToWire()
            && d.State != TransportStates.Stopped).ToList();
        if (silent.Count == 0) return;
        var nodes = silent.Select(d => d.Node).Distinct().ToList();
        var noted = await db.Set<StoredTransportChange>().Where(c => c.State == TransportStates.Silent && nodes.Contains(c.Node))
            .ToListAsync(cancellationToken);
        foreach (var transport in silent.Where(d => !noted.Any(c => c.Node == d.Node && c.Transport == d.Transport && c.At >= d.Heartbeat)))
        {
            db.Add(new StoredTransportChange { Node = transport.Node, Transport = transport.Transport, State = TransportStates.Silent,
                At = transport.Heartbeat, Why = Outages.SilentWhy });
        }
    }

    private async Task SweepAsync(IngestionDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (aDayAgo, aMonthAgo) = (now.AddDays(-1), now.AddDays(-31));
        await db.Set<StoredTransport>().Where(d => d.Heartbeat < aDayAgo).ExecuteDeleteAsync(cancellationToken);
        await db.Set<StoredTransportChange>().Where(c => c.At < aMonthAgo).ExecuteDeleteAsync(cancellationToken);
        _sweptAt = now;
    }
}
