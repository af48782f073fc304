using Microsoft.Extensions.Configuration;
using Npgsql;
using Portal.Hosting;
using Portal.Ingestion.Hosting;
using Portal.Ingestion.Settings;
using StackExchange.Redis;
using Xunit;

namespace Portal.Tests.Ingestion.Hosting;

/// <summary>Connections to other machines are encrypted unless somebody writes otherwise, and then the start says so.</summary>
public sealed class PlainConnectionsTests
{
    private static (PortalSettings Settings, IConfiguration Configuration) Of(params (string Key, string Value)[] pairs)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(pairs.Select(p => KeyValuePair.Create(p.Key, (string?)p.Value))).Build();
        return (SettingsReader.Read(configuration), configuration);
    }

    [Theory]
    [InlineData("Host=db.kommune.dk", SslMode.VerifyFull)]
    [InlineData("Host=localhost,10.1.2.3", SslMode.VerifyFull)]
    [InlineData("Host=db.kommune.dk:5433;SSL Mode=Require", SslMode.Require)]
    [InlineData("Host=db.kommune.dk;SslMode=Disable", SslMode.Disable)]
    [InlineData("Host=localhost", SslMode.Prefer)]
    [InlineData("Host=127.0.0.1:5433", SslMode.Prefer)]
    [InlineData("Host=/var/run/postgresql", SslMode.Prefer)]
    public void A_PostgreSQL_server_elsewhere_is_spoken_to_encrypted_and_verified_unless_a_mode_is_written(string server, SslMode mode)
    {
        var (settings, _) = Of(("Database:Provider", "PostgreSql"), ("Database:ConnectionString", server + ";Database=d"));
        Assert.Equal(mode, new NpgsqlConnectionStringBuilder(settings.ConnectionString).SslMode);
    }

    [Theory]
    [InlineData("redis.kommune.dk:6379,password=x", true)]
    [InlineData("10.1.2.3:6379", true)]
    [InlineData("redis.kommune.dk:6379,ssl=false", false)]
    [InlineData("localhost:6379", false)]
    [InlineData("127.0.0.1:6379,password=x", false)]
    public void Redis_elsewhere_is_spoken_to_encrypted_unless_it_is_written_that_it_is_not(string text, bool encrypted)
    {
        ConfigurationOptions read = RedisSetup.Read(text);
        Assert.Equal(encrypted, read.Ssl);
    }

    [Theory]
    [InlineData("Database:ConnectionString", "Host=db.kommune.dk;Database=d;SSL Mode=Prefer", "Database:Provider", "PostgreSql")]
    [InlineData("Redis:ConnectionString", "redis.kommune.dk:6379,ssl=false")]
    [InlineData("Ingestion:Amqp:Uri", "amqp://b.kommune.dk/", "Ingestion:Amqp:Enabled", "true", "Ingestion:Amqp:Queue", "q")]
    [InlineData("Smtp:Tls", "offered", "Smtp:Host", "mail.kommune.dk")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "http://logs.kommune.dk:4317")]
    [InlineData("Urls", "http://localhost:5080;http://+:80")]
    [InlineData("Urls", "http://10.1.2.3:80")]
    public void What_is_written_to_go_unencrypted_between_machines_is_named(string key, string value, params string[] more)
    {
        var pairs = more.Chunk(2).Select(p => (p[0], p[1])).Append((key, value)).ToArray();
        var (settings, configuration) = Of(pairs);
        Assert.Equal([key], PlainConnections.Find(settings, configuration));
    }

    [Fact]
    public void What_is_encrypted_or_stays_on_the_machine_is_not_named()
    {
        var (settings, configuration) = Of(
            ("Database:Provider", "PostgreSql"), ("Database:ConnectionString", "Host=db.kommune.dk;Database=d"),
            ("Redis:ConnectionString", "redis.kommune.dk:6379"), ("Ingestion:Amqp:Enabled", "true"), ("Ingestion:Amqp:Queue", "q"),
            ("Ingestion:Amqp:Uri", "amqps://broker.kommune.dk/"), ("Smtp:Host", "mail.kommune.dk"), ("Smtp:From", "a@kommune.dk"),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4317"), ("Urls", "http://localhost:5080;https://+:443"));
        Assert.Empty(PlainConnections.Find(settings, configuration));
        var (local, plain) = Of(
            ("Database:Provider", "PostgreSql"), ("Database:ConnectionString", "Host=localhost;Database=d"),
            ("Redis:ConnectionString", "localhost:6379,ssl=false"), ("Ingestion:Amqp:Enabled", "true"), ("Ingestion:Amqp:Queue", "q"),
            ("Ingestion:Amqp:Uri", "amqp://localhost/"), ("Smtp:Host", "localhost"), ("Smtp:Tls", "offered"));
        Assert.Empty(PlainConnections.Find(local, plain));
    }

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("LOCALHOST.", true)]
    [InlineData("[::1]", true)]
    [InlineData("127.8.9.10", true)]
    [InlineData("/run/postgresql", true)]
    [InlineData("localhost.kommune.dk", false)]
    [InlineData("10.0.0.1", false)]
    [InlineData("0.0.0.0", false)]
    public void This_machine_is_told_from_others(string host, bool own) => Assert.Equal(own, OwnMachine.Is(host));
}
