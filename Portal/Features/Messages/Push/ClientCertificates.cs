using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Portal.Ingestion.Operations;
using Portal.Ingestion.Settings;
using Portal.Platform.Http;

namespace Portal.Features.Messages.Push;

/// <summary>What the certificate of a request says about its sender.</summary>
/// <param name="Name">The sender's name when a certificate was shown; else null.</param>
/// <param name="Refusal">Why the certificate does not let the sender in; null when it does, or when none was shown.</param>
/// <param name="Limit">UTC, when a listed certificate expired or becomes valid; else null.</param>
internal sealed record CertificateCheck(string? Name, PushRefusal? Refusal, DateTimeOffset? Limit = null)
{
    /// <summary>No certificate was shown.</summary>
    public static readonly CertificateCheck None = new(null, null);

    /// <summary>True when the sender is known by a listed certificate that is valid now.</summary>
    public bool IsKnown => Name is not null && Refusal is null;
}

/// <summary>
/// Identifies callers by client certificate: <c>Ingestion:Push:ClientCertificateThumbprints</c> lists the trusted ones by SHA-256,
/// self-signed ones included. One that a proxy forwards in a header counts only from an address in <c>Portal:TrustedProxies</c>.
/// </summary>
internal sealed partial class ClientCertificates(
    PortalSettings settings, TrustedProxies proxies, ClientCertificateExpiry seen, PushAnswers answers, TimeProvider time,
    ILogger<ClientCertificates> logger)
{
    private const int MostLogged = 100;
    private static readonly TimeSpan LogInterval = TimeSpan.FromDays(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<(string, PushRefusal), DateTimeOffset> _logged = [];

    /// <summary>Checks the certificate of the connection, and then the one of the proxy's header.</summary>
    public CertificateCheck Check(HttpContext context)
    {
        var own = context.Connection.ClientCertificate is { } connected ? Check(connected) : CertificateCheck.None;
        if (own.IsKnown || settings.PushForwardedCertificateHeader is not { } header
            || !context.Request.Headers.TryGetValue(header, out var sent)) return own;
        var peer = context.PeerAddress();
        if (!proxies.Includes(peer))
        {
            var address = peer?.ToString() ?? "?";
            if (answers.HeaderIgnored(address)) HeaderIgnored(logger, header, address);
            return own.Name is null ? new CertificateCheck(address, PushRefusal.UntrustedProxy) : own;
        }

        // Two values: the proxy has added its own to one that the sender wrote.
        if (sent.Count != 1 || sent[0] is not { Length: > 0 } text) return own;
        using var forwarded = Parse(text);
        return forwarded is null ? own : Check(forwarded);
    }

    // nginx sends percent-encoded PEM, other proxies the base64 of the DER.
    private static X509Certificate2? Parse(string text)
    {
        try
        {
            var pem = text.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(text) : text;
            if (pem.Contains(',', StringComparison.Ordinal)) return null;
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

    private CertificateCheck Check(X509Certificate2 certificate)
    {
        var thumbprint = certificate.GetCertHashString(HashAlgorithmName.SHA256);
        if (!settings.PushThumbprints.Contains(thumbprint))
        {
            // The name in a certificate that nobody has listed is a stranger's text.
            var stranger = $"SHA-256 {SeenCertificate.ShortThumbprint(thumbprint)}";
            if (settings.PushThumbprints.Count > 0 && IsToBeLogged(thumbprint, PushRefusal.UnlistedCertificate)) Unlisted(logger, stranger);
            return new CertificateCheck(stranger, PushRefusal.UnlistedCertificate);
        }

        var now = time.GetUtcNow();
        var known = SeenCertificate.Of(certificate, CertificateUse.Push, now);
        seen.Observe(known);
        if (now > known.NotAfter)
        {
            if (IsToBeLogged(thumbprint, PushRefusal.ExpiredCertificate)) Expired(logger, known.Label, known.NotAfter);
            return new CertificateCheck(known.Label, PushRefusal.ExpiredCertificate, known.NotAfter);
        }

        if (now < known.NotBefore)
        {
            if (IsToBeLogged(thumbprint, PushRefusal.EarlyCertificate)) Early(logger, known.Label, known.NotBefore);
            return new CertificateCheck(known.Label, PushRefusal.EarlyCertificate, known.NotBefore);
        }

        return new CertificateCheck(known.Label, null);
    }

    // Once a day for each certificate; a sender that is refused keeps trying.
    private bool IsToBeLogged(string thumbprint, PushRefusal why)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            if (_logged.TryGetValue((thumbprint, why), out var at) && now - at < LogInterval) return false;
            foreach (var old in _logged.Where(l => now - l.Value >= LogInterval).ToList()) _logged.Remove(old.Key);
            if (_logged.Count >= MostLogged) return false;
            _logged[(thumbprint, why)] = now;
            return true;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Hovedet {Header} fra {Address} blev ikke brugt: adressen er ikke i Portal:TrustedProxies, så et certifikat derfra "
            + "tæller ikke")]
    private static partial void HeaderIgnored(ILogger logger, string header, string address);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "En afsenders klientcertifikat ({Certificate}) er ikke blandt Ingestion:Push:ClientCertificateThumbprints og tæller "
            + "ikke")]
    private static partial void Unlisted(ILogger logger, string certificate);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Afsenderens klientcertifikat {Certificate} udløb {At:yyyy-MM-dd HH:mm} UTC og tæller ikke, selv om det er på listen")]
    private static partial void Expired(ILogger logger, string certificate, DateTimeOffset at);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Afsenderens klientcertifikat {Certificate} gælder først fra {At:yyyy-MM-dd HH:mm} UTC og tæller ikke endnu")]
    private static partial void Early(ILogger logger, string certificate, DateTimeOffset at);
}
