using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Journal;
using Portal.Ingestion.Ledger.Notes;
using Portal.Ingestion.Ledger.Tree;
using Portal.Ingestion.Retention;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Verification;

/// <summary>
/// Walks every entry of a log: its record must be its leaf, its JSON must have the record's hash, and a JSON that is gone must have been
/// erased under a signed rule. What is stored is compared with the entries by <see cref="ActionAudit"/>.
/// </summary>
internal sealed class JournalWalk(IngestionDbContext db, JournalLog log, VerifierKey key)
{
    private const int Part = 8 * TileAddress.Width;

    /// <summary>Entries whose JSON was erased under a rule.</summary>
    public long Erased { get; private set; }

    /// <summary>The first wrong entry among the first <paramref name="size"/>; null when all are right.</summary>
    public async Task<LedgerFinding?> RunAsync(long size, CancellationToken cancellationToken)
    {
        var tiles = new JournalTileRows(db, log);
        for (long from = 0; from < size; from += Part)
        {
            var (first, end, number) = (from, Math.Min(from + Part, size), log.Number);
            var leaves = await tiles.LeavesAsync(first / TileAddress.Width, (first + Part) / TileAddress.Width, cancellationToken);
            var entries = await db.Set<StoredJournalEntry>().AsNoTracking()
                .Where(e => e.Log == number && e.Index >= first && e.Index < end).ToDictionaryAsync(e => e.Index, cancellationToken);
            for (var index = first; index < end; index++)
            {
                var leaf = LeafOf(leaves, index);
                if (entries.TryGetValue(index, out var entry) && FaultOf(entry, leaf) is not { } fault) continue;
                return entry is null ? await OfMissingAsync(index, size, cancellationToken)
                    : await OfRecordAsync(entry, leaf, FaultOf(entry, leaf)!, cancellationToken);
            }
        }

        return null;
    }

    private LedgerFinding? FaultOf(StoredJournalEntry entry, byte[]? leaf)
    {
        // A leaf whose tile is missing is the tree's fault, which is found there.
        if (leaf is not null && !entry.ToRecord(log).ToLeafHash().AsSpan().SequenceEqual(leaf))
            return Find(entry.Index, LedgerProblem.RecordChanged, "bladets art, nummer, tidspunkt eller fingeraftryk (SHA-256) er ændret");
        if (entry.Json is not null)
        {
            return entry.IsJsonWhole() ? null : Find(entry.Index, LedgerProblem.BytesChanged, "det, der er ført ind, er ændret");
        }

        if (entry.ErasedAt is null) return Find(entry.Index, LedgerProblem.Removed, "det, der var ført ind, er fjernet");
        if (!ErasureLog.IsGenuine(entry, key))
            return Find(entry.Index, LedgerProblem.ErasureForged, "en sletning er skrevet ind, som portalen ikke har foretaget");
        Erased++;
        return null;
    }

    private async Task<LedgerFinding> OfMissingAsync(long index, long size, CancellationToken cancellationToken)
    {
        var number = log.Number;
        return await db.Set<StoredJournalEntry>().AnyAsync(e => e.Log == number && e.Index > index && e.Index < size, cancellationToken)
            ? Find(index, LedgerProblem.Removed, "bladet er fjernet")
            : Find(index, LedgerProblem.TailCut, $"halen er skåret af: bladene {index + 1}–{size} er væk");
    }

    // A record that is another leaf's was moved.
    private async Task<LedgerFinding> OfRecordAsync(
        StoredJournalEntry entry, byte[]? leaf, LedgerFinding fault, CancellationToken cancellationToken)
    {
        if (fault.Problem != LedgerProblem.RecordChanged || leaf is null) return fault;
        var own = entry.ToRecord(log).ToLeafHash();
        var number = log.Number;
        await foreach (var tile in db.Set<StoredJournalTile>().AsNoTracking().Where(t => t.Log == number && t.Level == 0)
            .OrderBy(t => t.Number).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            for (var at = 0; at + MerkleHash.Size <= tile.Hashes.Length; at += MerkleHash.Size)
            {
                if (!tile.Hashes.AsSpan(at, MerkleHash.Size).SequenceEqual(own)) continue;
                var place = (tile.Number * TileAddress.Width) + (at / MerkleHash.Size) + 1;
                return Find(
                    entry.Index, LedgerProblem.Reordered, $"rækkefølgen er ændret: her står det, der blev ført ind som blad {place}");
            }
        }

        return fault;
    }

    private static byte[]? LeafOf(Dictionary<long, byte[]> tiles, long index)
    {
        var at = (int)(index % TileAddress.Width) * MerkleHash.Size;
        return tiles.TryGetValue(index / TileAddress.Width, out var hashes) && hashes.Length >= at + MerkleHash.Size
            ? hashes[at..(at + MerkleHash.Size)]
            : null;
    }

    private static LedgerFinding Find(long index, LedgerProblem problem, string why) => new(index + 1, problem, why);
}
