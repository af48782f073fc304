using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Portal.Ingestion.Hosting;
using Portal.Ingestion.Settings;
using Xunit;

namespace Portal.Tests.Ingestion.Hosting;

/// <summary>An unknown key stops the start, and the error suggests the nearest known one.</summary>
public sealed partial class KeyCheckTests
{
    private static IConfigurationRoot Of(params (string Key, string? Value)[] keys) =>
        new ConfigurationBuilder().AddInMemoryCollection(keys.Select(k => KeyValuePair.Create(k.Key, k.Value))).Build();

    [Theory]
    [InlineData("Ingestoin:Amqp:Enabled", "mente du Ingestion?")]
    [InlineData("Ingestion:Amqp:Enable", "mente du Ingestion:Amqp:Enabled?")]
    [InlineData("Ingestion:Ampq:Enabled", "mente du Ingestion:Amqp:Enabled?")]
    [InlineData("database:ConectionString", "mente du Database:ConnectionString?")]
    [InlineData("Api:Keys:0:Scope:0", "mente du Api:Keys:0:Scopes:0?")]
    [InlineData("Api:Keys:3:Cpr", "mente du Api:Keys:3:Cvr?")]
    [InlineData("Municipality:Navn", "under Municipality findes Cvr")]
    [InlineData("Ledger:Key", "under Ledger findes CheckpointPath, KeyPath, Origin, TimestampUri")]
    [InlineData("Smtp:Sender", "under Smtp findes")]
    [InlineData("Retention:EvidenceYears:0", "")]
    [InlineData("Redis", "skriv fx Redis:ConnectionString")]
    [InlineData("Ingestion:Push:ClientCertificateThumbprints", "skriv fx Ingestion:Push:ClientCertificateThumbprints:0")]
    [InlineData("Logging:LogLevel:Default", "Information")]
    public void A_key_that_is_not_known_is_refused_in_one_line_with_what_was_meant(string key, string meant)
    {
        var problem = Assert.Throws<ConfigurationProblemException>(() => KeyCheck.Refuse(Of((key, "vrøvl"))));
        Assert.Contains(key, problem.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(meant, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem.Message);
    }

    [Theory]
    [InlineData("Auth:RoleMap:http://sts.kommune.dk/roller/leder")]
    [InlineData("Evidence:ExtraClosedDays:huslejenaevn:0")]
    [InlineData("Events:Webhooks:0:Types:1")]
    [InlineData("Api:Keys:12:ValidTo")]
    [InlineData("ingestion:push:enabled")]
    [InlineData("Municipality:Cvr:0")]
    [InlineData("Ingestion://")]
    [InlineData("Kestrel:Endpoints:Tls:Url")]
    [InlineData("SOMETHING:Else")]
    public void Known_keys_and_other_programs_keys_are_accepted(string key) => KeyCheck.Refuse(Of((key, "x")));

    [Fact]
    public void A_known_key_without_effect_is_reported_when_it_is_set()
    {
        var keys = KeyCheck.WithoutEffect(Of(("Events:Webhooks:0:Url", "https://x"), ("Events:Exchange", ""),
            ("Events:Webhooks:0:Name", "fagsystem"), ("Api:Keys:0:Key", "k")));
        Assert.Equal(["Events:Webhooks:0:Name", "Events:Webhooks:0:Url"], keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("--url http://x", "--Urls")]
    [InlineData("start", "start")]
    [InlineData("-v", "-v")]
    [InlineData("--Databse:Provider=Sqlite", "mente du --Database:Provider? Brug")]
    [InlineData("--Demo:Enabled", "mangler en værdi")]
    [InlineData("--Demo:Enabled --urls", "mangler en værdi")]
    public void An_argument_that_would_be_ignored_is_refused(string line, string text) =>
        Assert.Contains(text, Assert.Throws<ConfigurationProblemException>(() => KeyCheck.RefuseArguments(line.Split(' '))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Known_arguments_are_accepted() =>
        KeyCheck.RefuseArguments(["--urls", "http://x", "--environment=Production", "/Demo:Enabled=true", "Demo:Enabled=false",
            "--settings", "/etc/x.json", "--OTEL_EXPORTER_OTLP_ENDPOINT=http://y"]);

    [Fact]
    public void Every_key_that_the_code_reads_and_every_shipped_key_is_known()
    {
        var keys = new[] { "Portal", "Portal.Ingestion" }
            .SelectMany(p => Directory.EnumerateFiles(Path.Combine(ConfigurationFile.Root, p), "*.cs", SearchOption.AllDirectories))
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("Migrations", StringComparison.Ordinal)
                && !f.EndsWith("KnownKeys.cs", StringComparison.Ordinal))
            .SelectMany(f => Literal().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value)).Distinct()
            .Where(k => KnownKeys.Sections.Contains(k.Split(':')[0])).ToList();
        Assert.True(keys.Count > 20, $"only {keys.Count} keys were found in the code");
        KeyCheck.Refuse(Of([.. keys.Select(k => (k, (string?)""))]));
        Assert.DoesNotContain(keys, k => KnownKeys.NotBuilt.Contains(k));
        KeyCheck.Refuse(new ConfigurationBuilder().AddJsonFile(Path.Combine(ConfigurationFile.Root, ConfigurationFile.Name)).Build());
    }

    [GeneratedRegex("\"([A-Z][A-Za-z]+(?::[A-Z][A-Za-z]+)+)\"")]
    private static partial Regex Literal();
}
