using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Ledger.Keeping;
using Portal.Ingestion.Ledger.Notes;
using Portal.Ingestion.Ledger.Tree;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Journal;

/// <summary>Begins a log in a database that has none yet. Called by one program at a time, after the ledger's key is read.</summary>
internal sealed class JournalStart(LedgerKey key)
{
    /// <summary>Writes the signed head of the empty log, unless the log exists. True when it was begun now.</summary>
    /// <exception cref="ConfigurationProblemException">The log has lost its head: a new one would cover whatever was changed.</exception>
    public async Task<bool> PrepareAsync(IngestionDbContext db, JournalLog log, CancellationToken cancellationToken)
    {
        var number = log.Number;
        if (await db.Set<StoredJournalHead>().AnyAsync(h => h.Log == number, cancellationToken)) return false;
        if (await db.Set<StoredJournalEntry>().AnyAsync(e => e.Log == number, cancellationToken)
            || await db.Set<StoredJournalTile>().AnyAsync(t => t.Log == number, cancellationToken)
            || await db.Set<StoredJournalCheckpoint>().AnyAsync(c => c.Log == number, cancellationToken))
        {
            throw new ConfigurationProblemException("Database:ConnectionString",
                $"{log.Words} har mistet sit hoved (tabellen JournalHeads); kør verify, og læg databasen tilbage fra en sikkerhedskopi.");
        }

        var empty = new Checkpoint(log.KeyOf(key.Verifier).Name, 0, MerkleHash.EmptyRoot);
        var head = new StoredJournalHead { Log = number, Origin = empty.Origin, Root = empty.Root, Signature = key.Signer.Sign(empty) };
        db.Add(head);
        await db.SaveChangesAsync(cancellationToken);
        db.Entry(head).State = EntityState.Detached;
        return true;
    }
}
