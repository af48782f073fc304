using System.Data.Common;
using Microsoft.Extensions.Configuration;
using Npgsql;
using Portal.Ingestion.Operations;
using Portal.Ingestion.Settings;

namespace Portal.Ingestion.Hosting;

/// <summary>
/// Finds connections to and from other machines that are written to be unencrypted, or may become so. Where nothing is written, the
/// programs encrypt: PostgreSQL with a verified certificate, Redis and mail with TLS.
/// </summary>
internal static class PlainConnections
{
    private static readonly string[] SslModeNames = ["SSL Mode", "SslMode"];

    /// <summary>
    /// The connection string with <c>SSL Mode=VerifyFull</c>, when it names no mode and the server is another machine: Npgsql's own default
    /// goes on unencrypted when the server, or somebody between, says that it cannot encrypt.
    /// </summary>
    public static NpgsqlConnectionStringBuilder Encrypted(NpgsqlConnectionStringBuilder server)
    {
        ArgumentNullException.ThrowIfNull(server);
        var written = new DbConnectionStringBuilder { ConnectionString = server.ConnectionString };
        if (!Array.Exists(SslModeNames, written.ContainsKey) && !IsHere(server)) server.SslMode = SslMode.VerifyFull;
        return server;
    }

    /// <summary>The keys of such connections.</summary>
    public static IEnumerable<string> Find(PortalSettings settings, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(configuration);
        if (settings.Provider == DatabaseProvider.PostgreSql && MayBePlain(new NpgsqlConnectionStringBuilder(settings.ConnectionString)))
            yield return "Database:ConnectionString";
        if (IsPlainRedis(configuration["Redis:ConnectionString"] ?? "")) yield return "Redis:ConnectionString";
        if (settings.Amqp is { Uri: { Scheme: "amqp" } broker } && !OwnMachine.Is(broker.Host)) yield return "Ingestion:Amqp:Uri";
        if (configuration["Smtp:Tls"] is { } tls && tls.Trim().Equals("offered", StringComparison.OrdinalIgnoreCase)
            && !OwnMachine.Is(configuration["Smtp:Host"]))
            yield return "Smtp:Tls";
        if (IsPlainHttp(configuration[TelemetryServices.EndpointKey] ?? "")) yield return TelemetryServices.EndpointKey;
        if ((configuration["Urls"] ?? "").Split(';', StringSplitOptions.TrimEntries).Any(IsPlainHttp)) yield return "Urls";
    }

    private static bool IsHere(NpgsqlConnectionStringBuilder server) =>
        (server.Host ?? "").Split(',', StringSplitOptions.TrimEntries).All(h => OwnMachine.Is(h.Split(':')[0]));

    private static bool MayBePlain(NpgsqlConnectionStringBuilder server) =>
        server.SslMode is SslMode.Disable or SslMode.Allow or SslMode.Prefer && !IsHere(server);

    private static bool IsPlainRedis(string text)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return parts.Contains("ssl=false", StringComparer.OrdinalIgnoreCase)
            && parts.Any(p => !p.Contains('=', StringComparison.Ordinal) && !OwnMachine.Is(p.Split(':')[0]));
    }

    // Kestrel's http://+:80 and http://*:80 are no URIs, and listen to all.
    private static bool IsPlainHttp(string address) =>
        address.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
        && !(Uri.TryCreate(address, UriKind.Absolute, out var uri) && OwnMachine.Is(uri.Host));
}
