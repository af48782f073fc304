using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Supervision;

namespace Portal.Ingestion.Hosting;

/// <summary>Builds the message side as a separate program, with the portal's configuration.</summary>
internal static class IngestionHost
{
    /// <summary>Builds the services without a host, for reading: the database is neither created nor migrated.</summary>
    /// <exception cref="ConfigurationProblemException">A key is wrong.</exception>
    public static ServiceProvider Reading(string[] arguments, out PortalSettings settings)
    {
        var configuration = new ConfigurationManager();
        ConfigurationFile.AddTo(configuration, arguments);
        settings = SettingsReader.Read(configuration);
        return new ServiceCollection().AddLogging().AddIngestion(settings).BuildServiceProvider();
    }

    /// <summary>Builds the host and prepares the database.</summary>
    /// <param name="settings">Arguments of the form <c>--Key:Name=value</c>.</param>
    /// <param name="roles">True for the worker, which runs transports and matching; false for a verb.</param>
    /// <param name="more">Further services, for measurements.</param>
    /// <exception cref="ConfigurationProblemException">A key is wrong.</exception>
    public static async Task<IHost> OpenAsync(
        string[] settings, bool roles, CancellationToken cancellationToken, Action<IServiceCollection>? more = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings
        {
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = PortalEnvironment.Choose(settings, Environment.GetEnvironmentVariable),
        });
        ConfigurationFile.AddTo(builder.Configuration, settings);
        if (roles) LineLog.AddTo(builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging")).AddConsole());
        var read = SettingsReader.Read(builder.Configuration);
        builder.Services.AddIngestion(read);
        if (roles) builder.Services.AddIngestionRoles(read).AddIngestionUpkeep(builder.Configuration, NodeIdentity.Worker);
        more?.Invoke(builder.Services);
        var host = builder.Build();
        try
        {
            await host.Services.GetRequiredService<IngestionDatabase>().PrepareAsync(cancellationToken);
            if (roles) StartLog.Write(host.Services, builder.Configuration, settings, builder.Environment.EnvironmentName);
            return host;
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }
}
