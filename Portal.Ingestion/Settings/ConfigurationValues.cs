using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Portal.Ingestion.Settings;

/// <summary>Reads and validates the value of one key; the exception names the key.</summary>
public static class ConfigurationValues
{
    /// <summary>
    /// An integer from <paramref name="min"/> to <paramref name="max"/>; <paramref name="standard"/> when the key is not set.
    /// </summary>
    /// <exception cref="ConfigurationProblemException">The value is not such a number.</exception>
    public static int ReadInt(IConfiguration configuration, string key, int standard, int min, int max)
    {
        if (configuration[key]?.Trim() is not { } text) return standard;
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= min
            && number <= max
            ? number
            : throw new ConfigurationProblemException(key, $"skal være et helt tal fra {min} til {max}, men er »{text}«.");
    }

    /// <summary>
    /// A number from <paramref name="min"/> to <paramref name="max"/> with a decimal point; <paramref name="standard"/> when the key is not
    /// set.
    /// </summary>
    /// <exception cref="ConfigurationProblemException">The value is not such a number.</exception>
    public static double ReadDouble(IConfiguration configuration, string key, double standard, double min, double max)
    {
        if (configuration[key]?.Trim() is not { } text) return standard;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : throw new ConfigurationProblemException(key, $"skal være et tal fra {min} til {max}, men er »{text}«.");
    }

    /// <summary><c>true</c> or <c>false</c>; <paramref name="standard"/> when the key is not set.</summary>
    /// <exception cref="ConfigurationProblemException">The value is neither.</exception>
    public static bool ReadBool(IConfiguration configuration, string key, bool standard)
    {
        if (configuration[key]?.Trim() is not { } text) return standard;
        return bool.TryParse(text, out var value)
            ? value
            : throw new ConfigurationProblemException(key, $"skal være true eller false, men er »{text}«.");
    }

    /// <summary>The text of a key that must not be empty; <paramref name="standard"/> when the key is not set.</summary>
    /// <exception cref="ConfigurationProblemException">The key is set but empty, for example by an environment variable without a
    /// value.</exception>
    public static string ReadText(IConfiguration configuration, string key, string standard) => configuration[key] is not { } text
        ? standard
        : NullIfEmpty(text) ?? throw new ConfigurationProblemException(key, "den er tom; skriv en værdi, eller fjern nøglen.");


    /// <summary>The text trimmed; null for nothing and for white space.</summary>
    public static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
