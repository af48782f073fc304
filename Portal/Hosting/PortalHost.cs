using Portal.Features.AccessControl.Looks;
using Portal.Features.Demo;
using Portal.Features.Messages;
using Portal.Features.Operations.Api;
using Portal.Ingestion.Commands;
using Portal.Ingestion.Hosting;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Supervision;
using Portal.Platform.Access;
using Portal.Platform.Access.Keys;
using Portal.Platform.Access.Rights;
using Portal.Platform.Documents;
using Portal.Platform.Http;
using Portal.Platform.Http.Problems;
using Portal.Platform.Mail;
using Portal.Platform.Storage;

namespace Portal.Hosting;

/// <summary>Composes the portal: the message side, sign-in, the HTTP interface and the pages.</summary>
public static class PortalHost
{
    /// <summary>Builds the portal, prepares the database and runs until it is stopped.</summary>
    /// <param name="args">Settings as arguments.</param>
    /// <param name="more">See <see cref="StartAsync"/>.</param>
    /// <exception cref="ConfigurationProblemException">A key is wrong.</exception>
    public static async Task RunAsync(string[] args, Action<WebApplicationBuilder>? more = null)
    {
        await using var app = await StartAsync(args, more);
        StopSignals.OutliveHost();
        await app.WaitForShutdownAsync();
    }

    /// <summary>Builds the portal, prepares the database and starts to listen. The caller stops and disposes it.</summary>
    /// <param name="args">Settings as arguments.</param>
    /// <param name="more">Called last before the services are built; tests that host the portal in their own process use it to capture its
    /// log.</param>
    /// <exception cref="ConfigurationProblemException">A key is wrong.</exception>
    internal static async Task<WebApplication> StartAsync(string[] args, Action<WebApplicationBuilder>? more = null)
    {
        var started = false;
        var app = Build(args, () => started, more);
        try
        {
            var (stopping, portal) = (app.Lifetime.ApplicationStopping, app.Services.GetRequiredService<PortalDatabase>());
            var model = Task.Run(() => portal.BuildModelAsync(stopping), stopping);
            await app.Services.GetRequiredService<IngestionDatabase>().PrepareAsync(stopping);
            await model;
            await portal.PrepareAsync(stopping);
            app.Services.PrepareSignInKeys();
            StartLog.Write(app.Services, app.Configuration, args, app.Environment.EnvironmentName);
            await ListenAsync(app);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        started = true;
        return app;
    }

    private static async Task ListenAsync(WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch (Exception problem) when (ListenAddresses.IsOfAddress(app.Configuration, problem))
        {
            // Services that have started must stop before their dependencies are disposed.
            await app.StopAsync();
            throw ListenAddresses.Unusable(app.Configuration, problem);
        }
    }

    /// <summary>Reads the configuration and composes the portal; opens nothing yet.</summary>
    /// <exception cref="ConfigurationProblemException">A key is wrong.</exception>
    internal static WebApplication Build(string[] args, Func<bool> started, Action<WebApplicationBuilder>? more = null)
    {
        KeyCheck.RefuseArguments(args);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            // Set explicitly, because the manifest of static assets has this name, also when another program (a test) hosts the portal.
            ApplicationName = typeof(PortalHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = PortalEnvironment.Choose(args, Environment.GetEnvironmentVariable),
        });
        ConfigurationFile.AddTo(builder.Configuration, args);
        LineLog.AddTo(builder.Logging);
        // PortalProgram reports a failed start in one line; without the filter the host would log the whole exception first.
        builder.Logging.AddFilter(
            "Microsoft.Extensions.Hosting.Internal.Host", level => level >= LogLevel.Information && (started() || level != LogLevel.Error));
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.UseUrls(ListenAddresses.Read(builder.Configuration));
        var settings = SettingsReader.Read(builder.Configuration);
        builder.WebHost.ConfigureKestrel(kestrel => ServerLimits.Set(kestrel, settings));

        builder.Services.AddIngestion(settings);
        builder.Services.AddIngestionUpkeep(builder.Configuration, NodeIdentity.Portal);
        if (settings.RunInPortal) builder.Services.AddIngestionRoles(settings);
        builder.Services.AddPortalStorage().AddMail(builder.Configuration).AddDocuments();
        builder.Services.AddPortalAccess(builder.Configuration, builder.Environment);
        builder.Services.AddTrustedProxies(builder.Configuration, builder.Environment);
        builder.Services.AddHttpInterface().AddPages().AddPortalFeatures();
        builder.Services.AddSingleton<IReadinessProbe, StorageProbe>().AddSingleton<IReadinessProbe, TransportProbe>()
            .AddSingleton<IReadinessNote, OtherTransportsNote>();
        builder.Services.AddRedis(builder.Configuration);
        builder.Services.AddDemo(builder.Configuration, builder.Environment);

        more?.Invoke(builder);
        var app = builder.Build();
        app.UseTrustedProxies();
        app.UseSafeCookies();
        app.UsePortalHeaders();
        app.UseNumberFreeAddresses();
        app.UsePortalProblems();
        app.UsePages();
        app.UsePushFailures();
        app.UseRefusedRequests();
        app.UsePortalAccess();
        app.MapPortalAccess();
        var routes = app.MapWithRights();
        routes.MapHttpInterface();
        routes.MapPortalFeatures();
        app.MapPages();
        app.CheckRights();
        return app;
    }
}
