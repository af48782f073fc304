using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Portal.Ingestion.Settings;

namespace Portal.Ingestion.Transports.Amqp;

/// <summary>
/// Reads the client certificate and the trusted authorities. Read again for each connection, so that a renewed file needs no restart.
/// </summary>
internal static class AmqpCertificates
{
    /// <summary>The client certificate with its key; null when none is configured.</summary>
    /// <exception cref="CryptographicException">The file is not a certificate with key, or the password is wrong.</exception>
    public static X509Certificate2? ReadClient(AmqpSettings settings)
    {
        if (settings.ClientCertificatePath is not { } path) return null;
        var text = IsPem(path) ? File.ReadAllText(path) : null;
        if (text is null) return X509CertificateLoader.LoadPkcs12FromFile(path, settings.ClientCertificatePassword);
        return text.Contains("ENCRYPTED PRIVATE KEY", StringComparison.Ordinal)
            ? X509Certificate2.CreateFromEncryptedPem(text, text, settings.ClientCertificatePassword)
            : X509Certificate2.CreateFromPem(text, text);
    }

    /// <summary>The configured certificate authorities; null: those of the machine.</summary>
    /// <exception cref="CryptographicException">The file holds no certificate.</exception>
    public static X509Certificate2Collection? ReadAuthorities(AmqpSettings settings)
    {
        if (settings.CaCertificatePath is not { } path) return null;
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(File.ReadAllText(path));
        return authorities.Count > 0 ? authorities : throw new CryptographicException("No certificate in the file.");
    }

    /// <summary>
    /// Trusts only certificates issued by <paramref name="authorities"/>; host name and dates are checked as usual, revocation is not.
    /// Null: the machine's validation.
    /// </summary>
    public static RemoteCertificateValidationCallback? TrustOnly(X509Certificate2Collection? authorities) =>
        authorities is null ? null : (_, certificate, presented, errors) =>
        {
            if (certificate is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None) return false;
            using var chain = new X509Chain();
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            if (presented is not null) chain.ChainPolicy.ExtraStore.AddRange(presented.ChainElements.Select(e => e.Certificate).ToArray());
            using var leaf = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
            return chain.Build(leaf);
        };

    private static bool IsPem(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[64];
        var read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return !start[..read].ContainsAnyExceptInRange((byte)0x09, (byte)0x7E) && read > 0;
    }
}
