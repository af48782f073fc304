using Portal.Access;
using Portal.Api;
using Portal.Api.Health;
using Portal.Api.Problems;
using Portal.Demo;
using Portal.Ingestion.Configuration;
using Portal.Ingestion.Operations;
using Portal.Ingestion.Storage;
using Portal.Shell;

namespace Portal.Hosting;

/// <summary>Puts the portal together: the message side, sign-in, the interface and the pages.</summary>
public static class PortalHost
{
    /// <summary>Builds the portal, prepares the database and runs until it is stopped.</summary>
    /// <exception cref="ConfigurationProblemException">A key is wrong.</exception>
    public static async Task RunAsync(string[] args)
    {
        await using var app = Build(args);
        await app.Services.GetRequiredService<IngestionDatabase>().PrepareAsync(app.Lifetime.ApplicationStopping);
        await app.RunAsync();
    }

    private static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = PortalEnvironment.Choose(args, Environment.GetEnvironmentVariable),
        });
        ConfigurationFile.AddTo(builder.Configuration, args);
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.UseUrls(ListenAddresses.Read(builder.Configuration));
        var settings = SettingsReader.Read(builder.Configuration);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // The push endpoint itself answers with 413 and the standard's body; this is the wall behind it.
            kestrel.Limits.MaxRequestBodySize = settings.MaxMessageBytes + (1L << 20);
        });

        builder.Services.AddIngestion(settings);
        builder.Services.AddIngestionUpkeep(builder.Configuration, NodeIdentity.Portal);
        if (settings.RunInPortal) builder.Services.AddIngestionRoles(settings);
        builder.Services.AddPortalAccess(builder.Configuration, builder.Environment);
        builder.Services.AddPortalApi().AddSingleton<IReadinessProbe, StorageProbe>();
        builder.Services.AddPortalShell();
        builder.Services.AddDemo(builder.Configuration, builder.Environment);

        var app = builder.Build();
        app.UsePortalHeaders();
        app.UsePortalProblems();
        app.UsePortalShell();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapPortalAccess();
        app.MapPortalApi();
        app.MapPortalShell();
        return app;
    }
}
