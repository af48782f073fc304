using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Portal.Platform.Access.Rights;
using Portal.Platform.Access.Sessions;
using Portal.Platform.Ui;

namespace Portal.Platform.Access.OpenId;

/// <summary>Sign-out by the person, and by the provider: from server to server, and in a frame of its page.</summary>
internal static partial class LogoutEndpoints
{
    private const int LongestToken = 16 * 1024;
    private const string Page =
        "<!DOCTYPE html><html lang=\"da\"><meta charset=\"utf-8\"><title>Logget ud</title><p>Logget ud af portalen.</p></html>";

    public static void Map(WebApplication app)
    {
        // Without an antiforgery token: the cookie is not sent from another site's form, so such a form signs nobody out.
        var routes = app.MapWithRights();
        routes.MapPost(PortalUrls.Logout, SignOutAsync).ExcludeFromDescription();
        if (app.Services.GetService<OpenIdProvider>() is null) return;
        routes.MapPost(PortalUrls.Logout + "/backchannel", BackchannelAsync).ExcludeFromDescription();
        routes.MapGet(PortalUrls.Logout + "/frontchannel", FrontchannelAsync).ExcludeFromDescription();
    }

    private static async Task SignOutAsync(HttpContext context, ILogger<OpenIdEvents> log)
    {
        var session = await context.AuthenticateAsync(SessionHandler.SchemeName);
        await context.SignOutAsync(SessionHandler.SchemeName);

        // What the browser kept of the pages: files, and drafts of texts that were not saved.
        context.Response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
        if (session.Principal?.Identity?.AuthenticationType != ViewerClaims.ProviderAuthentication)
        {
            context.Response.Redirect(PortalUrls.Login);
            return;
        }

        var signedOut = OpenIdEvents.NoticeAddress(SignInNotice.SignedOut, null);
        try
        {
            await context.SignOutAsync(
                OpenIdConnectDefaults.AuthenticationScheme, new AuthenticationProperties { RedirectUri = signedOut });
        }
        catch (Exception away) when (away is InvalidOperationException or HttpRequestException or IOException)
        {
            // The session here is over; the provider's own lasts until its limit.
            LogAway(log, away.GetType().Name);
            context.Response.Redirect(signedOut);
        }
    }

    private static async Task<IResult> BackchannelAsync(
        HttpContext context, LogoutTokens tokens, ProviderLogout logout, ILogger<OpenIdEvents> log, CancellationToken cancellationToken)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (!context.Request.HasFormContentType) return Refused("The logout token is missing: send a form with logout_token.");
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var text = form["logout_token"].ToString();
        if (text.Length is 0 or > LongestToken) return Refused("The logout token is missing or too long.");
        LogoutToken? token;
        try
        {
            token = await tokens.ReadAsync(text, cancellationToken);
        }
        catch (Exception away) when (away is InvalidOperationException or HttpRequestException or IOException)
        {
            LogAway(log, away.GetType().Name);
            return Results.Json(
                new { error = "temporarily_unavailable", error_description = "The keys of the provider cannot be fetched. Send it again." },
                statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        if (token is null)
        {
            LogRefused(log, context.Connection.RemoteIpAddress?.ToString() ?? "an unknown address");
            return Refused("The logout token is not valid: type (logout+jwt), signature, issuer, audience, time, events or claims.");
        }

        return await logout.EndAsync(token, cancellationToken) ? Results.Ok() : Refused("The logout token was used before.");
    }

    private static async Task FrontchannelAsync(
        HttpContext context, OpenIdProvider provider, ProviderLogout logout, ILogger<OpenIdEvents> log, string? iss, string? sid)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Items[SecurityHeaders.FramedBy] = provider.Origins;
        string? issuer;
        try
        {
            issuer = (await provider.ReadAsync(context.RequestAborted)).Issuer;
        }
        catch (Exception away) when (away is InvalidOperationException or HttpRequestException or IOException)
        {
            LogAway(log, away.GetType().Name);
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        if (string.IsNullOrEmpty(sid) || iss != issuer)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync(
                "Ingen er logget ud: iss og sid skal være udbyderens. / Nobody is signed out: iss and sid must be the provider's.",
                context.RequestAborted);
            return;
        }

        await logout.EndAsync(sid, context.RequestAborted);
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(Page, context.RequestAborted);
    }

    private static IResult Refused(string why) => Results.Json(
        new { error = "invalid_request", error_description = why }, statusCode: StatusCodes.Status400BadRequest);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A logout token from {Address} was refused, and nobody was signed out: it is not a "
        + "logout token, or not the provider's, or too old")]
    private static partial void LogRefused(ILogger logger, string address);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The sign-in provider cannot be reached for a sign-out ({Kind})")]
    private static partial void LogAway(ILogger logger, string kind);
}
