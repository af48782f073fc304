using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Settings;

/// <summary>
/// The configuration is wrong: the start stops with this one line, which names the key (or the file) and what it accepts.
/// </summary>
public sealed class ConfigurationProblemException : Exception
{
    /// <summary>A key is wrong. <paramref name="accepts"/> is a Danish sentence that continues after a colon.</summary>
    public ConfigurationProblemException(string key, string accepts)
        : this($"Konfigurationsnøglen {key} er forkert: {accepts}", key, true)
    {
    }

    private ConfigurationProblemException(string message, string key, bool whole)
        : base(whole ? message : TextLines.OneLine(message)) => Key = key;

    /// <summary>The key, with colons; for a whole file its path.</summary>
    public string Key { get; }

    /// <summary>A settings file cannot be used. <paramref name="why"/> is a Danish sentence that continues after the path.</summary>
    public static ConfigurationProblemException OfFile(string path, string why) => new($"Indstillingsfilen {path} {why}", path, false);

    /// <summary>An argument cannot be used. <paramref name="line"/> is the whole Danish line.</summary>
    public static ConfigurationProblemException OfArgument(string argument, string line) => new(line, argument, false);
}
