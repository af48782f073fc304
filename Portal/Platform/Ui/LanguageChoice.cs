using System.Globalization;
using Microsoft.AspNetCore.Localization;

namespace Portal.Platform.Ui;

/// <summary>
/// The language of the pages: Danish unless someone chose otherwise here. A caseworker's browser is often in English, the work is not; so a
/// browser that asks for English is offered it on the sign-in page (<see cref="PrefersEnglish"/>), and nobody is given it unasked.
/// </summary>
public static class LanguageChoice
{
    /// <summary>Where the choice is sent: <c>kultur</c> (<c>da</c> or <c>en</c>) and <c>returnUrl</c>, the page to come back to.</summary>
    public const string Path = "/sprog";

    private static readonly string[] Known = ["da", "en"];

    /// <summary>The languages, the first of them used when nothing was chosen.</summary>
    public static IReadOnlyList<string> Cultures => Known;

    /// <summary>The one that is not used now.</summary>
    public static string Other => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? "da" : "en";

    /// <summary>Reads the choice from the cookie alone.</summary>
    public static void Configure(RequestLocalizationOptions options)
    {
        options.SetDefaultCulture(Known[0]).AddSupportedCultures(Known).AddSupportedUICultures(Known);
        options.RequestCultureProviders = [new CookieRequestCultureProvider()];
    }

    /// <summary>Maps the form's address, and a link's for those who have it as a bookmark.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Path, (HttpContext context, CancellationToken cancellationToken) => ChooseByFormAsync(context, cancellationToken))
            .AllowAnonymous().ExcludeFromDescription();
        routes.MapGet(Path, (HttpContext context, string? kultur, string? returnUrl) => Choose(context, kultur, returnUrl)).AllowAnonymous()
            .ExcludeFromDescription();
    }

    /// <summary>True when the browser names English before Danish, or Danish not at all.</summary>
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

    // What is no language of ours changes nothing.
    private static IResult Choose(HttpContext context, string? culture, string? returnUrl)
    {
        if (Known.Contains(culture))
        {
            context.Response.Cookies.Append(
                CookieRequestCultureProvider.DefaultCookieName,
                CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(CultureInfo.GetCultureInfo(culture!))),
                new CookieOptions { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, IsEssential = true });
        }

        context.Response.Headers.CacheControl = "no-store";
        return Results.LocalRedirect(LocalPath.Of(string.IsNullOrEmpty(returnUrl) ? Referrer(context.Request) : returnUrl));
    }

    private static string? Referrer(HttpRequest request) =>
        Uri.TryCreate(request.Headers.Referer, UriKind.Absolute, out var from)
        && from.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase) ? from.PathAndQuery : null;
}
