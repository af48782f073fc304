namespace Portal.Ingestion.Configuration;

/// <summary>A configuration key is wrong: the start stops with this one line, which names the key and what it accepts.</summary>
public sealed class ConfigurationProblemException(string key, string accepts)
    : Exception($"Konfigurationsnøglen {key} er forkert: {accepts}")
{
    /// <summary>The key, with colons.</summary>
    public string Key { get; } = key;
}
