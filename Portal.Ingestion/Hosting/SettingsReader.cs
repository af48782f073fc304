using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Npgsql;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Ledger.Notes;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Settings;

namespace Portal.Ingestion.Hosting;

/// <summary>Reads and validates <see cref="PortalSettings"/>.</summary>
public static class SettingsReader
{
    private static readonly string[] PostEventMeanings = ["return", "new-address", "receipt", "tracking"];

    /// <summary>The validated settings, with absolute paths.</summary>
    /// <exception cref="ConfigurationProblemException">A key is wrong.</exception>
    public static PortalSettings Read(IConfiguration configuration)
    {
        KeyCheck.Refuse(configuration);
        var provider = ReadProvider(configuration);
        var keyPath = ReadKeyPath(configuration);
        return new PortalSettings
        {
            Cvr = ReadCvr(configuration),
            Provider = provider,
            ConnectionString = DatabaseServices.Of(provider).ReadConnectionString(configuration),
            CreateIfMissing = ConfigurationValues.ReadBool(configuration, "Database:CreateIfMissing", true),
            MaxMessageBytes = ConfigurationValues.ReadInt(
                configuration, "Ingestion:MaxMessageBytes", 10 * 1024 * 1024, 1024, PortalSettings.MostMessageBytes),
            MinimumFreeMegabytes = ConfigurationValues.ReadInt(configuration, "Ingestion:MinimumFreeMegabytes", 500, 0, 1024 * 1024),
            RunInPortal = ConfigurationValues.ReadBool(configuration, "Ingestion:RunInPortal", true),
            PushEnabled = ConfigurationValues.ReadBool(configuration, "Ingestion:Push:Enabled", true),
            PushRefusalHttpStatus = PushSettingsReader.ReadRefusalStatus(configuration),
            PushThumbprints = PushSettingsReader.ReadThumbprints(configuration),
            PushForwardedCertificateHeader = PushSettingsReader.ReadHeader(configuration),
            FolderPath = ReadFolder(configuration),
            Amqp = AmqpSettingsReader.Read(configuration),
            DigitalDeadlineHours = ConfigurationValues.ReadInt(configuration, "Evidence:DigitalDeadlineHours", 24, 1, 24 * 365),
            PhysicalDeadlineDays = ConfigurationValues.ReadInt(configuration, "Evidence:PhysicalDeadlineDays", 5, 1, 365),
            AppealPeriods = ReadPeriods(configuration),
            PostEventCodes = ReadPostEventCodes(configuration),
            PresumedArrival = new PresumedArrival(
                ConfigurationValues.ReadInt(configuration, "Evidence:PresumedArrival:WorkingDays", 6, 1, 60),
                ConfigurationValues.ReadInt(configuration, "Evidence:PresumedArrival:QuickWorkingDays", 2, 1, 60),
                ConfigurationValues.ReadBool(configuration, "Evidence:PresumedArrival:SaturdayCounts", false)),
            ExtraClosedDays = ReadClosedDays(configuration),
            Retention = RetentionSettings.Read(configuration),
            KeyFolder = Path.GetDirectoryName(keyPath)!,
            LedgerKeyPath = keyPath,
            SignInKeyFolder = ReadSignInKeyFolder(configuration),
            LedgerOrigin = ReadOrigin(configuration),
            LedgerCheckpointPath = ReadCheckpointPath(configuration),
            LedgerTimestampUri = ReadTimestampUri(configuration),
        };
    }

    /// <summary><c>Portal:DataProtectionKeyPath</c>, absolute.</summary>
    public static string ReadSignInKeyFolder(IConfiguration configuration) => ConfigurationFile.Absolute(
        configuration, ConfigurationValues.ReadText(configuration, "Portal:DataProtectionKeyPath", "data/keys"));

    private static List<string> ReadCvr(IConfiguration configuration)
    {
        var section = configuration.GetSection("Municipality:Cvr");
        // The environment variable Municipality__Cvr__0 adds a list to the file's single value: the list takes precedence.
        var children = section.GetChildren().Select(c => c.Value).ToList();
        var values = children.Count > 0 ? children : [section.Value ?? "55133018"];
        var cvr = values.SelectMany(v => (v ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Distinct().ToList();
        return cvr.Count > 0 && cvr.TrueForAll(c => c.Length == 8 && c.All(char.IsAsciiDigit))
            ? cvr
            : throw new ConfigurationProblemException("Municipality:Cvr", "skal være et eller flere CVR-numre på otte cifre.");
    }

    private static DatabaseProvider ReadProvider(IConfiguration configuration)
    {
        const string key = "Database:Provider";
        var text = ConfigurationValues.ReadText(configuration, key, nameof(DatabaseProvider.Sqlite));
        return Enum.GetValues<DatabaseProvider>().Where(p => p.ToString().Equals(text, StringComparison.OrdinalIgnoreCase))
            .Select(p => (DatabaseProvider?)p).FirstOrDefault()
            ?? throw new ConfigurationProblemException(key, $"»{text}« kendes ikke; skriv Sqlite eller PostgreSql.");
    }

    // The message never contains the value: it may contain a password.
    internal static string ReadServer(IConfiguration configuration)
    {
        const string key = "Database:ConnectionString";
        const string form =
            "skal have formen »Host=vært;Database=navn;Username=bruger;Password=kode«, når Database:Provider er PostgreSql.";
        try
        {
            var builder = new NpgsqlConnectionStringBuilder(ConfigurationValues.ReadText(configuration, key, ""));
            return string.IsNullOrWhiteSpace(builder.Host) || string.IsNullOrWhiteSpace(builder.Database)
                ? throw new ConfigurationProblemException(key, form)
                : PlainConnections.Encrypted(builder).ConnectionString;
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException or InvalidCastException)
        {
            throw new ConfigurationProblemException(key, form);
        }
    }

    internal static string ReadFile(IConfiguration configuration)
    {
        const string key = "Database:ConnectionString";
        var text = ConfigurationValues.ReadText(configuration, key, "Data Source=data/portal.db");
        SqliteConnectionStringBuilder builder;
        try
        {
            builder = new SqliteConnectionStringBuilder(text);
        }
        catch (ArgumentException)
        {
            throw new ConfigurationProblemException(key, "skal have formen »Data Source=sti/til/portal.db«.");
        }

        if (string.IsNullOrWhiteSpace(builder.DataSource) || builder.DataSource == ":memory:" || builder.Mode == SqliteOpenMode.Memory)
        {
            throw new ConfigurationProblemException(key, "skal pege på en fil: »Data Source=sti/til/portal.db«.");
        }

        // For a relative path the folder is created at the start; an absolute path must exist, since a typing error would create a wrong
        // folder.
        var own = !Path.IsPathRooted(builder.DataSource);
        builder.DataSource = ConfigurationFile.Absolute(configuration, builder.DataSource);
        if (!own && !Directory.Exists(Path.GetDirectoryName(builder.DataSource)))
        {
            throw new ConfigurationProblemException(key, $"mappen til »{builder.DataSource}« findes ikke; ret stien, eller lav mappen.");
        }

        return Directory.Exists(builder.DataSource)
            ? throw new ConfigurationProblemException(key, $"»{builder.DataSource}« er en mappe; skriv en fil.")
            : builder.ConnectionString;
    }

    private static string? ReadFolder(IConfiguration configuration)
    {
        const string key = "Ingestion:Folder:Path";
        var path = ReadPath(configuration, key, null);
        if (path is null) return null;
        // Only the last folder of the path is created: a typing error further up would create a folder that nobody uses.
        if (!Directory.Exists(path) && !Directory.Exists(Path.GetDirectoryName(path)))
        {
            throw new ConfigurationProblemException(key, $"mappen »{path}« findes ikke; skriv en mappe, der kan læses og skrives.");
        }

        try
        {
            // Created here, so that an unusable folder stops the start instead of failing at the first message.
            foreach (var folder in (string[])[path, Path.Combine(path, "processed"), Path.Combine(path, "quarantine")])
                Directory.CreateDirectory(folder);
            _ = Directory.EnumerateFileSystemEntries(path).Any();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationProblemException(key, $"»{path}« er ikke en mappe, der kan læses og skrives.");
        }

        return path;
    }

    private static string ReadKeyPath(IConfiguration configuration)
    {
        const string key = "Ledger:KeyPath";
        var path =
            ConfigurationFile.Absolute(configuration, Checked(key, ConfigurationValues.ReadText(configuration, key, "data/ledger.key")));
        return Directory.Exists(path) ? throw new ConfigurationProblemException(key, $"»{path}« er en mappe; skriv en fil.") : path;
    }

    private static string ReadOrigin(IConfiguration configuration)
    {
        const string key = "Ledger:Origin";
        var origin = ConfigurationValues.ReadText(configuration, key, "portal.local/beskeder");
        return VerifierKey.IsName(origin) ? origin : throw new ConfigurationProblemException(
            key, $"skal være et navn uden mellemrum og plus som fx kommune.dk/beskeder, men er »{origin}«.");
    }

    // The folder may be on another machine and unreachable: that is reported on the Drift page and does not stop the start.
    private static string? ReadCheckpointPath(IConfiguration configuration)
    {
        const string key = "Ledger:CheckpointPath";
        var path = ReadPath(configuration, key, null);
        return File.Exists(path) ? throw new ConfigurationProblemException(key, $"»{path}« er en fil; skriv en mappe.") : path;
    }

    private static Uri? ReadTimestampUri(IConfiguration configuration)
    {
        const string key = "Ledger:TimestampUri";
        if (ConfigurationValues.NullIfEmpty(configuration[key]) is not { } text) return null;
        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw new ConfigurationProblemException(
                key, $"skal være en adresse, der begynder med http:// eller https://, men er »{text}«.");
    }

    /// <summary>An absolute path; null when the key is not set and <paramref name="standard"/> is null.</summary>
    /// <exception cref="ConfigurationProblemException">The value is not a path.</exception>
    internal static string? ReadPath(IConfiguration configuration, string key, string? standard)
    {
        return (ConfigurationValues.NullIfEmpty(configuration[key]) ?? standard) is { } text
            ? ConfigurationFile.Absolute(configuration, Checked(key, text))
            : null;
    }

    private static string Checked(string key, string text) =>
        text.Contains('\0') ? throw new ConfigurationProblemException(key, "skal være en sti.") : text;

    private static Dictionary<string, string> ReadPeriods(IConfiguration configuration)
    {
        var periods = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var child in configuration.GetSection("Evidence:AppealPeriods").GetChildren())
        {
            var text = (child.Value ?? "").Trim();
            if (text.Length == 0) continue;
            if (!AppealPeriod.TryParse(text, out _))
            {
                throw new ConfigurationProblemException(
                    child.Path, $"skal være en ISO 8601-periode som P28D, P4W, P1M eller P1Y, men er »{text}«.");
            }

            periods[child.Key] = text;
        }

        return periods;
    }

    private static Dictionary<string, ClosedDays> ReadClosedDays(IConfiguration configuration)
    {
        var all = new Dictionary<string, ClosedDays>(StringComparer.OrdinalIgnoreCase);
        foreach (var type in configuration.GetSection("Evidence:ExtraClosedDays").GetChildren())
        {
            var names = new List<string>();
            foreach (var day in type.GetChildren())
            {
                if (!ClosedDays.IsName(day.Value?.Trim()))
                {
                    throw new ConfigurationProblemException(day.Path,
                        $"skal være {ClosedDays.FridayAfterAscension} eller en dag i året som MM-dd, fx 12-27, men er »{day.Value}«.");
                }

                names.Add(day.Value!.Trim());
            }

            if (names.Count == 0 && !string.IsNullOrWhiteSpace(type.Value))
                throw new ConfigurationProblemException(type.Path, "skal være en liste af dage.");
            all[type.Key] = new ClosedDays([.. names]);
        }

        return all;
    }

    private static Dictionary<string, string> ReadPostEventCodes(IConfiguration configuration)
    {
        var codes = new Dictionary<string, string>();
        foreach (var child in configuration.GetSection("Evidence:PostEventCodes").GetChildren())
        {
            if (!PostEventMeanings.Contains(child.Value))
            {
                throw new ConfigurationProblemException(
                    child.Path, $"skal være en af {string.Join(", ", PostEventMeanings)}, men er »{child.Value}«.");
            }

            codes[child.Key.Trim()] = child.Value!;
        }

        return codes;
    }
}
