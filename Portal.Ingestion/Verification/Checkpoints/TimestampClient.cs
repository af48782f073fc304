using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using Portal.Ingestion.Settings;

namespace Portal.Ingestion.Verification.Checkpoints;

/// <summary>Gets time stamps from an RFC 3161 service.</summary>
internal sealed class TimestampClient(HttpClient http)
{
    private const string Query = "application/timestamp-query";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>A client that asks the configured address and no other: it follows no redirects.</summary>
    public static HttpClient Open() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, SslOptions = { EnabledSslProtocols = TlsVersions.Allowed },
    }) { Timeout = Limit };

    /// <summary>Gets a token for these bytes and verifies it.</summary>
    /// <exception cref="HttpRequestException">The service cannot be reached or refuses.</exception>
    /// <exception cref="CryptographicException">The answer is not a valid token for these bytes.</exception>
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

/// <summary>RFC 3161 tokens: a third party's proof that a checkpoint existed at a time.</summary>
public static class Timestamp
{
    /// <summary>
    /// True when the token is for these bytes and its signature is valid. Whether to trust the signer's certificate is not checked.
    /// </summary>
    public static bool Covers(ReadOnlyMemory<byte> token, ReadOnlySpan<byte> bytes) =>
        Rfc3161TimestampToken.TryDecode(token, out var read, out _) && read.VerifySignatureForData(bytes, out _);

    /// <summary>The token's time, UTC; null when it is no token.</summary>
    public static DateTimeOffset? TimeOf(ReadOnlyMemory<byte> token) =>
        Rfc3161TimestampToken.TryDecode(token, out var read, out _) ? read.TokenInfo.Timestamp : null;
}
