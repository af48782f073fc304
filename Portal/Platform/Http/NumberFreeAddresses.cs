using Portal.Ingestion.Domain;
using Portal.Platform.Ui;

namespace Portal.Platform.Http;

/// <summary>
/// Leads a page whose address holds a person number, which somebody typed or followed there, to the same address with the number masked
/// (DOMAIN §4: no number enters an address). Otherwise it would stand in the browser's history, in the page's own links, and in the address
/// that the sign-in returns to. Calls of programs answer for themselves, and a sign-in provider's answer is not the portal's to change.
/// </summary>
public static class NumberFreeAddresses
{
    private const string Html = "text/html";

    private static readonly PathString[] Providers = ["/signin-oidc", "/signout-callback-oidc", "/logout/frontchannel"];

    /// <summary>Adds the middleware. Call after the headers are added and before everything that reads the address.</summary>
    public static WebApplication UseNumberFreeAddresses(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            if (Masked(context.Request) is not { } masked) return next(context);
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Redirect(masked);
            return Task.CompletedTask;
        });
        return app;
    }

    /// <summary>The address with its numbers masked; null when the request may go on.</summary>
    internal static string? Masked(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!HttpMethods.IsGet(request.Method) || !request.Headers.Accept.ToString().Contains(Html, StringComparison.OrdinalIgnoreCase)
            || InterfacePaths.Includes(request.Path) || Array.Exists(Providers, path => request.Path.StartsWithSegments(path)))
        {
            return null;
        }

        var address = $"{request.PathBase.ToUriComponent()}{request.Path.ToUriComponent()}{request.QueryString.ToUriComponent()}";
        if (!CprNumber.IsIn(address)) return null;

        // A path of this site only: "//" at the start would lead to another.
        var masked = LocalPath.Of(CprNumber.MaskIn(address));
        return CprNumber.IsIn(masked) ? PortalUrls.Overview : masked;
    }
}
