using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Ledger.Keeping;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Journal;

/// <summary>Stores a log's head as a checkpoint, permanently.</summary>
public sealed class JournalCheckpoints(
    IDbContextFactory<IngestionDbContext> contexts, LedgerKey key, WriteGate gate, TimeProvider time)
{
    /// <summary>Makes a checkpoint of the current log, unless nothing was entered since the last one.</summary>
    public async Task MakeAsync(JournalLog log, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(log);
        var number = log.Number;
        using var writeLock = await gate.EnterAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        // Write before read: this locks the row, so that nothing is appended in between and no other process makes the same checkpoint.
        await db.Set<StoredJournalHead>().Where(h => h.Log == number)
            .ExecuteUpdateAsync(s => s.SetProperty(h => h.Checkpoints, h => h.Checkpoints + 1), cancellationToken);
        var last = await db.Set<StoredJournalCheckpoint>().Where(c => c.Log == number).MaxAsync(c => (long?)c.Size, cancellationToken);
        var head = await db.Set<StoredJournalHead>().AsNoTracking().SingleOrDefaultAsync(h => h.Log == number, cancellationToken);
        if (head is null || head.Size == (last ?? 0)) return;
        db.Add(new StoredJournalCheckpoint
        {
            Log = number, Number = head.Checkpoints, Size = head.Size, MadeAt = time.GetUtcNow(),
            Note = head.ToCheckpoint(log.KeyOf(key.Verifier)).Note.ToString(),
        });
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
