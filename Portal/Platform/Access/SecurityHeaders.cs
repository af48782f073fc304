using Portal.Platform.Access.OpenId;
using Scalar.AspNetCore;

namespace Portal.Platform.Access;

/// <summary>Security headers of every response, errors and files included.</summary>
public static class SecurityHeaders
{
    // Styles may be inline, since MudBlazor positions elements with style attributes. Scripts may not.
    private const string Policy =
        "default-src 'self'; script-src 'self'{0}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
        + "connect-src 'self' ws: wss:; "
        + "frame-ancestors {1}; base-uri 'self'; form-action 'self'{2}; object-src 'none'";

    /// <summary>Item of the request with the origins that may frame its answer.</summary>
    public static readonly object FramedBy = new();

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
        var nonce = context.Items[ScalarOptions.NonceHttpContextItemKey] is string made ? $" 'nonce-{made}'" : "";
        var framedBy = context.Items[FramedBy] as IReadOnlyList<string>;

        // Signing out is a form that leads on to the provider; browsers check each redirect of a form.
        var provider = context.RequestServices.GetService<OpenIdProvider>() is { } known ? " " + string.Join(' ', known.Origins) : "";
        headers.ContentSecurityPolicy = Policy.Replace("{0}", nonce, StringComparison.Ordinal)
            .Replace("{1}", framedBy is null ? "'none'" : string.Join(' ', framedBy), StringComparison.Ordinal)
            .Replace("{2}", provider, StringComparison.Ordinal);
        headers.XContentTypeOptions = "nosniff";
        if (framedBy is null) headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        return Task.CompletedTask;
    }
}
