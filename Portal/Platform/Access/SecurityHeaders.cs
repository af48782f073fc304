using Microsoft.AspNetCore.StaticAssets;
using Portal.Platform.Access.OpenId;
using Scalar.AspNetCore;

namespace Portal.Platform.Access;

/// <summary>Security headers of every response, errors and files included.</summary>
public static class SecurityHeaders
{
    // Styles may be inline, since MudBlazor positions elements with style attributes. Scripts run only with the response's nonce, or when
    // such a script loads them.
    private const string Policy =
        "default-src 'self'; script-src {0}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
        + "connect-src 'self'; frame-src 'none'; worker-src 'none'; "
        + "frame-ancestors {1}; base-uri 'self'; form-action 'self'{2}; object-src 'none'";

    // The clipboard for copy buttons, the whole screen for workshops.
    private const string Permissions =
        "accelerometer=(), autoplay=(), camera=(), clipboard-read=(), clipboard-write=(self), display-capture=(), "
        + "encrypted-media=(), fullscreen=(self), geolocation=(), gyroscope=(), hid=(), magnetometer=(), microphone=(), midi=(), "
        + "payment=(), publickey-credentials-get=(), screen-wake-lock=(), serial=(), usb=(), xr-spatial-tracking=()";

    private const string OneYear = "max-age=31536000; includeSubDomains";
    private const string NoStore = "no-store";

    /// <summary>Item of the request with the origins that may frame its answer.</summary>
    public static readonly object FramedBy = new();

    /// <summary>Sets the headers as the response starts, so that later middleware cannot remove them. Call first.</summary>
    public static IApplicationBuilder UsePortalHeaders(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        // In Development https has a certificate of the machine's own, and http on the same host must go on working.
        var strict = !app.Environment.IsDevelopment();
        return app.Use((context, next) =>
        {
            context.Response.OnStarting(() =>
            {
                Set(context, strict);
                return Task.CompletedTask;
            });
            return next(context);
        });
    }

    private static void Set(HttpContext context, bool strict)
    {
        var headers = context.Response.Headers;
        var framedBy = context.Items[FramedBy] as IReadOnlyList<string>;

        // Signing out is a form that leads on to the provider; browsers check each redirect of a form.
        var provider = context.RequestServices.GetService<OpenIdProvider>() is { } known ? " " + string.Join(' ', known.Origins) : "";
        headers.ContentSecurityPolicy = Policy.Replace("{0}", ScriptsOf(context), StringComparison.Ordinal)
            .Replace("{1}", framedBy is null ? "'none'" : string.Join(' ', framedBy), StringComparison.Ordinal)
            .Replace("{2}", provider, StringComparison.Ordinal);
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = Permissions;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (framedBy is null)
        {
            headers.XFrameOptions = "DENY";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
        }

        if (strict && context.Request.IsHttps) headers.StrictTransportSecurity = OneYear;
        if (MayBePersonal(context) && !headers.CacheControl.ToString().Contains(NoStore, StringComparison.Ordinal))
            headers.CacheControl = NoStore;
    }

    // A page names its scripts' nonce (ScriptNonce). The API reference (Scalar) makes its own, and loads its other scripts from here.
    private static string ScriptsOf(HttpContext context)
    {
        if (context.Items[ScalarOptions.NonceHttpContextItemKey] is string reference) return $"'self' 'nonce-{reference}'";
        return ScriptNonce.Find(context) is { } nonce ? $"'nonce-{nonce}' 'strict-dynamic'" : "'none'";
    }

    // The portal's own files and what an endpoint has said may be kept are not about anybody; every page is.
    private static bool MayBePersonal(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is null
        && (context.Response.Headers.CacheControl.Count == 0
            || context.Response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true);
}
