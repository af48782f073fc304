using Microsoft.Extensions.Configuration;
using Portal.Ingestion.Hosting;
using Portal.Ingestion.Settings;
using Xunit;

namespace Portal.Tests.Ingestion.Transports.Amqp;

public sealed class AmqpSettingsTests
{
    private static readonly Dictionary<string, string?> Token = new()
    {
        ["Ingestion:Amqp:Enabled"] = "true",
        ["Ingestion:Amqp:Queue"] = "dueslag",
        ["Ingestion:Amqp:Authentication"] = "token",
        ["Ingestion:Amqp:ClientCertificatePath"] = "findes-ikke.pfx",
        ["Ingestion:Token:Endpoint"] = "https://sts.example/rest/issue",
        ["Ingestion:Token:EntityId"] = "http://entityid.kombit.dk/service/bfo_modtag/2",
        ["Ingestion:Token:Cvr"] = "55133018",
    };

    [Fact]
    public void The_transport_is_closed_unless_it_is_opened() => Assert.Null(Read([]));

    [Fact]
    public void An_open_transport_has_the_standard_address_and_prefetch()
    {
        var settings = Read(new() { ["Ingestion:Amqp:Enabled"] = "true", ["Ingestion:Amqp:Queue"] = " 5e1b " })!;
        Assert.Equal(("amqp://guest:guest@localhost:5672/", "5e1b", AmqpAuthentication.Password, 1000),
            (settings.Uri.ToString(), settings.Queue, settings.Authentication, settings.Prefetch));
    }

    [Theory]
    [InlineData("Ingestion:Amqp:Enabled", "ja")]
    [InlineData("Ingestion:Amqp:Uri", "http://localhost/")]
    [InlineData("Ingestion:Amqp:Uri", "localhost:5672")]
    [InlineData("Ingestion:Amqp:Uri", "amqp://localhost/en/to")]
    [InlineData("Ingestion:Amqp:Uri", "amqp:///")]
    [InlineData("Ingestion:Amqp:Authentication", "Kerberos")]
    [InlineData("Ingestion:Amqp:Authentication", "1")]
    [InlineData("Ingestion:Amqp:Prefetch", "0")]
    [InlineData("Ingestion:Amqp:Prefetch", "65536")]
    [InlineData("Ingestion:Token:Endpoint", "http://sts.example/")]
    [InlineData("Ingestion:Token:EntityId", "bfo modtag")]
    [InlineData("Ingestion:Token:Cvr", "5513301")]
    public void What_is_written_wrong_is_named_also_while_the_transport_is_closed(string key, string value) =>
        Assert.Equal(key, Assert.Throws<ConfigurationProblemException>(() => Read(new() { [key] = value })).Key);

    [Theory]
    [InlineData("Ingestion:Amqp:Queue")]
    [InlineData("Ingestion:Amqp:ClientCertificatePath")]
    [InlineData("Ingestion:Token:Endpoint")]
    [InlineData("Ingestion:Token:EntityId")]
    [InlineData("Ingestion:Token:Cvr")]
    public void What_is_missing_is_named(string key) =>
        Assert.Equal(key, Assert.Throws<ConfigurationProblemException>(() => Read(new(Token) { [key] = "" })).Key);

    [Fact]
    public void A_token_goes_over_TLS_or_nowhere_but_to_this_machine()
    {
        var problem = Assert.Throws<ConfigurationProblemException>(
            () => Read(new(Token) { ["Ingestion:Amqp:Uri"] = "amqp://broker.example:5672/BF" }));
        Assert.Equal("Ingestion:Amqp:Uri", problem.Key);
        Assert.Contains("amqps://", problem.Message, StringComparison.Ordinal);

        // These are accepted as far as the certificate, which is missing.
        foreach (var uri in (string[])["amqps://broker.example:5671/BF", "amqp://localhost:5672/BF", "amqp://127.0.0.1/BF"])
        {
            Assert.Equal("Ingestion:Amqp:ClientCertificatePath",
                Assert.Throws<ConfigurationProblemException>(() => Read(new(Token) { ["Ingestion:Amqp:Uri"] = uri })).Key);
        }

        // A password without TLS is the operator's choice.
        Assert.NotNull(Read(new() { ["Ingestion:Amqp:Enabled"] = "true", ["Ingestion:Amqp:Queue"] = "q",
            ["Ingestion:Amqp:Uri"] = "amqp://u:p@broker.example/" }));
    }

    [Fact]
    public void A_certificate_that_cannot_be_read_stops_the_start() =>
        Assert.Equal("Ingestion:Amqp:ClientCertificatePath", Assert.Throws<ConfigurationProblemException>(() => Read(Token)).Key);

    [Fact]
    public void A_certificate_that_can_be_read_does_not()
    {
        var folder = Directory.CreateTempSubdirectory("certificates");
        try
        {
            var made = new TestCertificates(folder.FullName);
            var settings = new Dictionary<string, string?>(Token)
            {
                ["Ingestion:Amqp:ClientCertificatePath"] = made.ClientPfxPath,
                ["Ingestion:Amqp:ClientCertificatePassword"] = TestCertificates.Password,
                ["Ingestion:Amqp:CaCertificatePath"] = made.AuthorityPath,
            };
            Assert.Equal(AmqpAuthentication.Token, Read(settings)!.Authentication);
            settings["Ingestion:Amqp:ClientCertificatePassword"] = "forkert";
            Assert.Equal("Ingestion:Amqp:ClientCertificatePath", Assert.Throws<ConfigurationProblemException>(() => Read(settings)).Key);
            settings["Ingestion:Amqp:ClientCertificatePassword"] = TestCertificates.Password;
            settings["Ingestion:Amqp:CaCertificatePath"] = made.ServerKeyPath;
            Assert.Equal("Ingestion:Amqp:CaCertificatePath", Assert.Throws<ConfigurationProblemException>(() => Read(settings)).Key);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_password_in_a_wrong_address_is_not_repeated() =>
        Assert.DoesNotContain("hemmelig", Assert.Throws<ConfigurationProblemException>(() => Read(
            new() { ["Ingestion:Amqp:Uri"] = "http://bruger:hemmelig@vært/" })).Message, StringComparison.Ordinal);

    private static AmqpSettings? Read(Dictionary<string, string?> keys) =>
        AmqpSettingsReader.Read(new ConfigurationBuilder().AddInMemoryCollection(keys).Build());
}
