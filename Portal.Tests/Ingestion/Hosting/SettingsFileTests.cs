using Microsoft.Extensions.Configuration;
using Portal.Ingestion.Hosting;
using Portal.Ingestion.Settings;
using Xunit;

namespace Portal.Tests.Ingestion.Hosting;

/// <summary>The operator's settings file: outside every publish, the same for all programs; relative paths count from its folder.</summary>
public sealed class SettingsFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("settings").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Written(string text, string name = "portal.json")
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static PortalSettings Read(params string[] args) => ReadWith(null, args);

    private static PortalSettings ReadWith(string? secrets, params string[] args)
    {
        var configuration = new ConfigurationManager();
        ConfigurationFile.AddTo(configuration, args, secrets);
        return SettingsReader.Read(configuration);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "Database": { "ConnectionString": "Data Source=data/portal.db" }, "Ledger": { "KeyPath": "data/ledger.key" } }""")]
    public void Relative_paths_count_from_the_named_files_folder_also_those_that_it_does_not_write(string text)
    {
        var settings = Read("--settings", Written(text));
        Assert.Equal($"Data Source={Path.Combine(_folder, "data", "portal.db")}", settings.ConnectionString);
        Assert.Equal(Path.Combine(_folder, "data", "ledger.key"), settings.LedgerKeyPath);
        Assert.Equal(Path.Combine(_folder, "data", "search.key"), settings.SearchKeyPath);
        Assert.False(Directory.Exists(Path.Combine(_folder, "data")), "reading the settings makes nothing");
    }

    [Fact]
    public void The_file_wins_over_the_shipped_one_and_an_argument_wins_over_the_file()
    {
        var file = Written("""{ "Retention": { "QuarantineDays": 7, "OtherMessageDays": 8 } }""", ".hidden.json");
        var settings = Read($"--settings={file}", "--Retention:OtherMessageDays=9");
        Assert.Equal((7, 9), (settings.Retention.QuarantineDays, settings.Retention.OtherMessageDays));
    }

    [Fact]
    public void Secrets_come_from_a_folder_that_a_vault_fills()
    {
        var file = Written("""{ "Retention": { "QuarantineDays": 7, "OtherMessageDays": 8 } }""");
        var secrets = Directory.CreateDirectory(Path.Combine(_folder, "secrets")).FullName;
        File.WriteAllText(Path.Combine(secrets, "Retention__OtherMessageDays"), "9\n");
        var found = ReadWith(secrets, "--settings", file).Retention;
        Assert.Equal((7, 9), (found.QuarantineDays, found.OtherMessageDays));
        Assert.Equal(10, ReadWith(secrets, "--settings", file, "--Retention:OtherMessageDays=10").Retention.OtherMessageDays);
        var missing = Path.Combine(_folder, "away");
        var problem = Assert.Throws<ConfigurationProblemException>(() => ReadWith(missing));
        Assert.Contains(missing, problem.Message, StringComparison.Ordinal);
        Assert.Contains(ConfigurationFile.SecretsVariable, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"Demo\": ", "er ikke JSON: se linje")]
    [InlineData("""{ "Demo": { "Enabled": true }, "demo": { "enabled": false } }""", "kan ikke bruges")]
    [InlineData(null, "findes ikke")]
    public void A_file_that_cannot_be_used_is_reported_in_one_line(string? text, string words)
    {
        var file = text is null ? Path.Combine(_folder, "none.json") : Written(text);
        var problem = Assert.Throws<ConfigurationProblemException>(() => Read("--settings", file));
        Assert.Contains(file, problem.Message, StringComparison.Ordinal);
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem.Message);
    }

    [Theory]
    [InlineData("Database:ConnectionString", "")]
    [InlineData("Database:ConnectionString", "Data Source=/findes/slet/ikke/portal.db")]
    [InlineData("Database:CreateIfMissing", "måske")]
    [InlineData("Database:Provider", " ")]
    [InlineData("Ledger:Origin", "")]
    [InlineData("Ledger:KeyPath", "")]
    [InlineData("Ingestion:RunInPortal", "")]
    [InlineData("Ingestion:MaxMessageBytes", "")]
    [InlineData("Ingestion:Amqp:Uri", "")]
    [InlineData("Ingestion:Push:ForwardedCertificateHeader", "X Client")]
    [InlineData("Municipality:Cvr", "")]
    [InlineData("Ingestion:Push:RefusalHttpStatus", "500")]
    [InlineData("Ingestion:Push:RefusalHttpStatus", "caller")]
    [InlineData("Ingestion:Push:ClientCertificateThumbprints:0", "AB:CD")]
    [InlineData("Ingestion:Push:ClientCertificateThumbprints:0", "")]
    public void A_value_that_is_empty_or_wrong_is_refused_by_its_key(string key, string value)
    {
        Assert.Equal(key, Assert.Throws<ConfigurationProblemException>(() => Read("--settings", Written("{}"), $"--{key}={value}")).Key);
        Assert.False(Directory.Exists("/findes"));
    }

    [Theory]
    [InlineData("by caller", null)]
    [InlineData("By Caller", null)]
    [InlineData("", null)]
    [InlineData(" 200 ", 200)]
    [InlineData("503", 503)]
    public void The_HTTP_status_of_a_refusal_follows_the_caller_or_is_one_of_two(string written, int? status) => Assert.Equal(status,
        Read("--settings", Written("{}"), $"--Ingestion:Push:RefusalHttpStatus={written}").PushRefusalHttpStatus);

    [Fact]
    public void Thumbprints_are_SHA_256_with_any_separators_case_and_openssls_prefix_several_at_once_and_SHA_1_says_how_to_get_it()
    {
        var (one, two) = (new string('a', 64), string.Join(':', Enumerable.Repeat("B2", 32)));
        const string key = "--Ingestion:Push:ClientCertificateThumbprints:";
        var read = Read("--settings", Written("{}"), $"{key}0=\u200E{one}, sha256 Fingerprint={two}", $"{key}1={one.ToUpperInvariant()}");
        Assert.Equal([one.ToUpperInvariant(), string.Concat(Enumerable.Repeat("B2", 32))], read.PushThumbprints);

        var problem = Assert.Throws<ConfigurationProblemException>(
            () => Read("--settings", Written("{}"), $"{key}0={string.Join(' ', Enumerable.Repeat("C3", 20))}"));
        foreach (var text in (string[])["SHA-1", "-sha256", "ClientCertificateThumbprints:0"])
            Assert.Contains(text, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem.Message);
    }
}
