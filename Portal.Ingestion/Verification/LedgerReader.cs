using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Ledger.Keeping;
using Portal.Ingestion.Ledger.Notes;
using Portal.Ingestion.Ledger.Tree;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.Content;
using Portal.Ingestion.Log.MessageKinds;
using Portal.Ingestion.Retention;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Verification;

/// <summary>Reads heads and proofs from the database, within the viewer's rights.</summary>
internal sealed class LedgerReader(IDbContextFactory<IngestionDbContext> contexts, LedgerKey key, MessageKindCache kindCache,
    ContentReader contents, TimeProvider time) : ILedgerReader
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
            from, to, await tree.RootAsync(from, cancellationToken), await tree.RootAsync(to, cancellationToken),
            await tree.ConsistencyAsync(from, to, cancellationToken));
    }

    /// <inheritdoc />
    public async Task<MessageProof?> ProofAsync(Viewer viewer, string beskedId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await FindAsync(db, viewer, [beskedId], cancellationToken) is not [var message]) return null;
        return new MessageProof(message.Sequence,
            (await TryProveAsync(db, [message], cancellationToken)).Proofs.GetValueOrDefault(message.Sequence)?.ToString());
    }

    /// <inheritdoc />
    public async Task<LedgerProofs> ProofsAsync(IReadOnlyCollection<long> sequences, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var head = await HeadAsync(db, cancellationToken);
        var wanted = sequences.ToArray();
        var messages = await db.Messages.AsNoTracking().Where(m => EF.Parameter(wanted).Contains(m.Sequence))
            .ToListAsync(cancellationToken);
        var proofs = await ProveAsync(db, messages, head, cancellationToken);
        return new LedgerProofs(head.Note.ToString(), proofs.ToDictionary(p => p.Key, p => p.Value.ToString()));
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<MessageCheck>> CheckAsync(
        Viewer viewer, IReadOnlyCollection<string> beskedIds, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var messages = await FindAsync(db, viewer, beskedIds, cancellationToken);
        if (messages.Count == 0) return [];
        var (proofs, size) = await TryProveAsync(db, messages, cancellationToken);
        var wanted = messages.Select(m => m.Sequence).ToArray();
        var stored = await db.MessageContent.AsNoTracking().Where(c => EF.Parameter(wanted).Contains(c.Sequence))
            .ToDictionaryAsync(c => c.Sequence, cancellationToken);
        var erasures = stored.Count == wanted.Length ? [] : await db.Set<StoredErasure>().AsNoTracking()
            .Where(e => EF.Parameter(wanted).Contains(e.Sequence)).ToDictionaryAsync(e => e.Sequence, cancellationToken);
        var (now, checks) = (time.GetUtcNow(), new List<MessageCheck>(messages.Count));
        foreach (var message in messages)
        {
            var (proven, content, erasure) = (proofs.ContainsKey(message.Sequence), stored.GetValueOrDefault(message.Sequence),
                erasures.GetValueOrDefault(message.Sequence));
            var integrity = !proven ? MessageIntegrity.Broken
                : content is not null ? await HashesToAsync(db, content, message.Sha256, cancellationToken)
                    ? MessageIntegrity.Unchanged
                    : MessageIntegrity.Broken
                : erasure is not null && ErasureLog.IsGenuine(erasure, Key) ? MessageIntegrity.Erased : MessageIntegrity.Broken;
            checks.Add(new MessageCheck(integrity, message.Sequence, size, now, content is null ? erasure?.ErasedAt : null));
        }

        return checks;
    }

    private async Task<bool> HashesToAsync(
        IngestionDbContext db, StoredContent content, byte[] sha256, CancellationToken cancellationToken) =>
        (await contents.TryDecompressAsync(db, content.Encoding, content.Content, cancellationToken)).Bytes is { } bytes
        && SHA256.HashData(bytes).AsSpan().SequenceEqual(sha256);

    // Against the newest head. A missing head or a changed tree gives no proofs; a full verification finds where it fails.
    private async Task<(Dictionary<long, LedgerProof> Proofs, long Size)> TryProveAsync(
        IngestionDbContext db, IReadOnlyList<StoredMessage> messages, CancellationToken cancellationToken)
    {
        try
        {
            var head = await HeadAsync(db, cancellationToken);
            return (await ProveAsync(db, messages, head, cancellationToken), head.Head.Size);
        }
        catch (LedgerDamagedException)
        {
            return ([], 0);
        }
    }

    /// <summary>The proofs, each verified before it is returned; a message whose proof fails is left out.</summary>
    private async Task<Dictionary<long, LedgerProof>> ProveAsync(
        IngestionDbContext db, IReadOnlyList<StoredMessage> messages, SignedCheckpoint head, CancellationToken cancellationToken)
    {
        var proofs = new Dictionary<long, LedgerProof>();
        if (!head.Note.IsSignedBy(Key)) return proofs;
        var (tree, size) = (new TreeReader(new StoredTiles(db)), head.Head.Size);
        foreach (var message in messages.Where(m => m.Sequence >= 1 && m.Sequence <= size))
        {
            try
            {
                var (index, record) = (message.Sequence - 1, message.ToLeafRecord());
                var hashes = await tree.InclusionAsync(index, size, cancellationToken);
                if (MerkleProof.IsIncluded(record.ToLeafHash(), index, size, hashes, head.Head.Root))
                    proofs[message.Sequence] = new LedgerProof(record.ToBytes(), index, hashes, head.Note);
            }
            catch (LedgerDamagedException)
            {
                // The tiles of this message were changed; others may still be proven.
            }
        }

        return proofs;
    }

    private async Task<SignedCheckpoint> HeadAsync(IngestionDbContext db, CancellationToken cancellationToken) =>
        (await HeadReader.ReadAsync(db, cancellationToken) ?? throw new LedgerDamagedException("The head is gone.")).ToCheckpoint(Key);

    // Visible to viewers who may see the message itself or the letter that it belongs to.
    private async Task<IReadOnlyList<StoredMessage>> FindAsync(
        IngestionDbContext db, Viewer viewer, IReadOnlyCollection<string> beskedIds, CancellationToken cancellationToken)
    {
        var ids = beskedIds.Select(Identifier.AsBeskedId).OfType<string>().Distinct().ToArray();
        if (ids.Length == 0 || !viewer.May(ViewerRights.Cases)) return [];
        var kinds = await kindCache.ReadAsync(db, cancellationToken);
        var messages = await db.MessagesOf(ids).ToListAsync(cancellationToken);

        // The UUID may be written in another form.
        if (messages.Count == 0)
            messages = await db.MessagesOf([.. ids.Select(Identifier.Normalise).OfType<string>()]).ToListAsync(cancellationToken);
        messages.AddRange(await ShownBeskedId.FindMaskedAsync(db, ids, cancellationToken));
        var sequences = messages.Select(m => m.Sequence).ToArray();
        var visible = await kinds.Visible(viewer, ViewerRights.Cases).In(db,
            db.Messages.Where(m => EF.Parameter(sequences).Contains(m.Sequence))).Select(m => m.Sequence).ToHashSetAsync(cancellationToken);
        if (visible.Count < sequences.Length)
        {
            visible.UnionWith(await MessageSearch.Placed(db, viewer, ViewerRights.Cases)
                .Where(p => EF.Parameter(sequences).Contains(p.Sequence)).Select(p => p.Sequence).ToListAsync(cancellationToken));
        }

        return messages.FindAll(m => visible.Contains(m.Sequence));
    }
}
