using Portal.Ingestion.Domain;
using Portal.Ingestion.Ledger.Keeping;
using Portal.Ingestion.Ledger.Notes;
using Portal.Ingestion.Verification;

namespace Portal.Tests.Features.Ledger;

/// <summary>A ledger for tests of pages: each message has the integrity that the test gives.</summary>
internal sealed class FakeLedgerReader : ILedgerReader, ILedgerState, ILedgerVerificationService
{
    public Dictionary<string, MessageIntegrity> Known { get; } = [];

    public VerifierKey Key => throw new NotSupportedException("Pages ask for no key.");

    public Task<SignedCheckpoint> HeadAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException("Pages ask for no head.");

    public Task<ConsistencyProof> ConsistencyAsync(long from, long to, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Pages ask for no proof.");

    public Task<MessageProof?> ProofAsync(Viewer viewer, string beskedId, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Pages ask for no proof.");

    public Task<LedgerProofs> ProofsAsync(IReadOnlyCollection<long> sequences, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Pages ask for no proof.");

    public Task<IReadOnlyList<MessageCheck>> CheckAsync(
        Viewer viewer, IReadOnlyCollection<string> beskedIds, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<MessageCheck>>(
            [.. beskedIds.Select(id => new MessageCheck(Known.GetValueOrDefault(id, MessageIntegrity.Unchanged), 1, 1042,
                new DateTimeOffset(2026, 11, 23, 13, 1, 0, TimeSpan.Zero), null))]);

    public Task<LedgerStateView> ReadAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new LedgerStateView(1042, null, null, null, false, null, false, null));

    public RunningVerification? Running => null;

    public Task<StoredVerification?> LastAsync(CancellationToken cancellationToken) => Task.FromResult<StoredVerification?>(null);

    public Task<StoredVerification> VerifyAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException("Pages only start it.");

    public void Start()
    {
        // Nothing to verify.
    }

    public void Verify()
    {
        // A page's test needs no verification.
    }
}
