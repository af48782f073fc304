using Microsoft.Extensions.Configuration;

namespace Portal.Ingestion.Configuration;

/// <summary>
/// Finds the one <c>appsettings.json</c>: beside the solution, whichever folder the program is started from. In a published program it
/// stands beside the program file.
/// </summary>
public static class ConfigurationFile
{
    /// <summary>The file's name.</summary>
    public const string Name = "appsettings.json";

    /// <summary>The folder of the configuration file; relative paths in it count from there.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The sources in the order in which they win: the file, the environment, the arguments.</summary>
    public static void AddTo(IConfigurationBuilder configuration, IReadOnlyList<string> args)
    {
        configuration.Sources.Clear();
        configuration
            .AddJsonFile(Path.Combine(Root, Name), optional: true, reloadOnChange: false)
            .AddEnvironmentVariables("DOTNET_")
            .AddEnvironmentVariables("ASPNETCORE_")
            .AddEnvironmentVariables()
            .AddCommandLine([.. args]);
    }

    /// <summary><paramref name="path"/>, counted from <see cref="Root"/> when relative.</summary>
    public static string Absolute(string path) => Path.GetFullPath(path, Root);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Portal.sln"))) return folder.FullName;
        }

        return AppContext.BaseDirectory;
    }
}
