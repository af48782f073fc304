using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Portal.Tests.Ingestion.Transports.Amqp;

/// <summary>A new test CA, a server certificate for localhost and a client certificate, in a folder.</summary>
internal sealed class TestCertificates
{
    public const string ClientName = "dueslag-klient";
    public const string Password = "hemmelig";

    public TestCertificates(string folder)
    {
        Folder = folder;
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Testmyndighed", authorityKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        using var authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
        File.WriteAllText(AuthorityPath, authority.ExportCertificatePem());
        using var server = Issue(authority, "localhost", "1.3.6.1.5.5.7.3.1");
        File.WriteAllText(ServerCertificatePath, server.ExportCertificatePem());
        File.WriteAllText(ServerKeyPath, server.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        File.WriteAllBytes(ServerPfxPath, server.Export(X509ContentType.Pfx, Password));
        using var client = Issue(authority, ClientName, "1.3.6.1.5.5.7.3.2");
        File.WriteAllBytes(ClientPfxPath, client.Export(X509ContentType.Pfx, Password));
        File.WriteAllText(ClientPemPath, client.ExportCertificatePem() + "\n" + client.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
    }

    public string Folder { get; }
    public string AuthorityPath => Path.Combine(Folder, "ca.pem");
    public string ServerCertificatePath => Path.Combine(Folder, "server.pem");
    public string ServerKeyPath => Path.Combine(Folder, "server.key");
    public string ServerPfxPath => Path.Combine(Folder, "server.pfx");
    public string ClientPfxPath => Path.Combine(Folder, "klient.pfx");
    public string ClientPemPath => Path.Combine(Folder, "klient.pem");

    private static X509Certificate2 Issue(X509Certificate2 authority, string name, string usage)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(
            authority, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1), RandomNumberGenerator.GetBytes(8));
        return certificate.CopyWithPrivateKey(key);
    }
}
