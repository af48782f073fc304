using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Portal.Ingestion.Envelopes;
using Portal.Tests.Stories;
using Xunit;

namespace Portal.Tests.Outside;

/// <summary>The distributor as in production: over TLS that the portal terminates, identified by its client certificate.</summary>
public sealed class ClientCertificateTests : IDisposable
{
    private const string Key = "skubber-lang-hemmelig-noegle";

    private static readonly string[] Keys =
    [
        "--Api:Keys:0:Key=" + Key, "--Api:Keys:0:Cvr=55133018", "--Api:Keys:0:Scopes:0=messages:read",
        "--Api:Keys:0:Scopes:1=messages:push", "--Api:Keys:0:Scopes:2=messages:raw", "--Api:Keys:0:MessageTypes:0=*",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("tls").FullName;
    private readonly X509Certificate2 _server = PushSender.Certificate("localhost");

    public void Dispose()
    {
        _server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Old_and_new_certificate_are_let_in_side_by_side_and_one_that_is_unlisted_expired_or_early_gets_401_with_40()
    {
        using var old = PushSender.Certificate("distributor");
        using var renewed = PushSender.Certificate("distributor", toDays: 700);
        using var other = PushSender.Certificate("somebody");
        using var expired = PushSender.Certificate("expired", -3, -2);
        using var early = PushSender.Certificate("early", 2, 3);
        await using var portal = await HostedPortal.StartAsync(_folder, environment: "Production", settings:
        [
            .. await PushSender.TlsAsync(_folder, _server), .. Keys,
            $"--Ingestion:Push:ClientCertificateThumbprints:0={WithColons(PushSender.Sha256(old).ToLowerInvariant())}",
            $"--Ingestion:Push:ClientCertificateThumbprints:1= {PushSender.Sha256(renewed)} ; "
                + $"sha256 Fingerprint={PushSender.Sha256(early)}",
            $"--Ingestion:Push:ClientCertificateThumbprints:2={PushSender.Sha256(expired)}",
        ]);
        var address = AddressOf(portal);
        var (id, bytes) = Message();

        Assert.Equal((200, "20"), await PushSender.PushAsync(address, _server, old, bytes));
        Assert.Equal((200, "20"), await PushSender.PushAsync(address, _server, renewed, Message().Bytes));
        foreach (var refused in (X509Certificate2?[])[other, expired, expired, early, null])
            Assert.Equal((401, "40"), await PushSender.PushAsync(address, _server, refused, bytes));

        Assert.Equal(bytes, await Reader(portal).GetByteArrayAsync(
            new Uri($"/api/beskeder/{id}/raw", UriKind.Relative), TestContext.Current.CancellationToken));
        var lines = portal.Output.Split('\n');
        Assert.Contains("udløb", Assert.Single(lines, l => l.Contains("klientcertifikat expired", StringComparison.Ordinal)),
            StringComparison.Ordinal);
        Assert.Single(lines, l => l.Contains("klientcertifikat early", StringComparison.Ordinal)
            && l.Contains("gælder først fra", StringComparison.Ordinal));
        Assert.DoesNotContain("somebody", portal.Output, StringComparison.Ordinal);
        foreach (var certificate in (X509Certificate2[])[old, other, expired])
        {
            var start = Convert.ToBase64String(certificate.RawData)[..40];
            Assert.DoesNotContain(start, portal.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task While_the_database_is_locked_a_certificate_gets_40_under_200_and_a_key_under_503_and_all_is_stored_once_afterwards()
    {
        using var listed = PushSender.Certificate("distributor");
        await using var portal = await HostedPortal.StartAsync(_folder, environment: "Production", settings:
        [
            .. await PushSender.TlsAsync(_folder, _server), .. Keys,
            $"--Ingestion:Push:ClientCertificateThumbprints:0={PushSender.Sha256(listed)}",
            $"--Database:ConnectionString=Data Source={_folder}/portal.db;Default Timeout=1",
        ]);
        var address = AddressOf(portal);
        var (byCertificate, byKey) = (Message(), Message());
        await using (var locker = new SqliteConnection($"Data Source={_folder}/portal.db;Pooling=False"))
        {
            await locker.OpenAsync(TestContext.Current.CancellationToken);
            await ExecuteAsync(locker, "BEGIN IMMEDIATE");

            // Together: each waits for the lock as long as a delivery may.
            var answers = await Task.WhenAll(
                PushSender.PushAsync(address, _server, listed, byCertificate.Bytes),
                PushSender.PushAsync(address, _server, null, byKey.Bytes, Key));
            Assert.Equal([(200, "40"), (503, "40")], answers);

            await ExecuteAsync(locker, "ROLLBACK");
        }

        foreach (var _ in (int[])[1, 2])
        {
            Assert.Equal((200, "20"), await PushSender.PushAsync(address, _server, listed, byCertificate.Bytes));
            Assert.Equal((200, "20"), await PushSender.PushAsync(address, _server, null, byKey.Bytes, Key));
        }

        var list = await Reader(portal).GetStringAsync(new Uri("/api/beskeder", UriKind.Relative), TestContext.Current.CancellationToken);
        var stored = JsonNode.Parse(list)!["items"]!.AsArray();
        string[] sent = [byCertificate.BeskedId, byKey.BeskedId];
        Assert.Equal(sent.Order(StringComparer.Ordinal), stored.Select(m => (string)m!["beskedId"]!).Order(StringComparer.Ordinal));

        // A delivery answered 40 may still have been stored when the lock went, in either order: those that followed are then its repeats.
        Assert.All(stored, m => Assert.InRange((int)m!["deliveries"]!, 2, 3));
    }

    [Fact]
    public async Task A_certificate_in_a_header_counts_for_nothing_from_an_address_that_is_not_a_trusted_proxy_and_this_is_logged_once()
    {
        using var listed = PushSender.Certificate("distributor");
        await using var portal = await HostedPortal.StartAsync(_folder, environment: "Production", settings:
        [
            $"--Ingestion:Push:ClientCertificateThumbprints:0={PushSender.Sha256(listed)}",
            "--Ingestion:Push:ForwardedCertificateHeader=X-Client-Cert", "--Portal:TrustedProxies:0=10.0.0.0/8",
        ]);
        using var sender = new HttpClient
        {
            DefaultRequestHeaders =
            {
                { "X-Client-Cert", Convert.ToBase64String(listed.RawData) }, { "X-Forwarded-For", "10.1.1.1" },
            },
        };
        foreach (var _ in (int[])[1, 2])
        {
            using var answer = await sender.PostAsync(new Uri(portal.Address, "/beskedfordeler/modtag"),
                new StringContent("<a/>", null, "application/xml"), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.Equal("40", PushSender.CodeIn(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        }

        Assert.Contains("127.0.0.1", Assert.Single(portal.Output.Split('\n'),
            l => l.Contains("X-Client-Cert", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    private static (string BeskedId, byte[] Bytes) Message() =>
        Stories.Envelopes.Status(Guid.NewGuid().ToString(), KnownHandlinger.Klar, "2026-02-13T12:00:00Z");

    private static Uri AddressOf(HostedPortal portal) =>
        new(portal.Addresses.Single(a => a.Scheme == Uri.UriSchemeHttps), "/beskedfordeler/modtag");

    private static string WithColons(string hex) => string.Join(':', hex.Chunk(2).Select(pair => new string(pair)));

    private static HttpClient Reader(HostedPortal portal) =>
        new() { BaseAddress = portal.Address, DefaultRequestHeaders = { { "X-Api-Key", Key } } };

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
