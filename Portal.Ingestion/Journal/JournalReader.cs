using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Ledger.Keeping;
using Portal.Ingestion.Ledger.Notes;
using Portal.Ingestion.Ledger.Tree;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Journal;

/// <summary>An entry with the proof that it is in its log.</summary>
/// <param name="Number">The leaf's number, from 1.</param>
/// <param name="Json">The canonical JSON.</param>
/// <param name="Proof">The <c>.tlog-proof</c> file; null when the log does not prove the entry, because something was changed.</param>
public sealed record ProvenEntry(long Number, string Kind, string Json, string? Proof);

/// <summary>Entries with their proofs, all against one checkpoint.</summary>
/// <param name="Checkpoint">The exact text of the signed note.</param>
/// <param name="VerifierKey">The log's public key.</param>
public sealed record JournalProofs(string Checkpoint, string VerifierKey, IReadOnlyList<ProvenEntry> Entries);

/// <summary>Reads heads and proofs of a log. It checks no rights: the caller has found the entries for a viewer.</summary>
public sealed class JournalReader(IDbContextFactory<IngestionDbContext> contexts, LedgerKey key)
{
    /// <summary>
    /// The log's newest signed checkpoint and those of its entries that <paramref name="which"/> selects by what they are about, and that
    /// are not erased.
    /// </summary>
    /// <exception cref="LedgerDamagedException">The head is missing.</exception>
    public async Task<JournalProofs> ProofsAsync(JournalLog log,
        Func<IngestionDbContext, IQueryable<StoredJournalEntry>, IQueryable<StoredJournalEntry>> which, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(which);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var verifier = log.KeyOf(key.Verifier);
        var head = await HeadAsync(db, log, verifier, cancellationToken);

        // Entries appended since the head was read are left out.
        var size = head.Head.Size;
        var entries = await which(db, db.EntriesByKey(log).AsNoTracking().Where(e => e.Index < size))
            .Where(e => e.Json != null).OrderBy(e => e.Index).ToListAsync(cancellationToken);
        var tree = new TreeReader(new JournalTiles(db, log));
        var proven = new List<ProvenEntry>(entries.Count);
        foreach (var entry in entries)
        {
            var proof = entry.IsJsonWhole() ? await ProveAsync(tree, log, entry, head, cancellationToken) : null;
            proven.Add(new ProvenEntry(entry.Index + 1, entry.Kind, entry.Json!, proof));
        }

        return new JournalProofs(head.Note.ToString(), verifier.ToString(), proven);
    }

    private static async Task<SignedCheckpoint> HeadAsync(
        IngestionDbContext db, JournalLog log, VerifierKey verifier, CancellationToken cancellationToken)
    {
        var number = log.Number;
        var head = await db.Set<StoredJournalHead>().AsNoTracking().SingleOrDefaultAsync(h => h.Log == number, cancellationToken)
            ?? throw new LedgerDamagedException("The head is gone.");
        return head.ToCheckpoint(verifier);
    }

    private static async Task<string?> ProveAsync(
        TreeReader tree, JournalLog log, StoredJournalEntry entry, SignedCheckpoint head, CancellationToken cancellationToken)
    {
        try
        {
            var record = entry.ToRecord(log);
            var hashes = await tree.InclusionAsync(entry.Index, head.Head.Size, cancellationToken);
            return MerkleProof.IsIncluded(record.ToLeafHash(), entry.Index, head.Head.Size, hashes, head.Head.Root)
                ? new LedgerProof(record.ToBytes(), entry.Index, hashes, head.Note).ToString()
                : null;
        }
        catch (LedgerDamagedException)
        {
            // The tiles of this entry were changed; others may still be proven.
            return null;
        }
    }
}

/// <summary>A log's tiles, read from the database.</summary>
internal sealed class JournalTiles(IngestionDbContext db, JournalLog log) : ITileSource
{
    /// <inheritdoc />
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(TileAddress address, CancellationToken cancellationToken)
    {
        var number = log.Number;
        return await db.Set<StoredJournalTile>().AsNoTracking()
            .Where(t => t.Log == number && t.Level == address.Level && t.Number == address.Number)
            .Select(t => t.Hashes).SingleOrDefaultAsync(cancellationToken) ?? [];
    }
}
