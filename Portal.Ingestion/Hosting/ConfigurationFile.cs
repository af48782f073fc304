using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.FileProviders.Physical;
using Portal.Ingestion.Settings;

namespace Portal.Ingestion.Hosting;

/// <summary>
/// Where the settings come from. <c>appsettings.json</c> holds what the program ships with: it is next to the solution, or in a published
/// program next to the program file, where every publish writes it again. The operator's own settings are in a file that no publish
/// contains: the one named by <c>--settings</c> or <c>PORTAL_SETTINGS</c>, or <c>appsettings.{Environment}.json</c> next to the first.
/// </summary>
public static class ConfigurationFile
{
    /// <summary>The shipped file's name.</summary>
    public const string Name = "appsettings.json";

    /// <summary>The argument that names the operator's settings file (<c>--settings FILE</c>).</summary>
    public const string Argument = "settings";

    /// <summary>The environment variable that names the operator's settings file; the argument wins.</summary>
    public const string Variable = "PORTAL_SETTINGS";

    // No section of ours, so it is never taken for a setting.
    private const string FolderKey = "settings-folder";

    /// <summary>The folder of the shipped configuration file.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>
    /// The sources in the order in which they win: the shipped file, the environment's file, the named file, environment variables,
    /// arguments.
    /// </summary>
    /// <exception cref="ConfigurationProblemException">A file cannot be read, or an argument cannot be one.</exception>
    public static void AddTo(IConfigurationBuilder configuration, IReadOnlyList<string> args)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(args);
        var named = Named(args);
        configuration.Sources.Clear();
        AddFile(configuration, Path.Combine(Root, Name));
        AddFile(
            configuration, Path.Combine(Root, $"appsettings.{PortalEnvironment.Choose(args, Environment.GetEnvironmentVariable)}.json"));
        if (named is not null)
        {
            if (!File.Exists(named))
                throw ConfigurationProblemException.OfFile(named, $"findes ikke; ret stien i --{Argument} eller {Variable}.");
            AddFile(configuration, named);
        }

        configuration
            .AddEnvironmentVariables("DOTNET_")
            .AddEnvironmentVariables("ASPNETCORE_")
            .AddEnvironmentVariables()
            .AddCommandLine([.. args])
            .AddInMemoryCollection([new(FolderKey, named is null ? Root : Path.GetDirectoryName(named))]);
    }

    /// <summary>
    /// <paramref name="path"/> as an absolute one. A relative path counts from the folder of the named settings file, wherever it was
    /// written, so that programs with the same file find the same data; without such a file from <see cref="Root"/>.
    /// </summary>
    public static string Absolute(IConfiguration configuration, string path)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return Path.GetFullPath(path, configuration[FolderKey] is { Length: > 0 } folder ? folder : Root);
    }

    /// <summary>The settings file that <c>--settings</c> or <c>PORTAL_SETTINGS</c> names, absolute; null when neither does.</summary>
    /// <exception cref="ConfigurationProblemException"><c>--settings</c> names nothing.</exception>
    public static string? Named(IReadOnlyList<string> args)
    {
        ArgumentNullException.ThrowIfNull(args);
        for (var n = 0; n < args.Count; n++)
        {
            if (args[n].Equals($"--{Argument}", StringComparison.OrdinalIgnoreCase))
                return Path.GetFullPath(n + 1 < args.Count ? Checked(args[n + 1]) : Checked(""));
            if (args[n].StartsWith($"--{Argument}=", StringComparison.OrdinalIgnoreCase))
                return Path.GetFullPath(Checked(args[n][(Argument.Length + 3)..]));
        }

        return Environment.GetEnvironmentVariable(Variable) is { } text && !string.IsNullOrWhiteSpace(text)
            ? Path.GetFullPath(text.Trim())
            : null;

        static string Checked(string text) => string.IsNullOrWhiteSpace(text) || text.StartsWith("--", StringComparison.Ordinal)
            ? throw ConfigurationProblemException.OfArgument(
                $"--{Argument}", $"--{Argument} mangler en fil: skriv --{Argument} /etc/beskedportalen/settings.json.")
            : text.Trim();
    }

    private static void AddFile(IConfigurationBuilder configuration, string path)
    {
        if (!File.Exists(path)) return;
        try
        {
            // Not the default filter: it would say that a file whose name begins with a point is not there.
            configuration.AddJsonFile(new PhysicalFileProvider(Path.GetDirectoryName(path)!, ExclusionFilters.None), Path.GetFileName(path),
                optional: false, reloadOnChange: false);
        }
        catch (Exception problem) when (problem is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw ConfigurationProblemException.OfFile(path, Why(problem));
        }
    }

    private static string Why(Exception problem)
    {
        // The parser's own exception, with the line, is inside one that only says that something is wrong.
        for (var inner = problem.InnerException; inner is not null; inner = inner.InnerException)
        {
            if (inner is JsonException { LineNumber: { } line }) return $"er ikke JSON: se linje {line + 1}.";
            if (inner is FormatException { InnerException: null }) return $"kan ikke bruges: {inner.Message}";
        }

        return $"kan ikke læses ({problem.GetBaseException().Message}).";
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Portal.sln"))) return folder.FullName;
        }

        return AppContext.BaseDirectory;
    }
}
