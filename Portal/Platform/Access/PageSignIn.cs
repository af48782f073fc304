using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Portal.Ingestion.Domain;
using Portal.Platform.Http;
using Portal.Platform.Http.Problems;
using Portal.Platform.Ui;

namespace Portal.Platform.Access;

/// <summary>Events of the sign-in cookie: redirects pages to the sign-in page, and answers programs with 401 or 403 instead.</summary>
internal sealed partial class PageSignIn(
    AccessSettings settings, IEnumerable<ISignInHandler> witnesses, ILogger<PageSignIn> log) : CookieAuthenticationEvents
{
    public static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "portal";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = TimeSpan.FromHours(12);
        options.SlidingExpiration = true;
        options.LoginPath = PortalUrls.Login;
        options.ReturnUrlParameter = "returnUrl";
        options.EventsType = typeof(PageSignIn);
    }

    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (InterfacePaths.Includes(context.Request.Path)) return PortalProblems.NotSignedIn(context.HttpContext);
        // Only a GET can be repeated after sign-in.
        var wanted = HttpMethods.IsGet(context.Request.Method)
            ? $"?returnUrl={Uri.EscapeDataString($"{context.Request.PathBase}{context.Request.Path}{context.Request.QueryString}")}"
            : "";
        context.Response.Redirect(PortalUrls.Login + wanted);
        return Task.CompletedTask;
    }

    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (InterfacePaths.Includes(context.Request.Path)) return PortalProblems.NotAllowed(context.HttpContext);
        // No redirect: the address stays as requested, and the shell renders a page for the status.
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    public override async Task SignedIn(CookieSignedInContext context)
    {
        var viewer = ViewerClaims.Read(context.Principal);
        foreach (var witness in witnesses)
        {
            try
            {
                await witness.SignedInAsync(viewer, context.HttpContext.RequestAborted);
            }
            catch (Exception error)
            {
                LogNotNotified(log, witness.GetType().Name, error);
            }
        }
    }

    /// <summary>
    /// Rejects a persona's cookie where <c>Auth:Mode</c> forbids personas, even when it was protected with the same data-protection keys.
    /// </summary>
    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        if (context.Principal?.Identity?.AuthenticationType != ViewerClaims.PersonaAuthentication
            || settings.Mode == SignInMode.Development)
        {
            return;
        }
        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Witness} could not be told of a sign-in, which stands")]
    private static partial void LogNotNotified(ILogger logger, string witness, Exception error);
}

/// <summary>Called for every person who signs in.</summary>
public interface ISignInHandler
{
    /// <summary>The viewer has signed in. An exception is logged and does not stop the sign-in.</summary>
    Task SignedInAsync(Viewer viewer, CancellationToken cancellationToken);
}

/// <summary>A person to sign in as in Development. All belong to the first own authority.</summary>
/// <param name="Role">One of <see cref="PortalRoles"/>.</param>
/// <param name="Name">First name and role, which shows what the persona may do.</param>
/// <param name="TypeGrants">Confidential message types, or <c>*</c>.</param>
public sealed record Persona(string Role, string Name, IReadOnlyList<string> TypeGrants)
{
    /// <summary>One persona for each role.</summary>
    public static IReadOnlyList<Persona> All { get; } =
    [
        new(PortalRoles.Facilitator, "Freja Facilitator", []),
        new(PortalRoles.Caseworker, "Sofie Sagsbehandler", []),
        new(PortalRoles.Manager, "Mette Leder", []),
        new(PortalRoles.Administrator, "Anders Administrator", ["*"]),
    ];
}
