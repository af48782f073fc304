using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MudBlazor;
using MudBlazor.Services;
using Portal.Platform.Access.Rights;
using Portal.Platform.Access.Sessions;
using Portal.Platform.Shell;
using Portal.Platform.Ui;

namespace Portal.Hosting;

/// <summary>Registers and maps the Blazor pages.</summary>
public static class PageServices
{
    private const int MostLostPages = 300;
    private const int MostRenderBatches = 10;
    private const int SnackbarMs = 10_000;
    private static readonly TimeSpan LostPageTime = TimeSpan.FromMinutes(3);

    /// <summary>Registers the Razor components, MudBlazor and localization.</summary>
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents(circuits =>
            {
                // Pages whose connection is lost, as when a proxy restarts: room for everybody's, and no longer than a short break.
                (circuits.DisconnectedCircuitMaxRetained, circuits.DisconnectedCircuitRetentionPeriod) = (MostLostPages, LostPageTime);
                circuits.MaxBufferedUnacknowledgedRenderBatches = MostRenderBatches;
            })
            .AddHubOptions(hub => hub.MaximumReceiveMessageSize = LongText.MaxMessageBytes);
        services.Replace(ServiceDescriptor.Scoped<IErrorBoundaryLogger, PageErrorLog>());
        services.Replace(ServiceDescriptor.Scoped<AuthenticationStateProvider>(p => p.GetRequiredService<SessionAuthentication>()));
        services.AddMudServices(library =>
        {
            library.SnackbarConfiguration.SnackbarVariant = Variant.Filled;

            // Not over the top bar, whose search and menu it would cover while one uses them.
            library.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomLeft;
            library.SnackbarConfiguration.VisibleStateDuration = SnackbarMs;
        });
        services.AddTransient<MudLocalizer, MudTextsLocalizer>();
        services.AddSingleton<ThemeStyle>().AddSingleton<ISearchSource, PageSearch>().AddScoped<MenuReaders>();
        services.AddLocalization();
        services.AddCascadingAuthenticationState();
        services.Configure<RequestLocalizationOptions>(LanguageChoice.Configure);
        return services;
    }

    /// <summary>
    /// Adds localization and status pages (404, 403 …). Call before authentication, whose status codes become pages here.
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

    /// <summary>Adds antiforgery and maps the pages. Call after authentication and authorization.</summary>
    public static WebApplication MapPages(this WebApplication app)
    {
        app.UseAntiforgery();
        var routes = app.MapWithRights();
        routes.MapStaticAssets();
        routes.MapRazorComponents<App>().AddInteractiveServerRenderMode();
        LanguageChoice.Map(routes);
        ThemeStyle.Map(routes);
        return app;
    }

    // Only a browser that requests a page gets a status page; the APIs give their own error responses.
    private static bool IsPage(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && !request.Path.StartsWithSegments("/api") && !request.Path.StartsWithSegments("/hubs")
        && !request.Path.StartsWithSegments("/health")
        && request.Headers.Accept.Any(accept => accept?.Contains("text/html", StringComparison.OrdinalIgnoreCase) == true);
}
