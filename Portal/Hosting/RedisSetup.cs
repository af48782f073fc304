using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.StackExchangeRedis;
using Portal.Features.Chains.Editing;
using Portal.Features.Messages.Api;
using Portal.Features.Operations.Api;
using Portal.Ingestion.Settings;
using Portal.Platform.Access.Keys;
using StackExchange.Redis;

namespace Portal.Hosting;

/// <summary>
/// Registers what portal nodes share through Redis (<c>Redis:ConnectionString</c>): the data-protection keys of the sign-in cookie, the
/// SignalR backplane of the message hub, and the participants of each chain.
/// </summary>
public static class RedisSetup
{
    private const string Key = "Redis:ConnectionString";
    private const string Application = SignInKeys.Application;

    /// <summary>Does nothing when the key is empty.</summary>
    /// <exception cref="ConfigurationProblemException">The key is not a Redis connection string.</exception>
    public static IServiceCollection AddRedis(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var text = configuration[Key];
        if (string.IsNullOrWhiteSpace(text)) return services;
        var options = Read(text.Trim());
        var connection = new Lazy<IConnectionMultiplexer>(() => ConnectionMultiplexer.Connect(options));
        var keys = new SharedKeys(() => connection.Value.GetDatabase(), Application + ":keys");
        services.AddDataProtection().SetApplicationName(Application).AddKeyManagementOptions(management => management.XmlRepository = keys);

        // An outage of Redis is logged by the hub in one line and shown on the Drift page; ASP.NET Core would log a stack trace at each
        // attempt to read the keys.
        services.AddLogging(logging => logging
            .AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.KeyRingProvider", LogLevel.Critical)
            .AddFilter("Microsoft.AspNetCore.DataProtection.Internal.DataProtectionHostedService", LogLevel.Critical));
        services.AddSingleton(keys).AddHostedService<SharedKeysRefreshService>();

        // Only for this hub: a page's circuit stays on its node and must survive an outage of Redis.
        services.Configure<RedisOptions>(redis => redis.ConnectionFactory = _ => Task.FromResult(connection.Value));
        return services.AddSingleton(_ => connection.Value).AddSingleton<IReadinessNote, RedisNote>()
            .AddSingleton<HubLifetimeManager<MessageHub>, RedisHubLifetimeManager<MessageHub>>()
            .AddSingleton<IChainBackplane, RedisChainBackplane>();
    }

    // The message never contains the value: it may contain a password.
    internal static ConfigurationOptions Read(string text)
    {
        try
        {
            var options = ConfigurationOptions.Parse(text);
            if (options.EndPoints.Count == 0 || !options.EndPoints.All(IsReachable)) throw new ArgumentException("No endpoint.");

            // Reconnect after an outage, also one at the start.
            options.AbortOnConnectFail = false;
            options.ClientName ??= Application;
            options.SslProtocols = TlsVersions.Allowed;
            if (!text.Contains("ssl=", StringComparison.OrdinalIgnoreCase) && !options.EndPoints.All(IsHere)) options.Ssl = true;
            return options;
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException)
        {
            throw new ConfigurationProblemException(Key, "skal have formen »vært:6379« eller »vært:6379,password=kode,ssl=true«.");
        }
    }

    private static bool IsHere(EndPoint endPoint) => endPoint switch
    {
        DnsEndPoint name => OwnMachine.Is(name.Host),
        IPEndPoint address => IPAddress.IsLoopback(address.Address),
        _ => true,
    };

    private static bool IsReachable(EndPoint endPoint) => endPoint switch
    {
        DnsEndPoint name => Uri.CheckHostName(name.Host) != UriHostNameType.Unknown && name.Port is >= 0 and <= ushort.MaxValue,
        IPEndPoint or UnixDomainSocketEndPoint => true,
        _ => false,
    };
}

/// <summary>Reports when Redis cannot be reached.</summary>
internal sealed class RedisNote(IConnectionMultiplexer redis) : IReadinessNote
{
    /// <inheritdoc />
    public string? Now => redis.IsConnected
        ? null
        : "Redis svarer ikke. Siderne virker som før; men en ny log-ind gælder måske kun den portal, den er sket på, "
            + "og redaktører af en kæde på hver sin portal ser ikke, at de er der. Det går over af sig selv, når Redis svarer igen.";
}
