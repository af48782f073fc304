using Xunit;

namespace Portal.Tests.Security;

/// <summary>Calls to other machines go where the settings say, in today's versions of TLS; read from the source.</summary>
public sealed class OutgoingCallTests
{
    private static readonly (string File, string Text)[] Sources =
    [
        .. new[] { "Portal", "Portal.Ingestion" }
            .SelectMany(p => Directory.EnumerateFiles(Path.Combine(SourceTree.Root, p), "*.cs", SearchOption.AllDirectories))
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal))
            .Select(f => (Path.GetRelativePath(SourceTree.Root, f), File.ReadAllText(f))),
    ];

    private static IEnumerable<string> Files(params string[] any) =>
        Sources.Where(s => any.Any(a => s.Text.Contains(a, StringComparison.Ordinal))).Select(s => s.File).Order(StringComparer.Ordinal);

    [Fact]
    public void No_client_of_http_is_led_on_by_a_redirect()
    {
        var clients = Files("new HttpClient(", "new SocketsHttpHandler", "new HttpClientHandler", "AddHttpClient(").ToList();
        Assert.True(clients.Count >= 4, string.Join(' ', clients));
        Assert.All(clients, f => Assert.Contains(f, Files("AllowAutoRedirect = false")));
    }

    [Fact]
    public void Every_connection_that_can_be_encrypted_says_which_versions_and_none_allows_an_old_one()
    {
        Assert.Equal(["Portal.Ingestion/Settings/TlsVersions.cs"], Files("SslProtocols."));
        var connections = Files("new ConnectionFactory", "new SmtpClient", "ConfigurationOptions.Parse", "BackchannelHttpHandler",
            "ConfigureHttpsDefaults", "new TimestampClient(", "new SslClientAuthenticationOptions").ToList();
        var with = Files("TlsVersions.Allowed").Append("Portal.Ingestion/Verification/LedgerServices.cs").ToList();
        Assert.True(connections.Count >= 7, string.Join(' ', connections));
        Assert.All(connections, f => Assert.Contains(f, with));
    }

    [Fact]
    public void No_certificate_of_a_server_is_taken_unseen() => Assert.Empty(Files(
        "DangerousAcceptAnyServerCertificateValidator", "ServerCertificateValidationCallback", "TrustServerCertificate",
        "CheckCertificateRevocation = false"));
}
