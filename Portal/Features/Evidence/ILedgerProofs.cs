using Portal.Ingestion.Ledger.Tree;
using Portal.Ingestion.Verification;

namespace Portal.Features.Evidence;

/// <summary>What the ledger gives to an evidence document, in the formats of the contract.</summary>
/// <param name="Checkpoint">The newest signed checkpoint (C2SP signed note).</param>
/// <param name="VerifierKey">The log's public key (<c>name+keyid+base64</c>).</param>
/// <param name="Proofs">A <c>.tlog-proof</c> for each message, by sequence number, all against <paramref name="Checkpoint"/>.</param>
public sealed record LedgerEvidence(string Checkpoint, string VerifierKey, IReadOnlyDictionary<long, string> Proofs);

/// <summary>Reads proofs for evidence.</summary>
public interface ILedgerProofs
{
    /// <summary>
    /// Proofs of messages that the caller has read for a viewer; null where the ledger cannot give any, which the document says plainly.
    /// </summary>
    Task<LedgerEvidence?> ReadAsync(IReadOnlyCollection<long> sequences, CancellationToken cancellationToken);
}

/// <summary>Over the ledger of the database.</summary>
internal sealed class StoredLedgerProofs(ILedgerReader ledger) : ILedgerProofs
{
    /// <inheritdoc />
    public async Task<LedgerEvidence?> ReadAsync(IReadOnlyCollection<long> sequences, CancellationToken cancellationToken)
    {
        try
        {
            var read = await ledger.ProofsAsync(sequences, cancellationToken);
            return new LedgerEvidence(read.Checkpoint, ledger.Key.ToString(), read.Proofs);
        }
        catch (LedgerDamagedException)
        {
            // The head is gone: the document says that no proof can be given, and a verification says why.
            return null;
        }
    }
}
