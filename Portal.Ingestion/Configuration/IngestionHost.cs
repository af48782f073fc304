using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Portal.Ingestion.Configuration;

/// <summary>The host of the worker and of the command-line verbs.</summary>
public static class IngestionHost
{
    /// <summary>A host with the message side's services. <paramref name="overrides"/> are arguments of the form <c>--Key:Name=value</c>.</summary>
    /// <exception cref="ConfigurationProblemException">A key is wrong.</exception>
    public static HostApplicationBuilder CreateBuilder(string[] overrides)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true, ContentRootPath = AppContext.BaseDirectory });
        ConfigurationFile.AddTo(builder.Configuration, overrides);
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        // Progress and results of a verb go to standard output; what it does on the way goes to standard error.
        builder.Logging.AddConsole(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddIngestion(SettingsReader.Read(builder.Configuration));
        return builder;
    }
}
