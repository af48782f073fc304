using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Ledger.Keeping;
using Portal.Ingestion.Ledger.Notes;
using Portal.Ingestion.Ledger.Tree;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.Content;
using Portal.Ingestion.Log.MessageKinds;
using Portal.Ingestion.Retention;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Verification;

/// <summary>The first mismatch found, before its cause is known.</summary>
/// <param name="Row">The message's row; null when there is none.</param>
/// <param name="ContentHash">SHA-256 of the stored bytes; null when they are missing or unreadable, or have another length than the row
/// says.</param>
/// <param name="Leaf">The leaf hash at this number; null when the tree has none.</param>
internal sealed record WalkFault(long Sequence, WalkedRow? Row, byte[]? ContentHash, byte[]? Leaf, LedgerFinding? Finding = null);

/// <summary>The columns of a message that its leaf covers, and those that were extracted from its bytes.</summary>
internal sealed record WalkedRow(long Sequence, string BeskedId, DateTimeOffset ReceivedAt, byte[] Sha256, int Bytes)
{
    public int Kind { get; init; }
    public DateTimeOffset? CreatedAt { get; init; }
    public DateTimeOffset? RegisteredAt { get; init; }
    public DateTimeOffset? StatusAt { get; init; }
    public DateTimeOffset? ErasedAt { get; init; }
    public byte[]? Identifiers { get; init; }

    /// <summary>See <see cref="StoredMessage.Statuses"/>.</summary>
    public string? Statuses { get; init; }

    public byte[] ToLeafHash(byte[]? sha256 = null) => LeafRecord.Of(BeskedId, ReceivedAt, sha256 ?? Sha256).ToLeafHash();
}

/// <summary>
/// Verifies every message: hashes its bytes, compares its record with the leaf, and compares the extracted columns with the bytes. In
/// parallel, in parts.
/// </summary>
internal sealed class MessageWalk(IDbContextFactory<IngestionDbContext> contexts, ContentReader contents, VerifierKey key,
    IReadOnlyDictionary<int, StoredMessageKind> kinds, IProgress<long>? progress)
{
    private const int Part = TileAddress.Width * 8;
    private readonly Lock _gate = new();
    private long _walked;
    private long _erased;
    private long _earlier;
    private long _wrong;

    /// <summary>Messages whose bytes were erased under a retention rule.</summary>
    public long Erased => _erased;

    /// <summary>Messages that another version of the reader parsed.</summary>
    public long Earlier => _earlier;

    public long Wrong => _wrong;

    /// <summary>The first wrong message; null when all are right.</summary>
    public WalkFault? First { get; private set; }

    /// <summary>Verifies messages 1 to <paramref name="size"/>.</summary>
    public Task RunAsync(long size, int parallel, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        Parts(size),
        new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellationToken },
        async (from, cancel) =>
        {
            try
            {
                await WalkAsync(from, Math.Min(from + Part, size), cancel);
            }
            catch (Exception unreadable) when (Unreadable.IsOfRows(unreadable))
            {
                var why = string.Create(CultureInfo.InvariantCulture,
                    $"rækkerne for beskederne {from + 1}–{Math.Min(from + Part, size)} er beskadiget og kan ikke læses");
                Remember(new WalkFault(from + 1, null, null, null, new LedgerFinding(from + 1, LedgerProblem.RecordChanged, why)));
            }

            progress?.Report(Interlocked.Add(ref _walked, Math.Min(Part, size - from)));
        });

    private static IEnumerable<long> Parts(long size)
    {
        for (long from = 0; from < size; from += Part) yield return from;
    }

    private async Task WalkAsync(long from, long to, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.Messages.AsNoTracking().Where(m => m.Sequence > from && m.Sequence <= to)
            .Select(m => new WalkedRow(m.Sequence, m.BeskedId, m.ReceivedAt, m.Sha256, m.Bytes) { Kind = m.Kind, CreatedAt = m.CreatedAt,
                RegisteredAt = m.RegisteredAt, StatusAt = m.StatusAt, ErasedAt = m.ErasedAt, Identifiers = m.Identifiers,
                Statuses = m.Statuses })
            .ToDictionaryAsync(m => m.Sequence, cancellationToken);
        var stored = await db.MessageContent.AsNoTracking().Where(c => c.Sequence > from && c.Sequence <= to)
            .ToDictionaryAsync(c => c.Sequence, cancellationToken);
        var (firstTile, lastTile) = (from / TileAddress.Width, (to - 1) / TileAddress.Width);
        var tiles = await db.Set<StoredLedgerTile>().AsNoTracking().Where(t => t.Level == 0 && t.Number >= firstTile
            && t.Number <= lastTile).ToDictionaryAsync(t => t.Number, t => t.Hashes, cancellationToken);

        // Read after the contents: an erasure removes the bytes and records itself in one commit.
        var erasures = await db.Set<StoredErasure>().AsNoTracking().Where(e => e.Sequence > from && e.Sequence <= to)
            .ToDictionaryAsync(e => e.Sequence, cancellationToken);
        var (erased, earlier, wrong) = (0, 0, 0);
        for (var sequence = from + 1; sequence <= to; sequence++)
        {
            var row = rows.GetValueOrDefault(sequence);
            var content = stored.GetValueOrDefault(sequence);
            var erasure = erasures.GetValueOrDefault(sequence);
            var bytes = content is null ? null : await BytesAsync(db, content, row?.Bytes, cancellationToken);
            if (FaultOf(sequence, row, content, bytes, LeafOf(tiles, sequence), erasure) is { } fault)
            {
                Remember(fault);
                wrong++;
            }
            else if (content is null && row is not null)
            {
                erased++;
            }

            if (row is not null && bytes is not null && DerivedFacts.IsOfOtherReader(kinds.GetValueOrDefault(row.Kind))) earlier++;
        }

        Interlocked.Add(ref _erased, erased);
        Interlocked.Add(ref _earlier, earlier);
        Interlocked.Add(ref _wrong, wrong);
    }

    private WalkFault? FaultOf(long sequence, WalkedRow? row, StoredContent? content, byte[]? bytes, byte[]? leaf, StoredErasure? erasure)
    {
        try
        {
            var hash = bytes is null ? null : SHA256.HashData(bytes);
            return FirstFault(sequence, row, content, hash, leaf, erasure) ?? Misread(row, bytes, erasure);
        }
        catch (Exception unreadable) when (unreadable is not OperationCanceledException)
        {
            // No row written by the portal makes the comparison throw.
            return new WalkFault(
                sequence, row, null, leaf, new LedgerFinding(sequence, LedgerProblem.RecordChanged,
                    "det, der står om beskeden eller dens sletning, er beskadiget og kan ikke læses"));
        }
    }

    private WalkFault? FirstFault(long sequence, WalkedRow? row, StoredContent? content, byte[]? hash, byte[]? leaf, StoredErasure? erasure)
    {
        if (erasure is not null && !ErasureLog.IsGenuine(erasure, key))
        {
            return new WalkFault(sequence, row, hash, leaf,
                new LedgerFinding(sequence, LedgerProblem.ErasureForged, "en sletning er skrevet ind, som portalen ikke har foretaget"));
        }

        // According to the ledger no message was received under this number.
        var isGap = leaf is not null && leaf.AsSpan().SequenceEqual(LeafRecord.NothingReceived);
        if (isGap && row is null && content is null && erasure is null) return null;

        var fits = row is not null && leaf is not null && row.ToLeafHash().AsSpan().SequenceEqual(leaf) && row.BeskedId.Length > 0;
        var held = content is null ? erasure is not null : hash is not null && row is not null && hash.AsSpan().SequenceEqual(row.Sha256);
        return fits && held ? null : new WalkFault(sequence, row, hash, leaf);
    }

    private WalkFault? Misread(WalkedRow? row, byte[]? bytes, StoredErasure? erasure)
    {
        if (row is null) return null;
        var changed = bytes is not null ? DerivedFacts.Difference(row, kinds.GetValueOrDefault(row.Kind), bytes) : null;
        if (changed is null && row.ErasedAt is not null && erasure is null) changed = "at den skulle være slettet";
        return changed is null ? null : new WalkFault(row.Sequence, row, null, null, new LedgerFinding(
            row.Sequence, LedgerProblem.RecordChanged, $"det, der står om beskeden, er ændret ({changed}); dens bytes er de rette"));
    }

    // Null also when the length differs from the row's, regardless of the hash.
    private async Task<byte[]?> BytesAsync(IngestionDbContext db, StoredContent content, int? length, CancellationToken cancellationToken)
    {
        var bytes = (await contents.TryDecompressAsync(db, content.Encoding, content.Content, cancellationToken)).Bytes;
        return bytes is not null && length is { } declared && declared != bytes.Length ? null : bytes;
    }

    private static byte[]? LeafOf(Dictionary<long, byte[]> tiles, long sequence)
    {
        var (tile, at) = ((sequence - 1) / TileAddress.Width, (int)((sequence - 1) % TileAddress.Width) * MerkleHash.Size);
        return tiles.TryGetValue(tile, out var hashes) && hashes.Length >= at + MerkleHash.Size ? hashes[at..(at + MerkleHash.Size)] : null;
    }

    private void Remember(WalkFault fault)
    {
        lock (_gate)
        {
            if (First is null || fault.Sequence < First.Sequence) First = fault;
        }
    }
}
