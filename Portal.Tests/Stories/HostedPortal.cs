using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Hosting;
using Portal.Ingestion.Settings;
using Portal.Platform.Access;
using Portal.Platform.Access.Sessions;
using Portal.Tests.Ingestion.Log;

namespace Portal.Tests.Stories;

/// <summary>
/// The whole portal, composed and started as its program does, but hosted in the tests' process, so that it is compiled already and starts
/// and ends fast.
/// </summary>
internal sealed class HostedPortal : RunningPortal
{
    // Outside Development nothing starts without a sign-in; it is not used until somebody signs in.
    private static readonly string[] SignIn =
    [
        "--Auth:OpenIdConnect:Authority=https://login.kommune.dk", "--Auth:OpenIdConnect:ClientId=portal",
        "--Auth:OpenIdConnect:ClientSecret=hemmelig",
    ];

    private readonly WebApplication _app;
    private readonly LogLines _lines;

    private HostedPortal(string folder, bool owned, WebApplication app, LogLines lines)
        : base(folder, owned)
    {
        (_app, _lines) = (app, lines);
        Meet(Addresses.First(a => a.Scheme == Uri.UriSchemeHttp));
    }

    /// <summary>The addresses it listens on.</summary>
    public IEnumerable<Uri> Addresses => _app.Urls.Select(url => new Uri(url));

    /// <summary>Its services, for tests that call them as its pages do.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Its log, as the console would show it.</summary>
    public override string Output => string.Join('\n', _lines.Written);

    /// <summary>
    /// Starts the portal in the given folder, where it finds or creates its database, or in a new one with an empty database. In settings
    /// <c>{folder}</c> stands for that folder.
    /// </summary>
    public static async Task<HostedPortal> StartAsync(
        string? folder = null, bool demo = false, string environment = "Development", string[]? settings = null,
        Action<WebApplicationBuilder>? more = null)
    {
        var owned = folder is null;
        folder ??= await NewFolderAsync();
        var lines = new LogLines();
        string[] args =
        [
            "--environment", environment, "--urls", AnyPort, .. SettingsOf(folder, demo), .. environment == "Development" ? [] : SignIn,
            .. (settings ?? []).Select(s => s.Replace("{folder}", folder, StringComparison.Ordinal)),
        ];
        return new HostedPortal(
            folder, owned, await PortalHost.StartAsync(args, builder =>
            {
                builder.Logging.ClearProviders().AddProvider(lines);
                more?.Invoke(builder);
            }), lines);
    }

    /// <summary>A client signed in as a development persona, for pages: no key opens them. It follows no redirects.</summary>
    public async Task<HttpClient> SignedInAsync(string role)
    {
        var principal = ViewerClaims.Of(
            Persona.All.Single(p => p.Role == role), Services.GetRequiredService<PortalSettings>().Cvr[0]);
        var token = await Services.GetRequiredService<SessionStore>().BeginAsync(
            new AuthenticationTicket(principal, SessionHandler.SchemeName), "Prøve", "127.0.0.1", CancellationToken.None);
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };
        client.DefaultRequestHeaders.Add("Cookie", $"{SessionHandler.Cookie}={token}");
        return client;
    }

    public override async ValueTask DisposeAsync()
    {
        var settings = _app.Services.GetRequiredService<PortalSettings>();
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (settings.Provider == DatabaseProvider.Sqlite) SqlitePool.Clear(settings.ConnectionString);
        await base.DisposeAsync();
    }
}
