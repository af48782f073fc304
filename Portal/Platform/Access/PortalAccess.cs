using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Settings;
using Portal.Platform.Access.Claims;
using Portal.Platform.Access.Keys;
using Portal.Platform.Access.Limits;
using Portal.Platform.Access.OpenId;
using Portal.Platform.Access.Rights;
using Portal.Platform.Access.Sessions;

namespace Portal.Platform.Access;

/// <summary>Registers sign-in and rights.</summary>
public static partial class PortalAccess
{
    private const string Scheme = "Portal";

    /// <summary>
    /// Session and API key behind one scheme, and <see cref="ICurrentViewer"/>. Needs <see cref="PortalSettings"/>
    /// and the portal's storage.
    /// </summary>
    /// <exception cref="ConfigurationProblemException"><c>Auth:*</c> or <c>Api:Keys</c> is invalid.</exception>
    public static IServiceCollection AddPortalAccess(
        this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        var settings = AccessSettings.Read(configuration, environment);
        services.AddSingleton(settings);
        services.AddSingleton<ApiKeyRing>().AddSingleton<ApiKeyUse>().AddSingleton<RefusedKeys>()
            .AddSingleton<IApiKeyList, ApiKeyList>().AddHostedService<ApiKeyUseService>();

        // ASP.NET would log two lines for each call with a wrong key, neither with the caller's address (RefusedKeys logs it).
        services.AddLogging(logging => logging.AddFilter(typeof(ApiKeyHandler).FullName, LogLevel.Warning));
        services.AddScoped<ICurrentViewer, CurrentViewer>();
        AddSessions(services);
        services.AddRequestLimits(environment);
        services.AddSignInKeys();
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = SafeCookies.Antiforgery;
            options.Cookie.Path = "/";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        var authentication = services.AddAuthentication(Scheme)
            .AddPolicyScheme(Scheme, null, options => options.ForwardDefaultSelector = context =>
                context.Request.Headers.ContainsKey(ApiKeyHandler.Header)
                    ? ApiKeyHandler.SchemeName
                    : SessionHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, null)
            .AddScheme<AuthenticationSchemeOptions, SessionHandler>(SessionHandler.SchemeName, null);
        if (settings.OpenId is { } openId) OpenIdSetup.Add(authentication, openId, settings.Limits);

        // The framework writes a line for each request without a session, of which anybody can send as many as they like.
        services.AddLogging(logging => logging.AddFilter(typeof(SessionHandler).FullName, LogLevel.Warning)
            .AddFilter(typeof(ApiKeyHandler).FullName, LogLevel.Warning));
        services.AddAuthorization(AddFallback);
        services.AddSingleton<HubRights>();
        services.Configure<HubOptions>(options => options.AddFilter<HubRights>());
        return services;
    }

    /// <summary>Adds authentication, the limits of each caller, and authorization.</summary>
    public static WebApplication UsePortalAccess(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        if (!app.Environment.IsDevelopment() && app.Services.GetRequiredService<AccessSettings>().OpenId is { MinimumLevel: null })
            LogNoLevel(app.Logger);
        SignInAttempts.Use(app);
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseMiddleware<OriginCheck>();
        app.UseAuthorization();
        return app;
    }

    /// <summary>Maps the addresses of sign-in and sign-out. Call after authentication and authorization.</summary>
    public static WebApplication MapPortalAccess(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseSessionRequests();
        app.UseKeyPeriods();
        SignInEndpoints.Map(app);
        LogoutEndpoints.Map(app);
        return app;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Auth:MinimumLevel is empty: how safely people prove who they are (a password "
        + "alone, or two factors) is left to the sign-in provider, and not checked here")]
    private static partial void LogNoLevel(ILogger logger);

    private static void AddSessions(IServiceCollection services)
    {
        services.AddSingleton<OpenSessions>().AddSingleton<SessionStore>()
            .AddSingleton<ISessions>(p => p.GetRequiredService<SessionStore>());
        services.AddHostedService<SessionExpiryService>();
        services.AddScoped<SessionAuthentication>().AddScoped<SessionCircuit>()
            .AddScoped<CircuitHandler>(p => p.GetRequiredService<SessionCircuit>());
        services.TryAddSingleton<CprHash>();
        services.AddSingleton<PersonIds>();
    }

    // Routes have their policies from RightsTable; a route or an address without one requires a signed-in user.
    private static void AddFallback(AuthorizationOptions options) =>
        options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
}
