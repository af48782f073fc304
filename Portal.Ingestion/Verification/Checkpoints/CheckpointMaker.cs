using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Ledger.Keeping;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Verification.Checkpoints;

/// <summary>Stores the ledger's head as a checkpoint, permanently.</summary>
public sealed class CheckpointMaker(IDbContextFactory<IngestionDbContext> contexts, LedgerKey key, WriteGate gate, TimeProvider time)
{
    /// <summary>
    /// Makes a checkpoint of the current log; returns the last one if no message has been added since. Null while the log is empty.
    /// </summary>
    public async Task<StoredCheckpoint?> MakeAsync(CancellationToken cancellationToken)
    {
        using var writeLock = await gate.EnterAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        // Write before read: this locks the row, so that no message is appended in between and no other process makes the same checkpoint.
        await db.Set<StoredLedgerHead>()
            .ExecuteUpdateAsync(s => s.SetProperty(h => h.Checkpoints, h => h.Checkpoints + 1), cancellationToken);
        var last = await db.Set<StoredCheckpoint>().AsNoTracking().OrderByDescending(c => c.Number).FirstOrDefaultAsync(cancellationToken);
        if (await HeadReader.ReadAsync(db, cancellationToken) is not { } head || head.Size == (last?.Size ?? 0)) return last;
        var made = new StoredCheckpoint { Number = head.Checkpoints, Size = head.Size, MadeAt = time.GetUtcNow(),
            Note = head.ToCheckpoint(key.Verifier).Note.ToString() };
        db.Add(made);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return made;
    }
}
