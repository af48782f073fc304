namespace Portal.Evidence;

/// <summary>What the ledger gives to an evidence document, in the formats of the contract.</summary>
/// <param name="Checkpoint">The newest signed checkpoint (C2SP signed note).</param>
/// <param name="VerifierKey">The log's public key (<c>name+keyid+base64</c>).</param>
/// <param name="Proofs">A <c>.tlog-proof</c> for each message, by sequence number, all against <paramref name="Checkpoint"/>.</param>
public sealed record LedgerEvidence(string Checkpoint, string VerifierKey, IReadOnlyDictionary<long, string> Proofs);

/// <summary>Reads proofs for evidence.</summary>
public interface ILedgerProofs
{
    /// <summary>Proofs of messages; null where no ledger is kept.</summary>
    Task<LedgerEvidence?> ReadAsync(IReadOnlyCollection<long> sequences, CancellationToken cancellationToken);
}

/// <summary>Where no ledger is kept: the document says so plainly.</summary>
internal sealed class NoLedgerProofs : ILedgerProofs
{
    /// <inheritdoc />
    public Task<LedgerEvidence?> ReadAsync(IReadOnlyCollection<long> sequences, CancellationToken cancellationToken) => Task.FromResult<LedgerEvidence?>(null);
}
