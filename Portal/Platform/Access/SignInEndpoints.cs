using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Portal.Ingestion.Settings;
using Portal.Platform.Access.Limits;
using Portal.Platform.Access.OpenId;
using Portal.Platform.Access.Rights;
using Portal.Platform.Access.Sessions;
using Portal.Platform.Http.Problems;
using Portal.Platform.Ui;

namespace Portal.Platform.Access;

/// <summary>Signing in: straight on to the provider, or as a persona by a plain form, which works without script.</summary>
internal static partial class SignInEndpoints
{
    public static void Map(WebApplication app)
    {
        var routes = app.MapWithRights();
        routes.MapPost("/login/persona", SignInAsync).ExcludeFromDescription();
        routes.MapPost(SessionRequests.InUse, () => Results.NoContent()).ExcludeFromDescription();
        if (app.Services.GetService<OpenIdProvider>() is null) return;

        // Not an endpoint, since the sign-in page has the same address: it is shown when there is something to say.
        app.Use((context, next) => LeadsOn(context.Request) ? LeadOnAsync(context) : next(context));
    }

    private static bool LeadsOn(HttpRequest request) => (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && request.Path.Equals(PortalUrls.Login, StringComparison.OrdinalIgnoreCase)
        && SignInNotices.FromWire(request.Query[SignInNotices.Query].ToString()) is null && IsAskedFor(request);

    // A provider that knows the person answers without asking, so that going on begins a session. It takes a person who opens the page or
    // follows a link: another site's script that leads a browser here gets the sign-in page and its button. Browsers tell them apart.
    private static bool IsAskedFor(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].ToString() is not ("cross-site" or "same-site")
        || (request.Headers["Sec-Fetch-User"] == "?1" && request.Headers["Sec-Fetch-Dest"] == "document");

    private static async Task LeadOnAsync(HttpContext context)
    {
        var wanted = LocalPath.AfterSignIn(context.Request.Query["returnUrl"].ToString());
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            var asked = new OpenIdConnectChallengeProperties { RedirectUri = wanted };
            if (context.Request.Query.ContainsKey(PortalUrls.Again)) (asked.Prompt, asked.MaxAge) = ("login", TimeSpan.Zero);
            await context.ChallengeAsync(OpenIdConnectDefaults.AuthenticationScheme, asked);
        }
        catch (Exception away) when (away is InvalidOperationException or HttpRequestException or IOException
            || OpenIdEvents.NoticeOf(away) == SignInNotice.Provider)
        {
            LogAway(context.RequestServices.GetRequiredService<ILogger<OpenIdEvents>>(), away.GetType().Name);
            context.Response.Redirect(OpenIdEvents.NoticeAddress(SignInNotice.Provider, wanted));
        }
    }

    private static async Task SignInAsync(HttpContext context, AccessSettings access, PortalSettings settings, IAntiforgery antiforgery,
        SignInAttempts attempts)
    {
        if (access.Mode != SignInMode.Development)
        {
            await PortalProblems.NotFound(context);
            return;
        }

        if (!context.Request.HasFormContentType || !await antiforgery.IsRequestValidAsync(context))
        {
            attempts.Wrong(context);
            await PortalProblems.Write(context, StatusCodes.Status400BadRequest, "Siden var for gammel",
                "Du er ikke logget ind. Hent loginsiden igen, og vælg en person.");
            return;
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var persona = Persona.All.FirstOrDefault(p => p.Role == form["persona"].ToString());
        if (persona is null)
        {
            attempts.Wrong(context);
            await PortalProblems.Write(context, StatusCodes.Status400BadRequest, "Ukendt person",
                "Du er ikke logget ind. Vælg en af personerne på loginsiden.", "persona");
            return;
        }

        await context.SignInAsync(SessionHandler.SchemeName, ViewerClaims.Of(persona, settings.Cvr[0]));
        context.Response.Redirect(LocalPath.AfterSignIn(form["returnUrl"].ToString()));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The sign-in provider cannot be reached for a sign-in ({Kind})")]
    private static partial void LogAway(ILogger logger, string kind);
}
