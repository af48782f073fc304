using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Portal.Ingestion.Settings;
using Portal.Platform.Http.Problems;
using Portal.Platform.Ui;

namespace Portal.Platform.Access;

/// <summary>Signing in as a persona, and signing out. Plain forms, which work without script.</summary>
internal static class SignInEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/login/persona", SignInAsync).AllowAnonymous().ExcludeFromDescription();
        // GET as well, so that sign-out can be a link. Without an antiforgery token: signing someone else out gains an attacker nothing.
        routes.MapMethods(PortalUrls.Logout, [HttpMethods.Get, HttpMethods.Post], SignOutAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task SignInAsync(HttpContext context, AccessSettings access, PortalSettings settings, IAntiforgery antiforgery)
    {
        if (access.Mode != SignInMode.Development)
        {
            await PortalProblems.NotFound(context);
            return;
        }

        if (!context.Request.HasFormContentType || !await antiforgery.IsRequestValidAsync(context))
        {
            await PortalProblems.Write(context, StatusCodes.Status400BadRequest, "Siden var for gammel",
                "Du er ikke logget ind. Hent loginsiden igen, og vælg en person.");
            return;
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var persona = Persona.All.FirstOrDefault(p => p.Role == form["persona"].ToString());
        if (persona is null)
        {
            await PortalProblems.Write(context, StatusCodes.Status400BadRequest, "Ukendt person",
                "Du er ikke logget ind. Vælg en af personerne på loginsiden.", "persona");
            return;
        }

        await context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, ViewerClaims.Of(persona, settings.Cvr[0]));
        context.Response.Redirect(LocalPath.Of(form["returnUrl"].ToString()));
    }

    private static async Task SignOutAsync(HttpContext context)
    {
        await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Redirect(PortalUrls.Login);
    }
}
