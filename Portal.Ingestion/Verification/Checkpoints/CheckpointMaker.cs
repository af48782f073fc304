using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Ledger.Keeping;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Verification.Checkpoints;

/// <summary>Stores the ledger's head as a checkpoint, permanently.</summary>
public sealed class CheckpointMaker(IDbContextFactory<IngestionDbContext> contexts, LedgerKey key, WriteGate gate, TimeProvider time)
{
    /// <summary>
    /// A checkpoint of the log as it is; the last one when nothing has come since. Null while there is nothing in the log.
    /// </summary>
    public async Task<StoredCheckpoint?> MakeAsync(CancellationToken cancellationToken)
    {
        using var writeLock = await gate.EnterAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        // The row is taken for writing before it is read, so that no message slips in between and no other process makes the same
        // checkpoint.
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
