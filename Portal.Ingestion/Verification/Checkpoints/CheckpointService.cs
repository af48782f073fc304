using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Portal.Ingestion.Journal;
using Portal.Ingestion.Ledger.Keeping;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;
using Portal.Ingestion.Supervision;

namespace Portal.Ingestion.Verification.Checkpoints;

/// <summary>
/// Makes a checkpoint at the start and every hour if messages were added, has it time-stamped, and copies those not yet copied.
/// </summary>
internal sealed class CheckpointService(
    CheckpointMaker maker, JournalCheckpoints journals, TimestampClient timestamps, ServiceLeases leases,
    IDbContextFactory<IngestionDbContext> contexts, PortalSettings settings, WriteGate gate, TimeProvider time,
    ILogger<CheckpointService> log)
    : SupervisedService(time, log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan Tick = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(3);

    // Numbers of the checkpoints whose copies were written or compared since the start: a file of the right name may belong to another log.
    private readonly HashSet<int> _compared = [];
    private DateTimeOffset _made = DateTimeOffset.MinValue;

    /// <inheritdoc />
    public override string Name => "checkpoints";

    /// <inheritdoc />
    protected override async Task RunRoundAsync(CancellationToken cancellationToken)
    {
        // Only one process makes, stamps and copies; another takes over when it is gone.
        if (!await leases.TryTakeAsync(Name, Lease, cancellationToken)) return;
        if (Time.GetUtcNow() - _made >= Interval)
        {
            await maker.MakeAsync(cancellationToken);
            foreach (var log in JournalLog.All) await journals.MakeAsync(log, cancellationToken);
            _made = Time.GetUtcNow();
        }

        await FollowAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override Task RestAsync(CancellationToken cancellationToken) => Task.Delay(Tick, Time, cancellationToken);

    /// <summary>Time-stamps the newest checkpoint and copies missing ones; failures are retried at the next round.</summary>
    internal async Task FollowAsync(CancellationToken cancellationToken)
    {
        if (settings.LedgerTimestampUri is { } service)
            await TryAsync(StoredLedgerDuty.Stamping, () => StampAsync(service, cancellationToken), cancellationToken);
        if (settings.LedgerCheckpointPath is { } folder)
            await TryAsync(StoredLedgerDuty.Copying, () => CopyAsync(folder, cancellationToken), cancellationToken);
    }

    // Only the newest: its tree contains those of all earlier ones.
    private async Task<long> StampAsync(Uri service, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var newest = await db.Set<StoredCheckpoint>().AsNoTracking().OrderByDescending(c => c.Number)
            .FirstOrDefaultAsync(cancellationToken);
        if (newest is null || newest.TimestampToken is not null) return newest?.Size ?? 0;
        var token = await timestamps.StampAsync(service, Encoding.UTF8.GetBytes(newest.Note), cancellationToken);
        using var writeLock = await gate.EnterAsync(cancellationToken);
        await db.Set<StoredCheckpoint>().Where(c => c.Number == newest.Number)
            .ExecuteUpdateAsync(s => s.SetProperty(c => c.TimestampToken, token), cancellationToken);
        return newest.Size;
    }

    private async Task<long> CopyAsync(string folder, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var there = Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder).Select(p => Path.GetFileName(p)).ToHashSet(StringComparer.Ordinal)
            : [];
        var size = 0L;
        foreach (var kept in await db.Set<StoredCheckpoint>().AsNoTracking().OrderBy(c => c.Number)
            .Select(c => new { c.Number, c.Size, Stamped = c.TimestampToken != null }).ToListAsync(cancellationToken))
        {
            size = kept.Size;
            var name = CheckpointCopies.NameOf(size);
            if (_compared.Contains(kept.Number) && there.Contains(name) && (!kept.Stamped || there.Contains(name + ".tst"))) continue;
            var checkpoint = await db.Set<StoredCheckpoint>().AsNoTracking().SingleAsync(c => c.Number == kept.Number, cancellationToken);
            CheckpointCopies.Write(folder, size, checkpoint.Note, checkpoint.TimestampToken);
            _compared.Add(kept.Number);
        }

        foreach (var log in JournalLog.All) await CopyAsync(db, folder, log, cancellationToken);
        return size;
    }

    // Few: one an hour in which people did something. Each log has its own folder.
    private static async Task CopyAsync(IngestionDbContext db, string folder, JournalLog log, CancellationToken cancellationToken)
    {
        var (number, own) = (log.Number, Path.Combine(folder, log.Name));
        foreach (var size in await db.Set<StoredJournalCheckpoint>().Where(c => c.Log == number).OrderBy(c => c.Number).Select(c => c.Size)
            .ToListAsync(cancellationToken))
        {
            if (File.Exists(Path.Combine(own, CheckpointCopies.NameOf(size)))) continue;
            var note = await db.Set<StoredJournalCheckpoint>().Where(c => c.Log == number && c.Size == size).Select(c => c.Note)
                .FirstAsync(cancellationToken);
            CheckpointCopies.Write(own, size, note, null);
        }
    }

    private async Task TryAsync(string duty, Func<Task<long>> work, CancellationToken cancellationToken)
    {
        long? size = null;
        string? error = null;
        try
        {
            size = await work();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            error = $"Mappen {settings.LedgerCheckpointPath} kan ikke skrives: {problem.Message}";
        }
        catch (Exception problem) when (problem is HttpRequestException or CryptographicException
            || (problem is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            error = $"Tidsstempeltjenesten {settings.LedgerTimestampUri!.Host} gav intet gyldigt svar.";
        }

        await ReportAsync(duty, size, error, cancellationToken);
    }

    private async Task ReportAsync(string duty, long? size, string? error, CancellationToken cancellationToken)
    {
        using var writeLock = await gate.EnterAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await db.Set<StoredLedgerDuty>().SingleOrDefaultAsync(d => d.Duty == duty, cancellationToken);
        if (row is null) db.Add(row = new StoredLedgerDuty { Duty = duty });
        if (error is not null && row.Trouble is null)
            Log.LogWarning("Checkpoints ({Duty}) lykkes ikke; der prøves igen: {Why}", duty, error);
        (row.TroubleSince, row.Trouble) = (error is null ? null : row.TroubleSince ?? Time.GetUtcNow(), error);
        if (size is { } done) (row.DoneAt, row.Size) = (Time.GetUtcNow(), done);
        await db.SaveChangesAsync(cancellationToken);
    }
}
