using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Portal.Ingestion.Settings;

/// <summary>Reads the value of one key and refuses what is wrong, naming the key. Each room reads its own settings with it.</summary>
public static class ConfigurationValues
{
    /// <summary>A whole number within bounds.</summary>
    /// <exception cref="ConfigurationProblemException">It is not one.</exception>
    public static int ReadInt(IConfiguration configuration, string key, int standard, int min, int max)
    {
        if (configuration[key]?.Trim() is not { } text) return standard;
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= min
            && number <= max
            ? number
            : throw new ConfigurationProblemException(key, $"skal være et helt tal fra {min} til {max}, men er »{text}«.");
    }

    /// <summary>A number within bounds, with a point as decimal sign.</summary>
    /// <exception cref="ConfigurationProblemException">It is not one.</exception>
    public static double ReadDouble(IConfiguration configuration, string key, double standard, double min, double max)
    {
        if (configuration[key]?.Trim() is not { } text) return standard;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : throw new ConfigurationProblemException(key, $"skal være et tal fra {min} til {max}, men er »{text}«.");
    }

    /// <summary><c>true</c> or <c>false</c>.</summary>
    /// <exception cref="ConfigurationProblemException">It is neither.</exception>
    public static bool ReadBool(IConfiguration configuration, string key, bool standard)
    {
        if (configuration[key]?.Trim() is not { } text) return standard;
        return bool.TryParse(text, out var value)
            ? value
            : throw new ConfigurationProblemException(key, $"skal være true eller false, men er »{text}«.");
    }

    /// <summary>The text of a key that must not be empty; <paramref name="standard"/> when it is not written at all.</summary>
    /// <exception cref="ConfigurationProblemException">It is written and empty, as by a variable that was never set.</exception>
    public static string ReadText(IConfiguration configuration, string key, string standard) => configuration[key] is not { } text
        ? standard
        : NullIfEmpty(text) ?? throw new ConfigurationProblemException(key, "den er tom; skriv en værdi, eller fjern nøglen.");


    /// <summary>The text trimmed; null for nothing and for white space.</summary>
    public static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
