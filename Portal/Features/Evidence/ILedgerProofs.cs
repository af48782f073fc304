using Portal.Ingestion.Access;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Journal;
using Portal.Ingestion.Ledger.Tree;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Actions;
using Portal.Ingestion.Verification;

namespace Portal.Features.Evidence;

/// <summary>The ledger's part of an evidence document.</summary>
/// <param name="Checkpoint">The newest signed checkpoint (C2SP signed note).</param>
/// <param name="VerifierKey">The log's public key (<c>name+keyid+base64</c>).</param>
/// <param name="Proofs">A <c>.tlog-proof</c> for each message, by sequence number, all against <paramref name="Checkpoint"/>.</param>
public sealed record LedgerEvidence(string Checkpoint, string VerifierKey, IReadOnlyDictionary<long, string> Proofs);

/// <summary>Reads proofs for evidence.</summary>
public interface ILedgerProofs
{
    /// <summary>
    /// Proofs of messages that the caller has read for a viewer; null when the ledger cannot give any, which the document states.
    /// </summary>
    Task<LedgerEvidence?> ReadAsync(IReadOnlyCollection<long> sequences, CancellationToken cancellationToken);

    /// <summary>
    /// What people did about a case that the caller has read for the viewer, or about one letter of it, with proofs; null when the log of
    /// actions cannot give any.
    /// </summary>
    [Demands(ViewerRights.Cases)]
    Task<JournalProofs?> ActionsAsync(Viewer viewer, CaseView found, string? letterId, CancellationToken cancellationToken) =>
        Task.FromResult<JournalProofs?>(null);

    /// <summary>The signed head of the access log; null when it cannot be given.</summary>
    Task<AccessHead?> AccessAsync(CancellationToken cancellationToken) => Task.FromResult<AccessHead?>(null);
}

/// <summary>Proofs from the database's ledger.</summary>
internal sealed class StoredLedgerProofs(ILedgerReader ledger, IActionProofs actions, IAccessJournal access) : ILedgerProofs
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
            // The ledger is damaged: the document states that it has no proofs, and a verification finds the cause.
            return null;
        }
    }

    /// <inheritdoc />
    public async Task<JournalProofs?> ActionsAsync(
        Viewer viewer, CaseView found, string? letterId, CancellationToken cancellationToken)
    {
        try
        {
            long[] incidents = [.. found.Letters.SelectMany(l => l.Incidents).Select(i => i.Id).Distinct()];
            return await actions.OfCaseAsync(viewer, found.CaseNumber, letterId, incidents, cancellationToken);
        }
        catch (LedgerDamagedException)
        {
            // The log is damaged: the package has nothing of it, and a verification finds the cause.
            return null;
        }
    }

    /// <inheritdoc />
    public async Task<AccessHead?> AccessAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await access.HeadAsync(cancellationToken);
        }
        catch (LedgerDamagedException)
        {
            // As above.
            return null;
        }
    }
}
