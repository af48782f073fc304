using Microsoft.AspNetCore.Antiforgery;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Editing;
using Portal.Ingestion.Domain;
using Portal.Platform.Ui;

namespace Portal.Features.Chains.Join;

/// <summary>Takes a guest's name: a plain form that works before any script has loaded.</summary>
public static class JoinEndpoints
{
    /// <summary>Maps the form's address. Call after antiforgery.</summary>
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost($"{PortalUrls.Join}/{{code}}/navn", JoinAsync).AllowAnonymous().ExcludeFromDescription();

    private static async Task<IResult> JoinAsync(
        HttpContext context, string code, IAntiforgery antiforgery, ChainSessions sessions, JoinRateLimiter guesses, GuestPass passes)
    {
        var page = PortalUrls.JoinWith(code);
        if (!context.Request.HasFormContentType || !await antiforgery.IsRequestValidAsync(context))
            return Results.LocalRedirect($"{page}?fejl={JoinPage.PageTooOld}");
        // The page itself says kindly that the code is wrong, or that too many were.
        if (!guesses.MayTry(context)) return Results.LocalRedirect(page);
        if (await sessions.OpenForGuestAsync(code, context.RequestAborted) is null) return Results.LocalRedirect(page);
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var name = TextLines.OneLine(ChainRules.Clean(form["name"].ToString()));
        if (name.Length is 0 or > GuestPass.MaxName) return Results.LocalRedirect($"{page}?fejl={JoinPage.NameMissing}");
        // A name goes to everyone's screen and into the history; it is never a number.
        if (CprNumber.IsIn(name)) return Results.LocalRedirect($"{page}?fejl={JoinPage.NameIsNumber}");
        passes.Give(context, code, name);
        return Results.LocalRedirect(page);
    }
}
