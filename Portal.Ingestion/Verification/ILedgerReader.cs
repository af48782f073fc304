using Portal.Ingestion.Domain;
using Portal.Ingestion.Ledger.Notes;
using Portal.Ingestion.Ledger.Tree;

namespace Portal.Ingestion.Verification;

/// <summary>The result of checking a stored message against the ledger.</summary>
public enum MessageIntegrity
{
    /// <summary>The bytes have the recorded hash, and the proof leads to the newest checkpoint.</summary>
    Unchanged,

    /// <summary>The bytes were erased under a retention rule; the ledger still proves their hash.</summary>
    Erased,

    /// <summary>Bytes, row and proof do not match.</summary>
    Broken,
}

/// <summary>The check of one message.</summary>
/// <param name="Size">Size of the checkpoint that it was checked against; 0 when there is none.</param>
/// <param name="CheckedAt">UTC, when it was checked.</param>
/// <param name="ErasedAt">UTC; null when it is not erased.</param>
public sealed record MessageCheck(MessageIntegrity Integrity, long Sequence, long Size, DateTimeOffset CheckedAt, DateTimeOffset? ErasedAt);

/// <summary>A proof of one message.</summary>
/// <param name="Text">The <c>.tlog-proof</c> file; null when the log does not prove the message, because something was changed.</param>
public sealed record MessageProof(long Sequence, string? Text);

/// <summary>A consistency proof: the log at one size is a prefix of the log at another.</summary>
public sealed record ConsistencyProof(long From, long To, byte[] FromRoot, byte[] ToRoot, IReadOnlyList<byte[]> Hashes);

/// <summary>Proofs of several messages against one checkpoint.</summary>
/// <param name="Checkpoint">The exact text of the signed note.</param>
/// <param name="Proofs">The <c>.tlog-proof</c> files by sequence number.</param>
public sealed record LedgerProofs(string Checkpoint, IReadOnlyDictionary<long, string> Proofs);

/// <summary>Reads the ledger: heads and proofs.</summary>
public interface ILedgerReader
{
    /// <summary>The log's public key.</summary>
    VerifierKey Key { get; }

    /// <summary>The newest signed checkpoint; it covers every acknowledged message.</summary>
    /// <exception cref="LedgerDamagedException">The head is missing.</exception>
    Task<SignedCheckpoint> HeadAsync(CancellationToken cancellationToken);

    /// <summary>The consistency proof between two sizes, 0 ≤ from ≤ to ≤ the newest size.</summary>
    /// <exception cref="LedgerDamagedException">The tree was changed from outside.</exception>
    Task<ConsistencyProof> ConsistencyAsync(long from, long to, CancellationToken cancellationToken);

    /// <summary>The proof of a message; null when the viewer may see no such message.</summary>
    [Demands(ViewerRights.Cases)]
    Task<MessageProof?> ProofAsync(Viewer viewer, string beskedId, CancellationToken cancellationToken);

    /// <summary>
    /// Proofs of messages, all against one checkpoint; those that cannot be proven are left out. Checks no rights: the caller has read the
    /// messages for a viewer.
    /// </summary>
    Task<LedgerProofs> ProofsAsync(IReadOnlyCollection<long> sequences, CancellationToken cancellationToken);

    /// <summary>Checks messages, all against one checkpoint; those that the viewer may not see are left out.</summary>
    [Demands(ViewerRights.Cases)]
    Task<IReadOnlyList<MessageCheck>> CheckAsync(Viewer viewer, IReadOnlyCollection<string> beskedIds, CancellationToken cancellationToken);
}
