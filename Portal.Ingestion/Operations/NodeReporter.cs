using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Portal.Ingestion.Messages;
using Portal.Ingestion.Pipeline;
using Portal.Ingestion.Services;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Operations;

/// <summary>
/// Writes this process' doors to the shared database every few seconds and at once when one changes. The write is also the light probe of the
/// database: it finds trouble when no message comes, and that trouble is over.
/// </summary>
internal sealed class NodeReporter(
    IDbContextFactory<IngestionDbContext> contexts, WriteGate gate, NodeDoors doors, IngestionStatistics statistics, IStorageWatch watch, DatabaseDisk disk, TimeProvider time, ILogger<NodeReporter> log)
    : SupervisedService(time, log)
{
    /// <summary>The longest time between two writes.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan WhileInTrouble = TimeSpan.FromSeconds(2);
    private const int Patience = 5;

    // What a large batch takes with its indexes, first in the write-ahead log and then in its place.
    private const long RoomForMessages = 32L << 20;

    // Where the disk cannot be seen from here.
    private static readonly TimeSpan AfterFull = TimeSpan.FromSeconds(15);
    private readonly Dictionary<string, string> _states = new(StringComparer.Ordinal);
    private DateTimeOffset _sweptAt;
    private Task _change = Task.CompletedTask;
    private bool _isWell;

    /// <summary>Writes once; true when the database took it and may take messages.</summary>
    public async Task<bool> ReportAsync(CancellationToken cancellationToken)
    {
        try
        {
            await WriteAsync(cancellationToken);
            if (watch.Refusal is { } refusal) return Tell(refusal);
            if (IsStillFull()) return false;
            if (statistics.Recovered()) Log.LogInformation("The database takes messages again");
            return true;
        }
        catch (Exception problem) when (problem is DbException or DbUpdateException or IOException or InvalidOperationException)
        {
            return Tell(StorageTrouble.ToUnavailable(problem).Message);
        }
    }

    /// <inheritdoc />
    public override string Name => "node-report";

    /// <inheritdoc />
    protected override async Task RunRoundAsync(CancellationToken cancellationToken)
    {
        _change = doors.NextChange;
        _isWell = await ReportAsync(cancellationToken);

        // Before waiting: push shows at once that it is held back, or open again.
        doors.Refresh();
    }

    /// <inheritdoc />
    protected override Task RestAsync(CancellationToken cancellationToken) => LogSignal.WaitAsync(_change, _isWell ? Interval : WhileInTrouble, Time, cancellationToken);

    // This write is small and may fit where messages did not: it must not say that all is well when they would be refused again.
    private bool IsStillFull() => statistics.FullAt is { } at && (disk.FreeBytes() is { } free ? free < RoomForMessages : Time.GetElapsedTime(at) < AfterFull);

    private bool Tell(string why)
    {
        if (statistics.Found(why)) Log.LogWarning("Messages cannot be stored now: {Why}", why);
        return false;
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        var now = Time.GetUtcNow();
        var rows = doors.Rows(now);
        using var turn = await gate.EnterAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);

        // A probe must not hold the writer's turn for long while another program holds the database.
        if (db.Database.GetDbConnection() is SqliteConnection sqlite) sqlite.DefaultTimeout = Patience;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var node = rows[0].Node;
        var known = await db.Set<StoredDoor>().Where(d => d.Node == node).ToDictionaryAsync(d => d.Transport, cancellationToken);
        var changed = new List<StoredDoor>();
        foreach (var row in rows)
        {
            if (known.TryGetValue(row.Transport, out var before)) db.Entry(before).CurrentValues.SetValues(row);
            else db.Add(row);
            if (_states.GetValueOrDefault(row.Transport) == row.State) continue;
            changed.Add(row);
            db.Add(new StoredDoorChange { Node = row.Node, Transport = row.Transport, State = row.State, At = row.Since, Why = row.Why });
        }

        await db.SaveChangesAsync(cancellationToken);
        if (now - _sweptAt > TimeSpan.FromHours(1)) await SweepAsync(db, now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        foreach (var row in changed) _states[row.Transport] = row.State;
    }

    private async Task SweepAsync(IngestionDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (aDayAgo, aMonthAgo) = (now.AddDays(-1), now.AddDays(-31));
        await db.Set<StoredDoor>().Where(d => d.Heartbeat < aDayAgo).ExecuteDeleteAsync(cancellationToken);
        await db.Set<StoredDoorChange>().Where(c => c.At < aMonthAgo).ExecuteDeleteAsync(cancellationToken);
        _sweptAt = now;
    }
}
