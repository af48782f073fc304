using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Localization;
using MudBlazor.Services;
using Portal.Chains.Join;
using Portal.Ingestion.Messages;
using Portal.Registering;

namespace Portal.Shell;

/// <summary>Puts the pages into the host.</summary>
public static class PortalShell
{
    /// <summary>Chooses the language: <c>?kultur=da|en</c>, then back to the overview or the page one came from.</summary>
    public const string LanguagePath = "/sprog";

    private static readonly string[] Cultures = ["da", "en"];

    /// <summary>Pages, their parts and their texts.</summary>
    public static IServiceCollection AddPortalShell(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents().AddHubOptions(hub => hub.MaximumReceiveMessageSize = LongText.MaxMessageBytes);
        services.AddMudServices();
        services.AddLocalization();
        services.AddCascadingAuthenticationState();
        services.AddSingleton<SharedReads>();
        services.AddScoped<Messages.MessagesPageServices>();
        services.Configure<RequestLocalizationOptions>(options =>
        {
            options.SetDefaultCulture(Cultures[0]).AddSupportedCultures(Cultures).AddSupportedUICultures(Cultures);
            // Danish unless someone chose otherwise here: a caseworker's browser is often in English, the work is not.
            options.RequestCultureProviders = [new CookieRequestCultureProvider()];
        });
        return services;
    }

    /// <summary>Language, and pages for what is not there or not allowed. Call before authentication, whose answers become pages here.</summary>
    public static WebApplication UsePortalShell(this WebApplication app)
    {
        app.UseRequestLocalization();
        app.UseStatusCodePagesWithReExecute("/status/{0}", createScopeForStatusCodePages: true);
        app.Use((context, next) =>
        {
            if (!IsPage(context.Request) && context.Features.Get<IStatusCodePagesFeature>() is { } pages) pages.Enabled = false;
            return next(context);
        });
        return app;
    }

    /// <summary>Antiforgery and the pages themselves. Call after authentication and authorization.</summary>
    public static WebApplication MapPortalShell(this WebApplication app)
    {
        app.UseAntiforgery();
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
        app.MapJoin();
        app.MapRegistering();
        app.MapGet(LanguagePath, ChooseLanguage).AllowAnonymous().ExcludeFromDescription();
        return app;
    }

    // Only a browser that asks for a page gets one as the answer to an unknown address; the interfaces answer for themselves.
    private static bool IsPage(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && !request.Path.StartsWithSegments("/api") && !request.Path.StartsWithSegments("/hubs") && !request.Path.StartsWithSegments("/health")
        && request.Headers.Accept.Any(accept => accept?.Contains("text/html", StringComparison.OrdinalIgnoreCase) == true);

    private static IResult ChooseLanguage(HttpContext context, string? kultur)
    {
        var culture = Cultures.Contains(kultur) ? CultureInfo.GetCultureInfo(kultur!) : CultureInfo.GetCultureInfo(Cultures[0]);
        context.Response.Cookies.Append(
            CookieRequestCultureProvider.DefaultCookieName,
            CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(culture)),
            new CookieOptions { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, IsEssential = true });
        return Results.LocalRedirect(CameFrom(context.Request));
    }

    private static string CameFrom(HttpRequest request) =>
        Uri.TryCreate(request.Headers.Referer, UriKind.Absolute, out var from) && from.Host == request.Host.Host && from.PathAndQuery is ['/', not '/' and not '\\', ..]
            ? from.PathAndQuery
            : PortalUrls.Overview;
}
