using Microsoft.Extensions.Configuration;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Hosting;

/// <summary>
/// Finds files with personal data or secrets that every user of the machine can read: created by the operator or by an earlier version. Key
/// files are not included, since those stop the start.
/// </summary>
internal static class OpenFiles
{
    /// <summary>
    /// Paths among: the database files, the client certificate and the sign-in's key with their private keys, a named settings file with a
    /// secret, and the files of the folder of secrets.
    /// </summary>
    public static IEnumerable<string> Find(PortalSettings settings, IConfiguration configuration, IReadOnlyList<string> args)
    {
        var named = ConfigurationFile.Named(args);
        var files =
            new List<string?> { settings.Amqp?.ClientCertificatePath, named is not null && HoldsSecret(configuration) ? named : null };
        if (ConfigurationValues.NullIfEmpty(configuration["Auth:OpenIdConnect:ClientKeyPath"]) is { } clientKey)
            files.Add(ConfigurationFile.Absolute(configuration, clientKey));
        if (ConfigurationFile.SecretsFolder() is { } secrets && Directory.Exists(secrets)) files.AddRange(Directory.GetFiles(secrets));
        if (DatabaseName.FileOf(settings) is { } database) files.AddRange([database, database + "-wal", database + "-shm"]);

        return files.OfType<string>().Where(PrivateFiles.IsOpenToAll);
    }

    // The named file is the last file provider: see ConfigurationFile.
    private static bool HoldsSecret(IConfiguration configuration) =>
        (configuration as IConfigurationRoot)?.Providers.OfType<FileConfigurationProvider>().LastOrDefault() is { } file
        && KeyCheck.Secrets(configuration).Any(key => file.TryGet(key, out var value) && IsSecret(key, value ?? ""));

    private static bool IsSecret(string key, string value) => key.Split(':')[^1].ToUpperInvariant() switch
    {
        "CONNECTIONSTRING" => value.Contains("password", StringComparison.OrdinalIgnoreCase),
        "URI" => value.Contains('@', StringComparison.Ordinal),
        _ => value.Length > 0,
    };
}
