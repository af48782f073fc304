using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Ledger.Notes;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Ledger.Keeping;

/// <summary>The head as a signed checkpoint.</summary>
internal static class HeadReader
{
    /// <summary>The head as stored; null when there is none.</summary>
    public static async Task<StoredLedgerHead?> ReadAsync(IngestionDbContext db, CancellationToken cancellationToken) =>
        await db.Set<StoredLedgerHead>().AsNoTracking().SingleOrDefaultAsync(cancellationToken);

    /// <summary>The C2SP note of a head, signed by this key.</summary>
    public static SignedCheckpoint ToCheckpoint(this StoredLedgerHead head, VerifierKey key)
    {
        var checkpoint = new Checkpoint(head.Origin, head.Size, head.Root);
        return new SignedCheckpoint(checkpoint, new SignedNote(checkpoint.ToText(), [new NoteSignature(key.Name, key.Id, head.Signature)]));
    }
}
