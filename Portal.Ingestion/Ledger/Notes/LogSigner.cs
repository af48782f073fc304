using System.Text;
using NSec.Cryptography;

namespace Portal.Ingestion.Ledger.Notes;

/// <summary>Signs with a log's name and private key.</summary>
public sealed class LogSigner : IDisposable
{
    private readonly Key _key;

    /// <summary>Takes ownership of the key: it is disposed with this.</summary>
    /// <exception cref="ArgumentException">The name is not valid (<see cref="VerifierKey.IsName"/>).</exception>
    public LogSigner(string name, Key key)
    {
        ArgumentNullException.ThrowIfNull(key);
        _key = key;
        Verifier = VerifierKey.Of(name, key.PublicKey.Export(KeyBlobFormat.RawPublicKey))
            ?? throw new ArgumentException("Not a key's name.", nameof(name));
    }

    /// <summary>The public key.</summary>
    public VerifierKey Verifier { get; }

    /// <summary>The signature of these bytes, 64 bytes.</summary>
    public byte[] Sign(ReadOnlySpan<byte> bytes) => SignatureAlgorithm.Ed25519.Sign(_key, bytes);

    /// <summary>The signature of a head.</summary>
    public byte[] Sign(Checkpoint head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return Sign(Encoding.UTF8.GetBytes(head.ToText()));
    }

    /// <inheritdoc />
    public void Dispose() => _key.Dispose();
}
