using System.Security.Cryptography.Pkcs;

namespace Portal.Ingestion.Verification.Checkpoints;

/// <summary>RFC 3161 tokens: another's word on when a checkpoint was there.</summary>
public static class Timestamp
{
    /// <summary>
    /// True when the token's signature holds and it is of these bytes. Whom the signer is, is for the reader to judge by the certificate in
    /// it.
    /// </summary>
    public static bool Covers(ReadOnlyMemory<byte> token, ReadOnlySpan<byte> bytes) =>
        Rfc3161TimestampToken.TryDecode(token, out var read, out _) && read.VerifySignatureForData(bytes, out _);

    /// <summary>When the signer says that it saw the bytes, UTC; null for what is no token.</summary>
    public static DateTimeOffset? TimeOf(ReadOnlyMemory<byte> token) =>
        Rfc3161TimestampToken.TryDecode(token, out var read, out _) ? read.TokenInfo.Timestamp : null;
}
