using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Portal.Ingestion.Operations;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Transports;
using Portal.Tests.Api;
using Portal.Tests.Outside;
using Xunit;

namespace Portal.Tests.Ingestion.Operations;

public sealed class ClientCertificateExpiryTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 30, 9, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Start);
    private readonly ClientCertificateExpiry _certificates;

    public ClientCertificateExpiryTests() => _certificates = new ClientCertificateExpiry(_time);

    [Theory]
    [InlineData(61, false)]
    [InlineData(60, true)]
    [InlineData(0, true)]
    public void A_certificate_is_reported_from_60_days_before_its_end(int days, bool reported)
    {
        Observe("kombit", "AA", days);
        Assert.Equal(reported, _certificates.Expiring.Count == 1);
    }

    [Fact]
    public void It_is_logged_once_a_day_at_most()
    {
        Observe("kombit", "AA", 30);
        Assert.Single(_certificates.TakeUnlogged());
        _time.Advance(TimeSpan.FromHours(23));
        Assert.Empty(_certificates.TakeUnlogged());
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Single(_certificates.TakeUnlogged());
    }

    [Fact]
    public void The_rotation_is_done_when_the_sender_shows_the_new_one_of_the_same_name()
    {
        Observe("kombit", "AA", 30);
        Observe("another sender", "BB", 700);
        Assert.Equal("AA", Assert.Single(_certificates.Expiring).Thumbprint);
        _time.Advance(TimeSpan.FromHours(1));
        Observe("kombit", "CC", 700);
        Assert.Empty(_certificates.Expiring);

        // The sender went back to the old one.
        _time.Advance(TimeSpan.FromHours(1));
        Observe("kombit", "AA", 30);
        Assert.Equal("AA", Assert.Single(_certificates.Expiring).Thumbprint);
    }

    [Fact]
    public void An_expired_one_is_reported_while_its_sender_still_shows_it()
    {
        Observe("kombit", "AA", -1);
        Assert.Equal(-1, Assert.Single(_certificates.Expiring).DaysLeft(Start));
        _time.Advance(TimeSpan.FromDays(8));
        Assert.Empty(_certificates.Expiring);
    }

    [Fact]
    public async Task Our_own_certificate_is_read_from_its_file_and_its_expiry_is_logged_without_its_bytes()
    {
        using var folder = new TempFolder("own-certificate");
        using var own = PushSender.Certificate("vores", toDays: 20);
        var path = Path.Combine(folder.Path, "own.pfx");
        await File.WriteAllBytesAsync(path, own.Export(X509ContentType.Pfx, "hemmelig"), TestContext.Current.CancellationToken);
        using var log = new KeptLog();
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(log));
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var certificates = new ClientCertificateExpiry(time);
        using var service = new CertificateExpiryService(new PortalSettings
        {
            Amqp = new AmqpSettings { Uri = new Uri("amqp://x"), Queue = "q", ClientCertificatePath = path,
                ClientCertificatePassword = "hemmelig" },
        }, certificates, time, factory.CreateLogger<CertificateExpiryService>());
        await service.StartAsync(TestContext.Current.CancellationToken);
        await Stories.PortalProcess.EventuallyAsync(() => Task.FromResult(log.Lines.Count), count => count > 0);
        await service.StopAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith("Warning Programmets eget klientcertifikat vores (SHA-256", Assert.Single(log.Lines), StringComparison.Ordinal);
        Assert.Equal(CertificateUse.Own, Assert.Single(certificates.Expiring).Use);
    }

    [Fact]
    public void A_name_is_one_line_of_bounded_length_with_person_numbers_masked()
    {
        using var certificate = PushSender.Certificate("\"Jens\nHansen 010190-1234 " + new string('x', 40) + "\"");
        var seen = SeenCertificate.Of(certificate, CertificateUse.Push, Start);
        Assert.DoesNotContain('\n', seen.Name);
        Assert.DoesNotContain("1234", seen.Name, StringComparison.Ordinal);
    }

    private void Observe(string name, string thumbprint, int days) => _certificates.Observe(new SeenCertificate(
        CertificateUse.Push, thumbprint, name, Start.AddDays(-100), Start.AddDays(days), _time.GetUtcNow()));
}
