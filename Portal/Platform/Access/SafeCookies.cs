using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.Primitives;

namespace Portal.Platform.Access;

/// <summary>
/// On https, gives the portal's cookies the prefix <c>__Host-</c> (<c>__Secure-</c> for one of a narrower path), and takes
/// them with it only, so that nobody who controls a neighbouring site or plain http can set them. The rest of the program knows the plain
/// names, which also stand on http.
/// </summary>
public static class SafeCookies
{
    /// <summary>The antiforgery cookie's plain name.</summary>
    public const string Antiforgery = "portal-form";

    private const string Host = "__Host-";
    private const string Secure = "__Secure-";
    private static readonly string[] Names =
        [Sessions.SessionHandler.Cookie, Antiforgery, "deltag", CookieRequestCultureProvider.DefaultCookieName];
    private static readonly string[] Beginnings = [".AspNetCore.Correlation.", ".AspNetCore.OpenIdConnect.Nonce."];

    /// <summary>Adds the middleware. Call before anything reads a cookie.</summary>
    public static IApplicationBuilder UseSafeCookies(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (!context.Request.IsHttps) return next(context);
        if (context.Request.Headers.Cookie.Count > 0) context.Request.Headers.Cookie = Taken(context.Request.Headers.Cookie);
        context.Response.OnStarting(Prefix, context);
        return next(context);
    });

    private static StringValues Taken(StringValues cookies) => string.Join("; ", cookies
        .SelectMany(line => (line ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        .Where(pair => !IsOurs(pair))
        .Select(pair => Without(pair, Host) ?? Without(pair, Secure) ?? pair));

    private static string? Without(string pair, string prefix) =>
        pair.StartsWith(prefix, StringComparison.Ordinal) && IsOurs(pair[prefix.Length..]) ? pair[prefix.Length..] : null;

    private static Task Prefix(object state)
    {
        var headers = ((HttpContext)state).Response.Headers;
        if (headers.SetCookie.Count > 0) headers.SetCookie = new StringValues([.. headers.SetCookie.Select(c => Prefixed(c ?? ""))]);
        return Task.CompletedTask;
    }

    private static string Prefixed(string cookie)
    {
        if (!IsOurs(cookie)) return cookie;
        var parts = cookie.Split(';', StringSplitOptions.TrimEntries);
        var secured = parts.Contains("secure", StringComparer.OrdinalIgnoreCase) ? cookie : $"{cookie}; secure";
        return (parts.Contains("path=/", StringComparer.OrdinalIgnoreCase) ? Host : Secure) + secured;
    }

    private static bool IsOurs(string pair)
    {
        var name = pair.Split('=')[0];
        return Names.Contains(name) || Array.Exists(Beginnings, b => name.StartsWith(b, StringComparison.Ordinal));
    }
}
