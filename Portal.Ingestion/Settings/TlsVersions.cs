using System.Security.Authentication;

namespace Portal.Ingestion.Settings;

/// <summary>The versions of TLS that connections use, in and out; older ones are broken.</summary>
public static class TlsVersions
{
    /// <summary>TLS 1.2 and 1.3; both ends choose the newest that both have.</summary>
    public const SslProtocols Allowed = SslProtocols.Tls12 | SslProtocols.Tls13;
}
