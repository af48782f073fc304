using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Operations;

/// <summary>What a client certificate is used for.</summary>
public enum CertificateUse
{
    /// <summary>A sender of pushes shows it to the portal.</summary>
    Push,

    /// <summary>The portal shows it to the broker and the token service (<c>Ingestion:Amqp:ClientCertificatePath</c>).</summary>
    Own,
}

/// <summary>A client certificate that has been used.</summary>
/// <param name="Thumbprint">SHA-256, upper-case hex.</param>
/// <param name="Name">The common name, in one line, with person numbers masked.</param>
/// <param name="NotBefore">UTC.</param>
/// <param name="NotAfter">UTC.</param>
/// <param name="SeenAt">UTC, when it was used last.</param>
public sealed record SeenCertificate(
    CertificateUse Use, string Thumbprint, string Name, DateTimeOffset NotBefore, DateTimeOffset NotAfter, DateTimeOffset SeenAt)
{
    private const int ShownDigits = 8;
    private const int LongestName = 100;

    /// <summary>The name and the first digits of the thumbprint: it identifies the certificate in texts and logs.</summary>
    public string Label => $"{Name} (SHA-256 {ShortThumbprint(Thumbprint)})";

    /// <summary>What is remembered of a certificate; never its bytes.</summary>
    /// <param name="now">UTC.</param>
    public static SeenCertificate Of(X509Certificate2 certificate, CertificateUse use, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        var name = CprNumber.MaskIn(TextLines.Printable(certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false)));
        return new SeenCertificate(use, certificate.GetCertHashString(HashAlgorithmName.SHA256), TextCut.At(name, LongestName, "…"),
            certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime(), now);
    }

    /// <summary>The first digits of a thumbprint.</summary>
    public static string ShortThumbprint(string thumbprint) => TextCut.At(thumbprint, ShownDigits);

    /// <summary>Whole days until it expires; below 0 after that.</summary>
    /// <param name="now">UTC.</param>
    public int DaysLeft(DateTimeOffset now) => (int)Math.Floor((NotAfter - now).TotalDays);
}

/// <summary>
/// The client certificates that this process has met since its start, and which of them expire soon. Thread-safe; in memory only.
/// </summary>
public sealed class ClientCertificateExpiry(TimeProvider time)
{
    /// <summary>How long before its end a certificate is reported.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromDays(60);

    private static readonly TimeSpan LogInterval = TimeSpan.FromDays(1);

    // A sender's expired certificate that has not been shown for this long is out of use.
    private static readonly TimeSpan Unused = TimeSpan.FromDays(7);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SeenCertificate> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _logged = new(StringComparer.Ordinal);

    /// <summary>The certificates, those that expire first first.</summary>
    public IReadOnlyList<SeenCertificate> Seen
    {
        get
        {
            lock (_lock) return [.. _seen.Values.OrderBy(c => c.NotAfter).ThenBy(c => c.Thumbprint, StringComparer.Ordinal)];
        }
    }

    /// <summary>Those that expire within <see cref="Ahead"/>, or have expired, and are not replaced yet.</summary>
    public IReadOnlyList<SeenCertificate> Expiring
    {
        get
        {
            var now = time.GetUtcNow();
            var seen = Seen;
            return [.. seen.Where(c => c.NotAfter <= now + Ahead && (c.NotAfter > now || now - c.SeenAt < Unused)
                && !seen.Any(other => IsReplacedBy(c, other)))];
        }
    }

    /// <summary>A listed certificate was shown to us, or our own was read.</summary>
    public void Observe(SeenCertificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        lock (_lock)
        {
            // Of our own there is only the one in the file now.
            if (certificate.Use == CertificateUse.Own)
            {
                foreach (var old in _seen.Values.Where(c => c.Use == CertificateUse.Own).ToList()) _seen.Remove(KeyOf(old));
            }

            _seen[KeyOf(certificate)] = certificate;
        }
    }

    /// <summary>Those of <see cref="Expiring"/> that have not been returned for a day: each is logged once a day at most.</summary>
    public IReadOnlyList<SeenCertificate> TakeUnlogged()
    {
        var now = time.GetUtcNow();
        var expiring = Expiring;
        lock (_lock)
        {
            return [.. expiring.Where(c =>
            {
                if (_logged.TryGetValue(KeyOf(c), out var at) && now - at < LogInterval) return false;
                _logged[KeyOf(c)] = now;
                return true;
            })];
        }
    }

    private static string KeyOf(SeenCertificate certificate) => $"{certificate.Use} {certificate.Thumbprint}";

    // The sender shows another one of the same name that is valid longer: the rotation is done.
    private static bool IsReplacedBy(SeenCertificate old, SeenCertificate other) =>
        old.Use == CertificateUse.Push && other.Use == CertificateUse.Push && other.Name == old.Name && other.NotAfter > old.NotAfter
        && other.SeenAt >= old.SeenAt;
}
