using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;

namespace Portal.Ingestion.Verification.Checkpoints;

/// <summary>Asks an RFC 3161 service for a token.</summary>
internal sealed class TimestampClient(HttpClient http)
{
    private const string Query = "application/timestamp-query";

    /// <summary>A token over these bytes, checked.</summary>
    /// <exception cref="HttpRequestException">The service does not answer, or answers no.</exception>
    /// <exception cref="CryptographicException">What it answers is no token over these bytes.</exception>
    public async Task<byte[]> StampAsync(Uri service, byte[] bytes, CancellationToken cancellationToken)
    {
        var nonce = RandomNumberGenerator.GetBytes(8);
        var request =
            Rfc3161TimestampRequest.CreateFromData(bytes, HashAlgorithmName.SHA256, nonce: nonce, requestSignerCertificates: true);
        using var content = new ByteArrayContent(request.Encode()) { Headers = { ContentType = new MediaTypeHeaderValue(Query) } };
        using var answer = await http.PostAsync(service, content, cancellationToken);
        answer.EnsureSuccessStatusCode();
        var token = request.ProcessResponse(await answer.Content.ReadAsByteArrayAsync(cancellationToken), out _).AsSignedCms().Encode();
        return Timestamp.Covers(token, bytes) ? token : throw new CryptographicException("The token does not cover what was sent.");
    }
}

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
