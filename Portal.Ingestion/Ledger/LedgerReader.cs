using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Access;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Messages;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Ledger;

/// <summary>Reads heads and proofs out of the database, as a viewer may see them.</summary>
internal sealed class LedgerReader(IDbContextFactory<IngestionDbContext> contexts, LedgerKey key, KindBook book, ContentReader contents, TimeProvider time) : ILedgerReader
{
    /// <inheritdoc />
    public VerifierKey Key => key.Verifier;

    /// <inheritdoc />
    public async Task<SignedCheckpoint> HeadAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await HeadAsync(db, cancellationToken);
    }

    /// <inheritdoc />
    public async Task<ConsistencyProof> ConsistencyAsync(long from, long to, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var tree = new TreeReader(new StoredTiles(db));
        return new ConsistencyProof(
            from, to, await tree.RootAsync(from, cancellationToken), await tree.RootAsync(to, cancellationToken), await tree.ConsistencyAsync(from, to, cancellationToken));
    }

    /// <inheritdoc />
    public async Task<MessageProof?> ProofAsync(Viewer viewer, string beskedId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await FindAsync(db, viewer, beskedId, cancellationToken) is not { } message) return null;
        return new MessageProof(message.Sequence, (await ProveAsync(db, message, cancellationToken)).Proof?.ToString());
    }

    /// <inheritdoc />
    public async Task<LedgerProofs> ProofsAsync(IReadOnlyCollection<long> sequences, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var head = await HeadAsync(db, cancellationToken);
        var wanted = sequences.ToArray();
        var messages = await db.Messages.AsNoTracking().Where(m => EF.Parameter(wanted).Contains(m.Sequence)).ToListAsync(cancellationToken);
        var proofs = new Dictionary<long, string>();
        foreach (var message in messages)
        {
            if (await ProveAsync(db, message, head, cancellationToken) is { } proof) proofs[message.Sequence] = proof.ToString();
        }

        return new LedgerProofs(head.Note.ToString(), proofs);
    }

    /// <inheritdoc />
    public async Task<MessageCheck?> CheckAsync(Viewer viewer, string beskedId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await FindAsync(db, viewer, beskedId, cancellationToken) is not { } message) return null;
        var (proof, size) = await ProveAsync(db, message, cancellationToken);
        var now = time.GetUtcNow();
        var content = await db.MessageContent.AsNoTracking().SingleOrDefaultAsync(c => c.Sequence == message.Sequence, cancellationToken);
        if (content is not null)
        {
            var same = proof is not null && await HashesToAsync(db, content, message.Sha256, cancellationToken);
            return new MessageCheck(same ? MessageIntegrity.Unchanged : MessageIntegrity.Broken, message.Sequence, size, now, null);
        }

        var erasure = await db.Set<StoredErasure>().AsNoTracking().SingleOrDefaultAsync(e => e.Sequence == message.Sequence, cancellationToken);
        var genuine = proof is not null && erasure is not null && ErasureLog.IsGenuine(erasure, Key);
        return new MessageCheck(genuine ? MessageIntegrity.Erased : MessageIntegrity.Broken, message.Sequence, size, now, erasure?.ErasedAt);
    }

    private async Task<bool> HashesToAsync(IngestionDbContext db, StoredContent content, byte[] sha256, CancellationToken cancellationToken)
    {
        try
        {
            return SHA256.HashData(await contents.DecompressAsync(db, content.Encoding, content.Content, cancellationToken)).AsSpan().SequenceEqual(sha256);
        }
        catch (Exception unreadable) when (unreadable is not OperationCanceledException and not System.Data.Common.DbException)
        {
            // Whatever the decompressor makes of bytes that it never wrote: they are not the ones that were received.
            return false;
        }
    }

    /// <summary>The proof, checked before anyone gets it; null when it does not hold.</summary>
    private async Task<(LedgerProof? Proof, long Size)> ProveAsync(IngestionDbContext db, StoredMessage message, CancellationToken cancellationToken)
    {
        try
        {
            var head = await HeadAsync(db, cancellationToken);
            return (await ProveAsync(db, message, head, cancellationToken), head.Head.Size);
        }
        catch (LedgerDamagedException)
        {
            // Told as broken: a full verification says where.
            return (null, 0);
        }
    }

    private async Task<LedgerProof?> ProveAsync(IngestionDbContext db, StoredMessage message, SignedCheckpoint head, CancellationToken cancellationToken)
    {
        try
        {
            var (index, size) = (message.Sequence - 1, head.Head.Size);
            if (index < 0 || index >= size || !head.Note.IsSignedBy(Key)) return null;
            var record = LeafRecord.Of(message);
            var hashes = await new TreeReader(new StoredTiles(db)).InclusionAsync(index, size, cancellationToken);
            return MerkleProof.IsIncluded(record.ToLeafHash(), index, size, hashes, head.Head.Root) ? new LedgerProof(record.ToBytes(), index, hashes, head.Note) : null;
        }
        catch (LedgerDamagedException)
        {
            // No proof: a full verification says where it fails.
            return null;
        }
    }

    private async Task<SignedCheckpoint> HeadAsync(IngestionDbContext db, CancellationToken cancellationToken) =>
        (await HeadReader.ReadAsync(db, cancellationToken) ?? throw new LedgerDamagedException("The head is gone.")).ToCheckpoint(Key);

    // Seen by who may see the message itself, or the letter that it belongs to.
    private async Task<StoredMessage?> FindAsync(IngestionDbContext db, Viewer viewer, string beskedId, CancellationToken cancellationToken)
    {
        if (Identifier.Normalise(beskedId) is not { } id || !viewer.May(ViewerRights.Cases)) return null;
        var kinds = await book.ReadAsync(db, cancellationToken);
        var message = await db.Messages.AsNoTracking().SingleOrDefaultAsync(m => m.BeskedId == id, cancellationToken);
        if (message is null) return null;
        var visible = await kinds.Visible(viewer, ViewerRights.Cases).In(db.Messages.Where(m => m.Sequence == message.Sequence)).AnyAsync(cancellationToken)
            || await MessageSearch.Placed(db, viewer).AnyAsync(p => p.Sequence == message.Sequence, cancellationToken);
        return visible ? message : null;
    }
}
