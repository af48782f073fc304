using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Portal.Ingestion.Hosting;

namespace Portal.Tests.PersonNumbers;

/// <summary>What the configuration file that is shipped logs.</summary>
internal static class ShippedLogging
{
    private static readonly (string Category, LogLevel Level)[] Levels =
    [
        .. new ConfigurationBuilder().AddJsonFile(Path.Combine(ConfigurationFile.Root, "appsettings.json")).Build()
            .GetSection("Logging:LogLevel").GetChildren().Select(c => (c.Key, Enum.Parse<LogLevel>(c.Value!)))
            .OrderByDescending(c => c.Key == "Default" ? -1 : c.Key.Length),
    ];

    /// <summary>True when lines of that category and level are logged; values and scopes beside the text never are.</summary>
    public static bool Logs(string category, LogLevel level) =>
        level >= Levels.First(l => l.Category == "Default" || category.StartsWith(l.Category, StringComparison.OrdinalIgnoreCase)).Level;
}
