using Portal.Ingestion.Domain;
using Portal.Ingestion.Ledger.Notes;
using Portal.Ingestion.Ledger.Tree;

namespace Portal.Ingestion.Verification;

/// <summary>The result of checking a message now against what was received.</summary>
public enum MessageIntegrity
{
    /// <summary>The bytes were hashed again, and the proof leads to the newest checkpoint.</summary>
    Unchanged,

    /// <summary>The bytes are erased under a rule; what they were is still proven by their hash in the log.</summary>
    Erased,

    /// <summary>Bytes, row or proof do not fit each other.</summary>
    Broken,
}

/// <summary>What a check of one message found.</summary>
/// <param name="Size">The size of the checkpoint that it was held against.</param>
/// <param name="CheckedAt">UTC, now.</param>
/// <param name="ErasedAt">UTC; null when it is not erased.</param>
public sealed record MessageCheck(MessageIntegrity Integrity, long Sequence, long Size, DateTimeOffset CheckedAt, DateTimeOffset? ErasedAt);

/// <summary>A proof of one message.</summary>
/// <param name="Text">The <c>.tlog-proof</c> file; null when the log does not prove the message, because something was changed.</param>
public sealed record MessageProof(long Sequence, string? Text);

/// <summary>A consistency proof: the log at one size begins with the log at another.</summary>
public sealed record ConsistencyProof(long From, long To, byte[] FromRoot, byte[] ToRoot, IReadOnlyList<byte[]> Hashes);

/// <summary>Proofs of several messages against one checkpoint.</summary>
/// <param name="Checkpoint">The signed note, word for word.</param>
/// <param name="Proofs">The <c>.tlog-proof</c> files by sequence number.</param>
public sealed record LedgerProofs(string Checkpoint, IReadOnlyDictionary<long, string> Proofs);

/// <summary>Reads the ledger: heads and proofs.</summary>
public interface ILedgerReader
{
    /// <summary>The log's public key.</summary>
    VerifierKey Key { get; }

    /// <summary>The newest signed checkpoint; it covers every message that is acknowledged.</summary>
    /// <exception cref="LedgerDamagedException">The head is gone.</exception>
    Task<SignedCheckpoint> HeadAsync(CancellationToken cancellationToken);

    /// <summary>The proof between two sizes, 0 ≤ from ≤ to ≤ the newest size.</summary>
    /// <exception cref="LedgerDamagedException">The tree was changed from outside.</exception>
    Task<ConsistencyProof> ConsistencyAsync(long from, long to, CancellationToken cancellationToken);

    /// <summary>The proof of a message; null when there is none that the viewer may see.</summary>
    Task<MessageProof?> ProofAsync(Viewer viewer, string beskedId, CancellationToken cancellationToken);

    /// <summary>
    /// Proofs of messages that the caller has read for a viewer, all against one checkpoint; a message that the log does not prove is
    /// missing.
    /// </summary>
    Task<LedgerProofs> ProofsAsync(IReadOnlyCollection<long> sequences, CancellationToken cancellationToken);

    /// <summary>Checks messages now, all against one checkpoint; those that the viewer may not see are missing.</summary>
    Task<IReadOnlyList<MessageCheck>> CheckAsync(Viewer viewer, IReadOnlyCollection<string> beskedIds, CancellationToken cancellationToken);
}
