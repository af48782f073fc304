using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Portal.Ingestion.Envelopes;
using Portal.Tests.Stories;
using Xunit;

namespace Portal.Tests.Outside;

/// <summary>The distributor as in production: over TLS that the portal terminates, identified by its client certificate.</summary>
public sealed class ClientCertificateTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tls").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Over_TLS_a_listed_certificate_lets_in_another_and_none_get_401_in_the_standards_form()
    {
        using var server = Certificate("localhost");
        using var listed = Certificate("distributor");
        using var other = Certificate("somebody");
        var pfx = Path.Combine(_folder, "server.pfx");
        await File.WriteAllBytesAsync(pfx, server.Export(X509ContentType.Pfx, "hemmelig"), TestContext.Current.CancellationToken);
        await using var portal = await HostedPortal.StartAsync(
            _folder, environment: "Production",
            settings:
            [
                "--Kestrel:Endpoints:Within:Url=http://127.0.0.1:0", "--Kestrel:Endpoints:Tls:Url=https://127.0.0.1:0",
                $"--Kestrel:Endpoints:Tls:Certificate:Path={pfx}", "--Kestrel:Endpoints:Tls:Certificate:Password=hemmelig",
                $"--Ingestion:Push:ClientCertificateThumbprints:0={listed.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant()}",
                "--Api:Keys:0:Key=laeser-lang-hemmelig-noegle", "--Api:Keys:0:Cvr=55133018", "--Api:Keys:0:Scopes:0=messages:read",
                "--Api:Keys:0:MessageTypes:0=*",
            ]);
        var address = new Uri(portal.Addresses.Single(a => a.Scheme == Uri.UriSchemeHttps), "/beskedfordeler/modtag");
        var (id, bytes) = Stories.Envelopes.Status(Guid.NewGuid().ToString(), KnownHandlinger.Klar, "2026-02-13T12:00:00Z");

        Assert.Equal((200, "20"), await PushAsync(address, server, listed, bytes));
        Assert.Equal((401, "41"), await PushAsync(address, server, other, bytes));
        Assert.Equal((401, "41"), await PushAsync(address, server, null, bytes));

        using var reader = new HttpClient { BaseAddress = portal.Address,
            DefaultRequestHeaders = { { "X-Api-Key", "laeser-lang-hemmelig-noegle" } } };
        Assert.Equal(bytes,
            await reader.GetByteArrayAsync(new Uri($"/api/beskeder/{id}/raw", UriKind.Relative), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_certificate_in_a_header_counts_for_nothing_where_no_header_is_configured()
    {
        using var listed = Certificate("distributor");
        await using var portal = await HostedPortal.StartAsync(
            _folder, environment: "Production", settings: [$"--Ingestion:Push:ClientCertificateThumbprints:0={listed.Thumbprint}"]);
        using var sender = new HttpClient { DefaultRequestHeaders = { { "X-Client-Cert", Convert.ToBase64String(listed.RawData) },
            { "X-ARR-ClientCert", Convert.ToBase64String(listed.RawData) } } };
        using var answer = await sender.PostAsync(new Uri(portal.Address, "/beskedfordeler/modtag"),
            new StringContent("<a/>", null, "application/xml"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private static async Task<(int Status, string Code)> PushAsync(
        Uri address, X509Certificate2 server, X509Certificate2? certificate, byte[] bytes)
    {
        using var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == server.Thumbprint,
                LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate!,
            },
        };
        using var http = new HttpClient(handler);
        using var answer = await http.PostAsync(address, new ByteArrayContent(bytes) { Headers = { ContentType = new("application/xml") } },
            TestContext.Current.CancellationToken);
        Assert.Equal("application/xml", answer.Content.Headers.ContentType?.MediaType);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, System.Xml.Linq.XDocument.Parse(text)
            .Descendants(System.Xml.Linq.XName.Get("StatusKode", "urn:oio:sagdok:3.0.0")).Single().Value);
    }

    private static X509Certificate2 Certificate(string name)
    {
        using var key = RSA.Create(2048);
        var now = DateTimeOffset.UtcNow;
        using var made = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null, X509KeyStorageFlags.Exportable);
    }
}
