using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Ledger.Notes;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Ledger.Keeping;

/// <summary>Reads the stored head and makes a signed checkpoint of it.</summary>
internal static class HeadReader
{
    /// <summary>The stored head; null when there is none.</summary>
    public static async Task<StoredLedgerHead?> ReadAsync(IngestionDbContext db, CancellationToken cancellationToken) =>
        await db.Set<StoredLedgerHead>().AsNoTracking().SingleOrDefaultAsync(cancellationToken);

    /// <summary>The head as a C2SP note, with the stored signature of this key.</summary>
    public static SignedCheckpoint ToCheckpoint(this StoredLedgerHead head, VerifierKey key)
    {
        var checkpoint = new Checkpoint(head.Origin, head.Size, head.Root);
        return new SignedCheckpoint(checkpoint, new SignedNote(checkpoint.ToText(), [new NoteSignature(key.Name, key.Id, head.Signature)]));
    }
}
