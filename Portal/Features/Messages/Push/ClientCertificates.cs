using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Portal.Ingestion.Settings;

namespace Portal.Features.Messages.Push;

/// <summary>
/// Identifies callers by client certificate: <c>Ingestion:Push:ClientCertificateThumbprints</c> lists the trusted ones, self-signed ones
/// included.
/// </summary>
internal sealed class ClientCertificates(PortalSettings settings, TimeProvider time)
{
    /// <summary>True when the connection, or the proxy's header, carries a listed certificate that is valid now.</summary>
    public bool Knows(HttpContext context)
    {
        if (settings.PushThumbprints.Count == 0) return false;
        if (context.Connection.ClientCertificate is { } own && IsListed(own)) return true;
        if (settings.PushForwardedCertificateHeader is not { } header || !context.Request.Headers.TryGetValue(header, out var sent))
            return false;
        using var forwarded = Parse(sent.ToString());
        return forwarded is not null && IsListed(forwarded);
    }

    // nginx sends percent-encoded PEM, other proxies the base64 of the DER.
    private static X509Certificate2? Parse(string text)
    {
        try
        {
            var pem = text.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(text) : text;
            return pem.Contains("-----BEGIN", StringComparison.Ordinal)
                ? X509Certificate2.CreateFromPem(pem)
                : X509CertificateLoader.LoadCertificate(Convert.FromBase64String(pem.Trim(':', ' ')));
        }
        catch (Exception problem) when (problem is CryptographicException or FormatException or ArgumentException)
        {
            // Not a certificate: the caller is not identified by it.
            return null;
        }
    }

    private bool IsListed(X509Certificate2 certificate)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return certificate.NotBefore.ToUniversalTime() <= now && now <= certificate.NotAfter.ToUniversalTime()
            && (settings.PushThumbprints.Contains(certificate.GetCertHashString(HashAlgorithmName.SHA256))
                || settings.PushThumbprints.Contains(certificate.GetCertHashString(HashAlgorithmName.SHA1)));
    }
}
