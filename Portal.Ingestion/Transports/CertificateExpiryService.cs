using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Portal.Ingestion.Operations;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Supervision;
using Portal.Ingestion.Transports.Amqp;

namespace Portal.Ingestion.Transports;

/// <summary>
/// Reads once an hour when the program's own client certificate expires, and logs, once a day for each, the certificates that expire within
/// 60 days: its own and those of the senders of pushes.
/// </summary>
internal sealed class CertificateExpiryService(
    PortalSettings settings, ClientCertificateExpiry certificates, TimeProvider time, ILogger<CertificateExpiryService> log)
    : SupervisedService(time, log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <inheritdoc />
    public override string Name => "certificates";

    /// <inheritdoc />
    protected override Task RunRoundAsync(CancellationToken cancellationToken)
    {
        ObserveOwn();
        var now = Time.GetUtcNow();
        foreach (var certificate in certificates.TakeUnlogged())
        {
            Log.LogWarning("{Which} {Certificate} {Ends} den {Day:yyyy-MM-dd} (om {Days} dage). {Remedy}",
                certificate.Use == CertificateUse.Own ? "Programmets eget klientcertifikat" : "Afsenderens klientcertifikat",
                certificate.Label, certificate.NotAfter < now ? "udløb" : "udløber", certificate.NotAfter, certificate.DaysLeft(now),
                certificate.Use == CertificateUse.Own
                    ? "Læg et nyt i Ingestion:Amqp:ClientCertificatePath"
                    : "Skriv det nyes SHA-256-aftryk ved siden af det gamle i Ingestion:Push:ClientCertificateThumbprints");
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc />
    protected override Task RestAsync(CancellationToken cancellationToken) => Task.Delay(Interval, Time, cancellationToken);

    private void ObserveOwn()
    {
        if (settings.Amqp is not { ClientCertificatePath: not null } amqp) return;
        X509Certificate2? own;
        try
        {
            own = AmqpCertificates.ReadClient(amqp);
        }
        catch (Exception problem) when (problem is CryptographicException or IOException or UnauthorizedAccessException)
        {
            // The transport reads the same file at its next connection, and reports on Drift that it cannot.
            return;
        }

        using (own)
        {
            if (own is not null) certificates.Observe(SeenCertificate.Of(own, CertificateUse.Own, Time.GetUtcNow()));
        }
    }
}
