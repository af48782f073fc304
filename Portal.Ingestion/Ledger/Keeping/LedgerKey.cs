using Portal.Ingestion.Ledger.Notes;

namespace Portal.Ingestion.Ledger.Keeping;

/// <summary>The ledger's key in this process, available once <c>LedgerStart</c> has read it.</summary>
public sealed class LedgerKey : IDisposable
{
    private LogSigner? _signer;

    /// <summary>The signer for the ledger.</summary>
    /// <exception cref="InvalidOperationException">The database is not prepared yet.</exception>
    public LogSigner Signer => _signer ?? throw new InvalidOperationException("The ledger's key is read when the database is prepared.");

    /// <summary>The public key.</summary>
    public VerifierKey Verifier => Signer.Verifier;

    /// <inheritdoc />
    public void Dispose() => _signer?.Dispose();

    internal void Use(LogSigner signer)
    {
        _signer?.Dispose();
        _signer = signer;
    }
}
