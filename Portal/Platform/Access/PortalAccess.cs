using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Settings;
using Portal.Platform.Access.Claims;
using Portal.Platform.Access.Keys;
using Portal.Platform.Access.Limits;
using Portal.Platform.Access.OpenId;
using Portal.Platform.Access.Sessions;

namespace Portal.Platform.Access;

/// <summary>Registers sign-in and rights.</summary>
public static class PortalAccess
{
    private const string Scheme = "Portal";

    /// <summary>
    /// Session and API key behind one scheme, a policy for each right, and <see cref="ICurrentViewer"/>. Needs <see cref="PortalSettings"/>
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
        if (settings.OpenId is { } openId) OpenIdSetup.Add(authentication, openId);
        services.AddAuthorization(AddPolicies);
        return services;
    }

    /// <summary>Adds authentication, the limits of each caller, and authorization.</summary>
    public static WebApplication UsePortalAccess(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
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

    private static void AddSessions(IServiceCollection services)
    {
        services.AddSingleton<OpenSessions>().AddSingleton<SessionStore>()
            .AddSingleton<ISessions>(p => p.GetRequiredService<SessionStore>());
        services.AddHostedService<SessionWatchService>();
        services.AddScoped<SessionAuthentication>().AddScoped<SessionCircuit>()
            .AddScoped<CircuitHandler>(p => p.GetRequiredService<SessionCircuit>());
        services.TryAddSingleton<CprHash>();
        services.AddSingleton<PersonIds>();
    }

    private static void AddPolicies(AuthorizationOptions options)
    {
        foreach (var right in Enum.GetValues<ViewerRights>().Where(r => r != ViewerRights.None))
        {
            options.AddPolicy(right.ToString(), policy => policy
                .RequireAuthenticatedUser()
                .RequireAssertion(context => ViewerClaims.Read(context.User).May(right)));
        }

        // Closed by default: a page or call without a policy requires a signed-in user. /_blazor (the circuits' connection) is left to
        // SessionRequests, since guests of a workshop use it too; each page checks its own policy.
        options.FallbackPolicy = new AuthorizationPolicyBuilder()
            .RequireAssertion(context => context.User.Identity?.IsAuthenticated == true
                || context.Resource is HttpContext { Request.Path: var path } && path.StartsWithSegments("/_blazor"))
            .Build();
    }
}

/// <summary>Authorization policies, one for each right; the policy's name is the right's name.</summary>
public static class PortalPolicies
{
    public const string Messages = nameof(ViewerRights.Messages);
    public const string Cases = nameof(ViewerRights.Cases);
    public const string Counts = nameof(ViewerRights.Counts);
    public const string ExactBytes = nameof(ViewerRights.ExactBytes);
    public const string Quarantine = nameof(ViewerRights.Quarantine);
    public const string Catalogue = nameof(ViewerRights.Catalogue);
    public const string Operate = nameof(ViewerRights.Operate);
    public const string Administer = nameof(ViewerRights.Administer);
    public const string AccessLog = nameof(ViewerRights.AccessLog);
    public const string Events = nameof(ViewerRights.Events);
    public const string EvidenceBytes = nameof(ViewerRights.EvidenceBytes);
    public const string Chains = nameof(ViewerRights.Chains);
    public const string EditChains = nameof(ViewerRights.EditChains);
    public const string SteerBenefits = nameof(ViewerRights.SteerBenefits);
    public const string RegisterLetters = nameof(ViewerRights.RegisterLetters);
    public const string Push = nameof(ViewerRights.Push);
}
