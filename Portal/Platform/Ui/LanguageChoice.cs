using System.Globalization;
using Microsoft.AspNetCore.Localization;

namespace Portal.Platform.Ui;

/// <summary>
/// The language of the pages: Danish unless the person chose English. A caseworker's browser is often in English although the work is in
/// Danish, so <c>Accept-Language</c> only makes the sign-in page offer English (<see cref="PrefersEnglish"/>).
/// </summary>
public static class LanguageChoice
{
    /// <summary>The form's address: <c>kultur</c> (<c>da</c> or <c>en</c>) and <c>returnUrl</c>, the page to return to.</summary>
    public const string Path = "/sprog";

    private static readonly string[] Known = ["da", "en"];

    /// <summary>The languages; the first is the default.</summary>
    public static IReadOnlyList<string> Cultures => Known;

    /// <summary>The language that is not current.</summary>
    public static string Other => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? "da" : "en";

    /// <summary>Reads the choice from the cookie alone.</summary>
    public static void Configure(RequestLocalizationOptions options)
    {
        options.SetDefaultCulture(Known[0]).AddSupportedCultures(Known).AddSupportedUICultures(Known);
        options.RequestCultureProviders = [new CookieRequestCultureProvider()];
    }

    /// <summary>Maps the form's address for POST, and for GET, since people may have bookmarked it as a link.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Path, (HttpContext context, CancellationToken cancellationToken) => ChooseByFormAsync(context, cancellationToken))
            .ExcludeFromDescription();
        routes.MapGet(Path, (HttpContext context, string? kultur, string? returnUrl) => Choose(context, kultur, returnUrl))
            .ExcludeFromDescription();
    }

    /// <summary>True when <c>Accept-Language</c> prefers English to Danish, or names English and not Danish.</summary>
    public static bool PrefersEnglish(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var first = request.GetTypedHeaders().AcceptLanguage.Where(l => l.Quality is not 0).OrderByDescending(l => l.Quality ?? 1)
            .Select(l => l.Value.Value?.Split('-')[0].ToLowerInvariant()).FirstOrDefault(l => Known.Contains(l));
        return first == "en";
    }

    private static async Task<IResult> ChooseByFormAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (!context.Request.HasFormContentType) return Choose(context, null, null);
        var form = await context.Request.ReadFormAsync(cancellationToken);
        return Choose(context, form["kultur"].ToString(), form["returnUrl"].ToString());
    }

    // An unknown language changes nothing.
    private static IResult Choose(HttpContext context, string? culture, string? returnUrl)
    {
        if (Known.Contains(culture))
        {
            context.Response.Cookies.Append(
                CookieRequestCultureProvider.DefaultCookieName,
                CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(CultureInfo.GetCultureInfo(culture!))),
                new CookieOptions
                {
                    MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, IsEssential = true, HttpOnly = true,
                    Secure = context.Request.IsHttps,
                });
        }

        context.Response.Headers.CacheControl = "no-store";
        return Results.LocalRedirect(LocalPath.Of(string.IsNullOrEmpty(returnUrl) ? Referrer(context.Request) : returnUrl));
    }

    private static string? Referrer(HttpRequest request) =>
        Uri.TryCreate(request.Headers.Referer, UriKind.Absolute, out var from)
        && from.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase) ? from.PathAndQuery : null;
}
