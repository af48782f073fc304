using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.FileProviders.Physical;
using Portal.Ingestion.Settings;

namespace Portal.Ingestion.Hosting;

/// <summary>
/// Finds the configuration files. <c>appsettings.json</c> has the shipped settings: it is next to the solution, or in a published program
/// next to the executable, where every publish overwrites it. The operator's settings are in a file that no publish contains: the one named
/// by <c>--settings</c> or <c>PORTAL_SETTINGS</c>, or <c>appsettings.{Environment}.json</c> next to the shipped file.
/// </summary>
public static class ConfigurationFile
{
    /// <summary>The shipped file's name.</summary>
    public const string Name = "appsettings.json";

    /// <summary>The argument that names the operator's settings file (<c>--settings FILE</c>).</summary>
    public const string Argument = "settings";

    /// <summary>The environment variable that names the operator's settings file; the argument takes precedence.</summary>
    public const string Variable = "PORTAL_SETTINGS";

    /// <summary>
    /// The environment variable that names a folder of secrets, as vaults and container platforms mount them: each file is named by a key
    /// (<c>Smtp__Password</c>) and holds its value.
    /// </summary>
    public const string SecretsVariable = "PORTAL_SECRETS";

    // Not in one of our sections, so KeyCheck accepts it.
    private const string FolderKey = "settings-folder";

    /// <summary>The folder of the shipped configuration file.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>
    /// Adds the sources, of which later ones override earlier ones: the shipped file, the environment's file, the named file, the folder of
    /// secrets, environment variables, arguments.
    /// </summary>
    /// <exception cref="ConfigurationProblemException">A file cannot be read, the folder of secrets is missing, or <c>--settings</c> has no
    /// value.</exception>
    public static void AddTo(IConfigurationBuilder configuration, IReadOnlyList<string> args) =>
        AddTo(configuration, args, SecretsFolder());

    /// <summary>Adds the sources, with another folder of secrets.</summary>
    internal static void AddTo(IConfigurationBuilder configuration, IReadOnlyList<string> args, string? secrets)
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

        if (secrets is not null) AddSecrets(configuration, secrets);

        configuration
            .AddEnvironmentVariables("DOTNET_")
            .AddEnvironmentVariables("ASPNETCORE_")
            .AddEnvironmentVariables()
            .AddCommandLine([.. args])
            .AddInMemoryCollection([new(FolderKey, named is null ? Root : Path.GetDirectoryName(named))]);
    }

    /// <summary>
    /// Makes a path absolute. A relative path, from any source, is relative to the folder of the named settings file, so that programs with
    /// the same file find the same data; without such a file, to <see cref="Root"/>.
    /// </summary>
    public static string Absolute(IConfiguration configuration, string path)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return Path.GetFullPath(path, configuration[FolderKey] is { Length: > 0 } folder ? folder : Root);
    }

    /// <summary>The settings file that <c>--settings</c> or <c>PORTAL_SETTINGS</c> names, absolute; null when neither does.</summary>
    /// <exception cref="ConfigurationProblemException"><c>--settings</c> has no value.</exception>
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

    /// <summary>The folder that <c>PORTAL_SECRETS</c> names, absolute; null when it is not set.</summary>
    public static string? SecretsFolder() =>
        Environment.GetEnvironmentVariable(SecretsVariable) is { } text && !string.IsNullOrWhiteSpace(text)
            ? Path.GetFullPath(text.Trim())
            : null;

    private static void AddSecrets(IConfigurationBuilder configuration, string folder)
    {
        if (!Directory.Exists(folder))
            throw ConfigurationProblemException.OfFile(folder, $"findes ikke; ret stien til mappen med hemmeligheder i {SecretsVariable}.");
        try
        {
            configuration.AddKeyPerFile(folder, optional: false, reloadOnChange: false);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw ConfigurationProblemException.OfFile(folder, Why(problem));
        }
    }

    private static void AddFile(IConfigurationBuilder configuration, string path)
    {
        if (!File.Exists(path)) return;
        try
        {
            // Not the default filter, which hides files whose name begins with a dot.
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
        // The parser's exception with the line number is an inner exception.
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
