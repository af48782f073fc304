using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Hosting;

/// <summary>Logs at the start: version, settings file, database, and settings that are risky or without effect.</summary>
public static partial class StartLog
{
    /// <summary>The database's name, and whether it was just created; Danish, for the verbs' output.</summary>
    public static string Describe(IServiceProvider services) =>
        DatabaseName.Of(services.GetRequiredService<PortalSettings>())
        + (services.GetRequiredService<IngestionDatabase>().MadeNew ? " (NY: den fandtes ikke og er lavet nu)" : "");

    /// <summary>Writes to the log. Call after the database is prepared.</summary>
    public static void Write(IServiceProvider services, IConfiguration configuration, IReadOnlyList<string> args, string environment)
    {
        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger("Portal.Start");
        var settings = services.GetRequiredService<PortalSettings>();
        Started(log, ProgramVersion.Text, environment,
            ConfigurationFile.Named(args) ?? Path.Combine(ConfigurationFile.Root, ConfigurationFile.Name));
        if (services.GetRequiredService<IngestionDatabase>().MadeNew) MadeNew(log, DatabaseName.Of(settings));
        else Uses(log, DatabaseName.Of(settings));
        var production = !environment.Equals("Development", StringComparison.OrdinalIgnoreCase);
        if (production && DatabaseName.FileOf(settings)?.StartsWith(AppContext.BaseDirectory, StringComparison.Ordinal) == true)
            InProgram(log);
        if (production && ConfigurationValues.ReadBool(configuration, "Demo:Enabled", false)) Demo(log, environment);
        if (OpenFiles.Find(settings, configuration, args).ToList() is { Count: > 0 } open) OpenToAll(log, string.Join(' ', open));
        if (production && PlainConnections.Find(settings, configuration).ToList() is { Count: > 0 } plain)
            Plain(log, string.Join(", ", plain));
        var without = KeyCheck.WithoutEffect(configuration);
        if (without.Count > 0) WithoutEffect(log, string.Join(", ", without));
    }

    [LoggerMessage(1, LogLevel.Information, "Version {Version}, environment {Environment}, settings {Settings}")]
    private static partial void Started(ILogger log, string version, string environment, string settings);

    [LoggerMessage(2, LogLevel.Information, "Database: {Database}")]
    private static partial void Uses(ILogger log, string database);

    [LoggerMessage(
        3, LogLevel.Warning, "Database: {Database}. It was not there and has been MADE NEW (Database:CreateIfMissing=false forbids it)")]
    private static partial void MadeNew(ILogger log, string database);

    [LoggerMessage(4, LogLevel.Warning, "The database lies in the program's own folder; keep it where an upgrade does not reach, "
        + "by a settings file (--settings or PORTAL_SETTINGS)")]
    private static partial void InProgram(ILogger log);

    [LoggerMessage(6, LogLevel.Warning, "Set, but without effect in this version: {Keys}")]
    private static partial void WithoutEffect(ILogger log, string keys);

    [LoggerMessage(
        8, LogLevel.Warning, "Personal data or secrets can be read by every user of this machine; mend it with: chmod 600 {Files}")]
    private static partial void OpenToAll(ILogger log, string files);

    [LoggerMessage(9, LogLevel.Warning,
        "Traffic between machines is unencrypted, or may become so, by what is written in: {Keys} (README, Encrypted connections)")]
    private static partial void Plain(ILogger log, string keys);

    [LoggerMessage(7, LogLevel.Warning,
        "Demo:Enabled is true in {Environment}: INVENTED cases and messages are written into this database among real ones")]
    private static partial void Demo(ILogger log, string environment);
}
