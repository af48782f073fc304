using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Portal.Ingestion.Journal;
using Portal.Ingestion.Log;
using Portal.Ingestion.Storage;
using Portal.Ingestion.Supervision;

namespace Portal.Ingestion.Letters.Actions;

/// <summary>
/// Takes what people had done before there was a log of actions into it: once, in small transactions between other writers. Then the log
/// says itself that it is complete; from there on a row without an entry is a row that nobody made through the portal.
/// </summary>
public sealed class ActionTakeIn(
    IDbContextFactory<IngestionDbContext> contexts, ActionLog log, CprHash hash, WriteGate gate, TimeProvider time,
    ILogger<ActionTakeIn> logger) : SupervisedService(time, logger)
{
    private const int BatchSize = 500;
    private const string PositionStart = "actions:";

    /// <inheritdoc />
    public override string Name => "action-log";

    /// <summary>Takes in what is missing; returns the number of entries.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var taken = 0;
        foreach (var table in ActionTables.All)
        {
            while (await NextAsync(table, cancellationToken) is { } count) taken += count;
        }

        await FinishAsync(cancellationToken);
        return taken;
    }

    /// <summary>Begins the log: in a database where nobody has done anything yet, it is complete at once.</summary>
    internal static async Task BeginAsync(
        IngestionDbContext db, ActionLog log, CprHash hash, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var table in ActionTables.All)
        {
            if ((await table.KeysAfter(db, long.MinValue, 1, cancellationToken)).Length > 0) return;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await log.AddAsync(db, [Marker(ActionKinds.Begun, now)], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override async Task RunRoundAsync(CancellationToken cancellationToken)
    {
        if (await RunAsync(cancellationToken) is > 0 and var count)
            Log.LogInformation("{Count} earlier actions were taken into the log of actions", count);
        Finish();
    }

    /// <inheritdoc />
    protected override Task RestAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Null when the table is done. What is entered already was done after the upgrade.
    private async Task<int?> NextAsync(ActionTable table, CancellationToken cancellationToken)
    {
        using var writeLock = await gate.EnterAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.TakeLockAsync(WriteLock.Letters, cancellationToken);
        if (await IsCompleteAsync(db, cancellationToken)) return null;
        var reader = PositionStart + table.Prefix;
        var position = await db.ReaderPositions.SingleOrDefaultAsync(p => p.Reader == reader, cancellationToken)
            ?? db.ReaderPositions.Add(new ReaderPosition { Reader = reader }).Entity;
        var keys = await table.KeysAfter(db, position.Sequence, BatchSize, cancellationToken);
        if (keys.Length == 0) return null;
        var rows = await table.RowsOf(db, hash, keys, cancellationToken);
        var ids = rows.Select(r => r.Id).ToArray();
        var number = JournalLog.Actions.Number;
        var entered = await db.Set<StoredJournalEntry>().Where(e => e.Log == number && EF.Parameter(ids).Contains(e.Id))
            .Select(e => e.Id).ToListAsync(cancellationToken);
        var missing = rows.ExceptBy(entered, r => r.Id).Select(r => r with { Kind = ActionKinds.EarlierStart + r.Kind }).ToList();
        position.Sequence = keys[^1];
        await db.SaveChangesAsync(cancellationToken);
        await log.AddAsync(db, missing, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return missing.Count;
    }

    private async Task FinishAsync(CancellationToken cancellationToken)
    {
        using var writeLock = await gate.EnterAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.TakeLockAsync(WriteLock.Letters, cancellationToken);
        if (await IsCompleteAsync(db, cancellationToken)) return;
        await log.AddAsync(db, [Marker(ActionKinds.TakenIn, Time.GetUtcNow())], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static Task<bool> IsCompleteAsync(IngestionDbContext db, CancellationToken cancellationToken)
    {
        var number = JournalLog.Actions.Number;
        return db.Set<StoredJournalEntry>().AnyAsync(e => e.Log == number && e.Id == MarkerId, cancellationToken);
    }

    /// <summary>The id of the entry that says that the log is complete.</summary>
    internal const string MarkerId = "log";

    private static JournalDraft Marker(string kind, DateTimeOffset now) => new(kind, MarkerId, now, new Dictionary<string, object?>());
}
