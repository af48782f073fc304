using System.Globalization;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Settings;

namespace Portal.Platform.Access;

/// <summary>Reads and validates <c>Api:Keys</c>.</summary>
internal static class ApiKeyReader
{
    // Shorter keys can be found by brute force.
    private const int ShortestKey = 20;

    /// <summary>The keys; in Development, without any, the key that everybody knows.</summary>
    /// <exception cref="ConfigurationProblemException">A key is incomplete or wrong; the message names the setting.</exception>
    public static List<ApiKey> Read(IConfiguration configuration, bool development)
    {
        var keys = new List<ApiKey>();
        foreach (var section in configuration.GetSection("Api:Keys").GetChildren())
        {
            var key = ReadKey(section, development);
            // With two equal keys, their order in the configuration would decide whose rights apply.
            if (keys.Exists(k => k.Hash == key.Hash))
            {
                throw new ConfigurationProblemException(
                    $"{section.Path}:{(key.IsPlain ? "Key" : "Hash")}", "er den samme som en anden nøgles; hver nøgle skal være sin egen.");
            }

            keys.Add(key);
        }

        if (keys.Count == 0 && development)
        {
            var hash = ApiKeyHash.Of(AccessSettings.DevelopmentKey);
            keys.Add(new ApiKey(AccessSettings.DevelopmentKey, hash, null, [.. ApiScopes.All], ["*"]));
        }

        return keys;
    }

    private static ApiKey ReadKey(IConfigurationSection section, bool development)
    {
        var (hash, isPlain) = ReadSecret(section, development);
        var cvr = section["Cvr"]?.Trim();
        if (cvr is not { Length: 8 } || !cvr.All(char.IsAsciiDigit))
            throw new ConfigurationProblemException($"{section.Path}:Cvr", "skal være myndighedens CVR-nummer på otte cifre.");
        var scopes = new List<string>();
        foreach (var child in section.GetSection("Scopes").GetChildren())
        {
            var scope = child.Value?.Trim() ?? "";
            scopes.Add(ApiScopes.IsKnown(scope) ? scope : throw new ConfigurationProblemException(
                child.Path, $"»{scope}« kendes ikke; skriv en af {string.Join(", ", ApiScopes.All)}."));
        }

        if (scopes.Count == 0)
        {
            throw new ConfigurationProblemException(
                $"{section.Path}:Scopes", $"mangler, så nøglen må intet; skriv en eller flere af {string.Join(", ", ApiScopes.All)}.");
        }

        var types = section.GetSection("MessageTypes").GetChildren().Where(c => !string.IsNullOrWhiteSpace(c.Value)).Select(ReadType);
        var (from, to) = (ReadTime(section, "ValidFrom", isEnd: false), ReadTime(section, "ValidTo", isEnd: true));
        if (to <= from) throw new ConfigurationProblemException($"{section.Path}:ValidTo", "skal være senere end ValidFrom.");
        return new ApiKey(ReadName(section), hash, cvr, scopes, [.. types])
        {
            ValidFrom = from, ValidTo = to, IsPlain = isPlain && !development,
        };
    }

    // The name is shown and logged wherever the key is used.
    private static string ReadName(IConfigurationSection section) =>
        section["Name"]?.Trim() is not { Length: > 0 } name ? $"nøgle {section.Key}"
        : CprNumber.IsIn(name) ? throw new ConfigurationProblemException(
            $"{section.Path}:Name", "må ikke rumme et CPR-nummer: navnet står i adgangsloggen.")
        : name;

    private static (string Hash, bool IsPlain) ReadSecret(IConfigurationSection section, bool development)
    {
        var (key, hash) = (ConfigurationValues.NullIfEmpty(section["Key"]), ConfigurationValues.NullIfEmpty(section["Hash"]));
        if (key is not null && hash is not null)
            throw new ConfigurationProblemException($"{section.Path}:Hash", "og Key er begge skrevet; fjern Key, og behold Hash.");
        if (hash is not null)
        {
            return (ApiKeyHash.Read(hash) ?? throw new ConfigurationProblemException($"{section.Path}:Hash",
                "skal være sha256: og 64 hexadecimale cifre, som »Portal.Ingestion key new« skriver dem."), false);
        }

        if (key is null)
        {
            throw new ConfigurationProblemException($"{section.Path}:Key",
                "mangler; skriv hellere Hash, med den hash, som »Portal.Ingestion key new« skriver sammen med nøglen.");
        }

        if (!development && key.Length < ShortestKey)
        {
            throw new ConfigurationProblemException($"{section.Path}:Key",
                $"er for kort: den skal være mindst {ShortestKey} tilfældige tegn; »Portal.Ingestion key new« laver en.");
        }

        return (ApiKeyHash.Of(key), true);
    }

    // A date alone is the whole day in Denmark: from its first moment, or to its last.
    private static DateTimeOffset? ReadTime(IConfigurationSection section, string name, bool isEnd)
    {
        if (ConfigurationValues.NullIfEmpty(section[name]) is not { } text) return null;
        if (isEnd && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day < DateOnly.MaxValue)
            return DanishTime.EndOf(day);
        return DanishTime.ParseTidsstempel(text).At ?? throw new ConfigurationProblemException($"{section.Path}:{name}",
            $"skal være en dato som 2027-01-31 eller et tidspunkt som 2027-01-31T12:00:00+01:00, men er »{text}«.");
    }

    // Types without a published name are given by UUID, so an unknown name is a typing error.
    private static string ReadType(IConfigurationSection section)
    {
        var type = section.Value!.Trim();
        if (Guid.TryParse(type, out var uuid)) return uuid.ToString();
        return type == "*" || KnownBeskedtyper.Names.Values.Contains(type, StringComparer.OrdinalIgnoreCase)
            ? type
            : throw new ConfigurationProblemException(section.Path,
                $"»{type}« kendes ikke; skriv *, en beskedtypes UUID eller en af {string.Join(", ", KnownBeskedtyper.Names.Values)}.");
    }
}
