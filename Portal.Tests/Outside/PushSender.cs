using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Xml.Linq;
using Xunit;

namespace Portal.Tests.Outside;

/// <summary>A sender of pushes, over TLS with or without a client certificate, and the certificates of both ends.</summary>
internal static class PushSender
{
    /// <summary>A self-signed certificate, valid from yesterday to tomorrow unless other days are given.</summary>
    public static X509Certificate2 Certificate(string name, int fromDays = -1, int toDays = 1)
    {
        using var key = RSA.Create(2048);
        var now = DateTimeOffset.UtcNow;
        using var made = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(now.AddDays(fromDays), now.AddDays(toDays));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null, X509KeyStorageFlags.Exportable);
    }

    /// <summary>The thumbprint that the configuration lists.</summary>
    public static string Sha256(X509Certificate2 certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA256);

    /// <summary>Settings of a portal that terminates TLS with the certificate, beside a plain address.</summary>
    public static async Task<string[]> TlsAsync(string folder, X509Certificate2 server)
    {
        var pfx = Path.Combine(folder, "server.pfx");
        await File.WriteAllBytesAsync(pfx, server.Export(X509ContentType.Pfx, "hemmelig"), TestContext.Current.CancellationToken);
        return
        [
            "--Kestrel:Endpoints:Within:Url=http://127.0.0.1:0", "--Kestrel:Endpoints:Tls:Url=https://127.0.0.1:0",
            $"--Kestrel:Endpoints:Tls:Certificate:Path={pfx}", "--Kestrel:Endpoints:Tls:Certificate:Password=hemmelig",
        ];
    }

    /// <summary>Pushes, and returns the HTTP status and the StatusKode of the answer.</summary>
    public static async Task<(int Status, string Code)> PushAsync(
        Uri address, X509Certificate2 server, X509Certificate2? certificate, byte[] bytes, string? key = null)
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
        if (key is not null) http.DefaultRequestHeaders.Add("X-Api-Key", key);
        using var answer = await http.PostAsync(address, new ByteArrayContent(bytes) { Headers = { ContentType = new("application/xml") } },
            TestContext.Current.CancellationToken);
        Assert.Equal("application/xml", answer.Content.Headers.ContentType?.MediaType);
        return ((int)answer.StatusCode, CodeIn(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }

    /// <summary>The StatusKode of an answer.</summary>
    public static string CodeIn(string answer) =>
        XDocument.Parse(answer).Descendants(XName.Get("StatusKode", "urn:oio:sagdok:3.0.0")).Single().Value;
}
