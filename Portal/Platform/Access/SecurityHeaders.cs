using Scalar.AspNetCore;

namespace Portal.Platform.Access;

/// <summary>Security headers of every response, errors and files included.</summary>
public static class SecurityHeaders
{
    // Styles may be inline, since MudBlazor positions elements with style attributes. Scripts may not.
    private const string Policy =
        "default-src 'self'; script-src 'self'{0}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
        + "connect-src 'self' ws: wss:; "
        + "frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'";

    private static readonly string Standard = Policy.Replace("{0}", "", StringComparison.Ordinal);

    /// <summary>Sets the headers as the response starts, so that later middleware cannot remove them. Call first.</summary>
    public static IApplicationBuilder UsePortalHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(Set, context);
        return next(context);
    });

    private static Task Set(object state)
    {
        var context = (HttpContext)state;
        var headers = context.Response.Headers;
        // The API reference page (Scalar) has one inline script, with a nonce made for this response.
        headers.ContentSecurityPolicy = context.Items[ScalarOptions.NonceHttpContextItemKey] is string nonce
            ? Policy.Replace("{0}", $" 'nonce-{nonce}'", StringComparison.Ordinal)
            : Standard;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        return Task.CompletedTask;
    }
}
