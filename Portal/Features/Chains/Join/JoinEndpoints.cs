using Microsoft.AspNetCore.Antiforgery;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Editing;
using Portal.Ingestion.Domain;
using Portal.Platform.Ui;

namespace Portal.Features.Chains.Join;

/// <summary>Receives a guest's name from a plain form, which works before any script has loaded.</summary>
public static class JoinEndpoints
{
    /// <summary>Maps the form's endpoint. Call after antiforgery.</summary>
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost($"{PortalUrls.Join}/{{code}}/navn", JoinAsync).ExcludeFromDescription();

    private static async Task<IResult> JoinAsync(
        HttpContext context, string code, IAntiforgery antiforgery, ChainSessions sessions, JoinRateLimiter guesses, GuestPass passes)
    {
        var page = PortalUrls.JoinWith(code);
        if (!context.Request.HasFormContentType || !await antiforgery.IsRequestValidAsync(context))
            return Results.LocalRedirect($"{page}?fejl={JoinPage.PageTooOld}");
        // The page itself explains that the code is wrong, or that there were too many wrong ones. A wrong code is counted here too: the
        // answer says whether it is right, and a guesser need not follow the redirect.
        if (!guesses.MayTry(context)) return Results.LocalRedirect(page);
        if (await sessions.OpenForGuestAsync(code, context.RequestAborted) is null)
        {
            guesses.Wrong(context);
            return Results.LocalRedirect(page);
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var name = TextLines.OneLine(ChainRules.Clean(form["name"].ToString()));
        if (name.Length is 0 or > GuestPass.MaxName) return Results.LocalRedirect($"{page}?fejl={JoinPage.NameMissing}");
        // A name is shown to everyone and stored in the log: it must not be a CPR number.
        if (CprNumber.IsIn(name)) return Results.LocalRedirect($"{page}?fejl={JoinPage.NameIsNumber}");
        passes.Give(context, code, name);
        return Results.LocalRedirect(page);
    }
}
