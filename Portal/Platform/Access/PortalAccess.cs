using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Settings;

namespace Portal.Platform.Access;

/// <summary>Registers sign-in and rights.</summary>
public static class PortalAccess
{
    private const string Scheme = "Portal";

    /// <summary>
    /// Cookie and API key behind one scheme, a policy for each right, and <see cref="ICurrentViewer"/>. Needs <see cref="PortalSettings"/>.
    /// </summary>
    /// <exception cref="ConfigurationProblemException"><c>Auth:*</c> or <c>Api:Keys</c> is invalid.</exception>
    public static IServiceCollection AddPortalAccess(
        this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        services.AddSingleton(AccessSettings.Read(configuration, environment));
        services.AddSingleton<ApiKeyRing>().AddSingleton<RefusedKeys>();

        // ASP.NET would log two lines for each call with a wrong key, neither with the caller's address (RefusedKeys logs it).
        services.AddLogging(logging => logging.AddFilter(typeof(ApiKeyHandler).FullName, LogLevel.Warning));
        services.AddSingleton<PageSignIn>();
        services.AddScoped<ICurrentViewer, CurrentViewer>();
        services.AddAntiforgery(options =>
        {
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Strict;
        });
        services.AddAuthentication(Scheme)
            .AddPolicyScheme(Scheme, null, options => options.ForwardDefaultSelector = context =>
                context.Request.Headers.ContainsKey(ApiKeyHandler.Header)
                    ? ApiKeyHandler.SchemeName
                    : CookieAuthenticationDefaults.AuthenticationScheme)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, null)
            .AddCookie(PageSignIn.Configure);
        services.AddAuthorization(AddPolicies);
        return services;
    }

    /// <summary>Maps the addresses of sign-in and sign-out. Call after authentication and authorization.</summary>
    public static WebApplication MapPortalAccess(this WebApplication app)
    {
        SignInEndpoints.Map(app);
        return app;
    }

    private static void AddPolicies(AuthorizationOptions options)
    {
        foreach (var right in Enum.GetValues<ViewerRights>().Where(r => r != ViewerRights.None))
        {
            options.AddPolicy(right.ToString(), policy => policy
                .RequireAuthenticatedUser()
                .RequireAssertion(context => ViewerClaims.Read(context.User).May(right)));
        }

        // Closed by default: a page or call without a policy requires a signed-in user. /_blazor (the circuits' connection) is open, since
        // guests of a workshop use it too; it serves only pages that were already authorized, and each page checks its own policy.
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
    public const string Quarantine = nameof(ViewerRights.Quarantine);
    public const string Catalogue = nameof(ViewerRights.Catalogue);
    public const string Operate = nameof(ViewerRights.Operate);
    public const string Chains = nameof(ViewerRights.Chains);
    public const string EditChains = nameof(ViewerRights.EditChains);
    public const string SteerBenefits = nameof(ViewerRights.SteerBenefits);
    public const string RegisterLetters = nameof(ViewerRights.RegisterLetters);
    public const string Push = nameof(ViewerRights.Push);
}
