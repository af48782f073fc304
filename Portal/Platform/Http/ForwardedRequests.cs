using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace Portal.Platform.Http;

/// <summary>
/// Takes client address, scheme and host from <c>X-Forwarded-For</c>, <c>-Proto</c> and <c>-Host</c> of trusted proxies
/// (<see cref="TrustedProxies"/>), and ignores them from everybody else.
/// </summary>
public static partial class ForwardedRequests
{
    private static readonly object PeerKey = new();

    /// <summary>Registers the trusted proxies and the public address.</summary>
    /// <exception cref="Portal.Ingestion.Settings.ConfigurationProblemException"><c>Portal:TrustedProxies</c> or <c>Portal:PublicUrl</c> is
    /// wrong.</exception>
    public static IServiceCollection AddTrustedProxies(
        this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        services.AddSingleton(PublicAddress.Read(configuration, environment));
        services.AddSingleton(TrustedProxies.Read(configuration));

        // ASPNETCORE_FORWARDEDHEADERS_ENABLED would add the same middleware in front of this one, trusting everybody.
        services.PostConfigure<ForwardedHeadersOptions>(options => options.ForwardedHeaders = ForwardedHeaders.None);
        return services;
    }

    /// <summary>Adds the middleware. Call before all others.</summary>
    public static WebApplication UseTrustedProxies(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var (proxies, address) = (app.Services.GetRequiredService<TrustedProxies>(), app.Services.GetRequiredService<PublicAddress>());
        if (address.Configured is null && !app.Environment.IsDevelopment()) LogNoAddress(app.Logger, address.Listening);
        app.Use((context, next) =>
        {
            context.Items[PeerKey] = context.Connection.RemoteIpAddress;
            return next(context);
        });

        // Without any known proxy the middleware would trust everybody.
        if (proxies.Networks.Count == 0) return app;
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,

            // Any number of trusted proxies in a row: each entry counts only if the one who added it is trusted.
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in proxies.Networks) options.KnownIPNetworks.Add(network);
        app.UseForwardedHeaders(options);
        app.Use((context, next) =>
        {
            if (proxies.Includes(context.PeerAddress())) address.Forwarded(context.Request.Host);
            return next(context);
        });
        return app;
    }

    /// <summary>
    /// The address at the other end of the connection: a proxy's own, where <c>Connection.RemoteIpAddress</c> is that of its client.
    /// </summary>
    public static IPAddress? PeerAddress(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Items.TryGetValue(PeerKey, out var peer) ? (IPAddress?)peer : context.Connection.RemoteIpAddress;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Portal:PublicUrl er ikke sat: links i mails og dokumenter viser til {Address}, når "
        + "portalen er spurgt på en adresse, den ikke kender")]
    private static partial void LogNoAddress(ILogger logger, Uri address);
}
