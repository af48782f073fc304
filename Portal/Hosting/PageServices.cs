using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MudBlazor.Services;
using Portal.Platform.Ui;

namespace Portal.Hosting;

/// <summary>Puts the pages into the host.</summary>
public static class PageServices
{
    /// <summary>Pages, their parts and their texts.</summary>
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents()
            .AddHubOptions(hub => hub.MaximumReceiveMessageSize = LongText.MaxMessageBytes);
        services.Replace(ServiceDescriptor.Scoped<IErrorBoundaryLogger, PageErrorLog>());
        services.AddMudServices();
        services.AddLocalization();
        services.AddCascadingAuthenticationState();
        services.Configure<RequestLocalizationOptions>(LanguageChoice.Configure);
        return services;
    }

    /// <summary>
    /// Language, and pages for what is not there or not allowed. Call before authentication, whose answers become pages here.
    /// </summary>
    public static WebApplication UsePages(this WebApplication app)
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
    public static WebApplication MapPages(this WebApplication app)
    {
        app.UseAntiforgery();
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
        LanguageChoice.Map(app);
        return app;
    }

    // Only a browser that asks for a page gets one as the answer to an unknown address; the interfaces answer for themselves.
    private static bool IsPage(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && !request.Path.StartsWithSegments("/api") && !request.Path.StartsWithSegments("/hubs")
        && !request.Path.StartsWithSegments("/health")
        && request.Headers.Accept.Any(accept => accept?.Contains("text/html", StringComparison.OrdinalIgnoreCase) == true);
}
