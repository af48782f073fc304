using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Ledger.Keeping;
using Portal.Ingestion.Ledger.Tree;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Verification;

/// <summary>
/// Finds out why a message does not match its leaf, by comparing it with the leaves of its neighbours. Assumes that the tree is correct.
/// </summary>
internal sealed class FaultDiagnosis(IngestionDbContext db, long size)
{
    private const int TilesAtOnce = 512;

    /// <summary>The finding for a mismatch.</summary>
    public async Task<LedgerFinding> OfAsync(WalkFault fault, CancellationToken cancellationToken)
    {
        if (fault.Finding is { } known) return known;
        if (fault.Row is not { } row) return await OfMissingAsync(fault, cancellationToken);
        if (fault.Leaf is not null && fault.Leaf.AsSpan().SequenceEqual(LeafRecord.NothingReceived)) return Inserted(fault.Sequence);
        return row.ToLeafHash().AsSpan().SequenceEqual(fault.Leaf)
            ? await OfBytesAsync(fault, row, cancellationToken)
            : await OfRecordAsync(fault, row, cancellationToken);
    }

    private async Task<LedgerFinding> OfMissingAsync(WalkFault fault, CancellationToken cancellationToken)
    {
        var from = fault.Sequence;
        var later = await db.Messages.AnyAsync(m => m.Sequence > from && m.Sequence <= size, cancellationToken);
        return later
            ? Find(from, LedgerProblem.Removed, "beskeden er fjernet")
            : Find(from, LedgerProblem.TailCut, $"halen er skåret af: beskederne {from}–{size} er væk");
    }

    private async Task<LedgerFinding> OfBytesAsync(WalkFault fault, WalkedRow row, CancellationToken cancellationToken)
    {
        var sequence = fault.Sequence;
        if (fault.ContentHash is not { } hash)
        {
            return await db.MessageContent.AnyAsync(c => c.Sequence == sequence, cancellationToken)
                ? Find(sequence, LedgerProblem.BytesChanged, "beskedens bytes eller deres længde er ændret")
                : Find(sequence, LedgerProblem.Removed, "beskedens bytes er fjernet, uden at en sletning er registreret");
        }

        var other = await db.Messages.Where(m => m.Sha256 == hash && m.Sequence != sequence).Select(m => (long?)m.Sequence)
            .FirstOrDefaultAsync(cancellationToken);
        return other is { } number
            ? Find(sequence, LedgerProblem.Reordered, $"beskedens bytes er byttet: her står de bytes, der hører til nummer {number}")
            : Find(row.Sequence, LedgerProblem.BytesChanged, "beskedens bytes er ændret");
    }

    private async Task<LedgerFinding> OfRecordAsync(WalkFault fault, WalkedRow row, CancellationToken cancellationToken)
    {
        var sequence = fault.Sequence;
        if (fault.ContentHash is { } hash && row.ToLeafHash(hash).AsSpan().SequenceEqual(fault.Leaf))
        {
            return Find(sequence, LedgerProblem.RecordChanged, "beskedens SHA-256 er ændret; dens bytes er de rette");
        }

        if (await PlaceOfAsync(row.ToLeafHash(), cancellationToken) is { } place && place != sequence)
        {
            var next = await RowAsync(sequence + 1, cancellationToken);
            var shifted = place == sequence + 1
                && (next is null || await PlaceOfAsync(next.ToLeafHash(), cancellationToken) == sequence + 2);
            return shifted
                ? Find(sequence, LedgerProblem.Removed, "beskeden er fjernet, og de følgende er rykket ned")
                : Find(
                    sequence, LedgerProblem.Reordered, $"rækkefølgen er ændret: her står den besked, der blev modtaget som nummer {place}");
        }

        if (await RowAsync(sequence + 1, cancellationToken) is { } after && after.ToLeafHash().AsSpan().SequenceEqual(fault.Leaf))
            return Inserted(sequence);
        return fault.ContentHash is { } own && own.AsSpan().SequenceEqual(row.Sha256)
            ? Find(sequence, LedgerProblem.RecordChanged, "beskedens BeskedId, modtagelsestid eller bytes (med SHA-256) er ændret")
            : Find(sequence, LedgerProblem.BytesChanged, "beskedens bytes og det, der står om dem, er ændret");
    }

    private async Task<WalkedRow?> RowAsync(long sequence, CancellationToken cancellationToken) => await db.Messages.AsNoTracking()
        .Where(m => m.Sequence == sequence)
        .Select(m => new WalkedRow(m.Sequence, m.BeskedId, m.ReceivedAt, m.Sha256, m.Bytes)).SingleOrDefaultAsync(cancellationToken);

    /// <summary>The sequence number of this leaf in the tree; null when it is not in it.</summary>
    private async Task<long?> PlaceOfAsync(byte[] leaf, CancellationToken cancellationToken)
    {
        for (long number = 0; number * TileAddress.Width < size; number += TilesAtOnce)
        {
            var (from, to) = (number, number + TilesAtOnce);
            foreach (var tile in await db.Set<StoredLedgerTile>().AsNoTracking()
                .Where(t => t.Level == 0 && t.Number >= from && t.Number < to).OrderBy(t => t.Number).ToListAsync(cancellationToken))
            {
                for (var at = 0; at + MerkleHash.Size <= tile.Hashes.Length; at += MerkleHash.Size)
                {
                    if (tile.Hashes.AsSpan(at, MerkleHash.Size).SequenceEqual(leaf))
                        return (tile.Number * TileAddress.Width) + (at / MerkleHash.Size) + 1;
                }
            }
        }

        return null;
    }

    private static LedgerFinding Inserted(long sequence) =>
        Find(sequence, LedgerProblem.Inserted, "her står en besked, der aldrig er modtaget gennem portalen: den er sat ind");

    private static LedgerFinding Find(long sequence, LedgerProblem problem, string why) => new(sequence, problem, why);
}
