using System.Security.Cryptography;
using System.Text;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Hosting;
using Portal.Ingestion.Settings;
using Portal.Platform.Access.OpenId;
using Portal.Platform.Access.Sessions;

namespace Portal.Platform.Access;

/// <summary>How people sign in (<c>Auth:Mode</c>).</summary>
public enum SignInMode
{
    /// <summary>A choice of four personas; refused outside the Development environment.</summary>
    Development,

    /// <summary>The municipality's own sign-in.</summary>
    OpenIdConnect,
}

/// <summary>Sign-in, sessions and API keys from the configuration, validated at start.</summary>
/// <param name="Mode">How people sign in.</param>
/// <param name="Keys">The API keys.</param>
public sealed record AccessSettings(SignInMode Mode, IReadOnlyList<ApiKey> Keys)
{
    /// <summary>The key that exists in Development when none is configured.</summary>
    public const string DevelopmentKey = "dev-key";

    private static readonly string[] GiveRights = ["Municipality", "Auth"];

    // These decide who gets in or for how long, and not with which rights; some are secrets.
    private static readonly string[] NotRights = ["ClientSecret", "ClientKeyPath", "ClientAuthentication", "IdleMinutes", "MaxHours"];

    // Shorter keys can be found by brute force.
    private const int ShortestKey = 16;

    /// <summary>The provider; null for personas.</summary>
    public OpenIdSettings? OpenId { get; init; }

    /// <summary>How long sessions last.</summary>
    public SessionLimits Limits { get; init; } = new(TimeSpan.FromMinutes(60), TimeSpan.FromHours(10));

    /// <summary>Folder of the sign-in keys (<c>Portal:DataProtectionKeyPath</c>), absolute.</summary>
    public string KeyFolder { get; init; } = "";

    /// <summary>Changes with the settings that give rights: sessions that began under others end.</summary>
    public string RightsMark { get; init; } = "";

    /// <summary>The validated settings.</summary>
    /// <exception cref="ConfigurationProblemException">A key of <c>Auth</c> or <c>Api:Keys</c> is missing or invalid.</exception>
    public static AccessSettings Read(IConfiguration configuration, IHostEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var mode = ReadMode(configuration["Auth:Mode"], environment.IsDevelopment());
        var limits = SessionLimits.Read(configuration);
        return new AccessSettings(mode, ReadKeys(configuration, environment.IsDevelopment()))
        {
            OpenId = mode == SignInMode.OpenIdConnect ? OpenIdSettings.Read(configuration) : null,
            Limits = limits,
            KeyFolder = SettingsReader.ReadSignInKeyFolder(configuration),
            RightsMark = ReadMark(configuration),
        };
    }

    private static string ReadMark(IConfiguration configuration)
    {
        var values = GiveRights.SelectMany(key => configuration.GetSection(key).AsEnumerable())
            .Where(v => v.Value is not null && !NotRights.Contains(v.Key.Split(':')[^1])).Select(v => $"{v.Key}={v.Value}")
            .Order(StringComparer.Ordinal);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', values))))[..16];
    }

    private static SignInMode ReadMode(string? text, bool development)
    {
        if (string.IsNullOrWhiteSpace(text)) return development ? SignInMode.Development : SignInMode.OpenIdConnect;
        var mode = text.Trim().ToUpperInvariant() switch
        {
            "DEVELOPMENT" => SignInMode.Development,
            "OPENIDCONNECT" => SignInMode.OpenIdConnect,
            _ => throw new ConfigurationProblemException("Auth:Mode", $"skal være Development eller OpenIdConnect, men er »{text}«."),
        };
        return mode == SignInMode.Development && !development
            ? throw new ConfigurationProblemException(
                "Auth:Mode", "Development giver alle adgang og virker kun i udviklingsmiljøet; skriv OpenIdConnect.")
            : mode;
    }

    private static List<ApiKey> ReadKeys(IConfiguration configuration, bool development)
    {
        var keys = new List<ApiKey>();
        foreach (var section in configuration.GetSection("Api:Keys").GetChildren())
        {
            var key = ReadKey(section, development);
            // With two equal keys, their order in the configuration would decide whose rights apply.
            if (keys.Exists(k => k.Key == key.Key))
            {
                throw new ConfigurationProblemException(
                    $"{section.Path}:Key", "er den samme som en anden nøgles; hver nøgle skal være sin egen.");
            }
            keys.Add(key);
        }

        if (keys.Count == 0 && development) keys.Add(new ApiKey(DevelopmentKey, DevelopmentKey, null, [.. ApiScopes.All], ["*"]));
        return keys;
    }

    private static ApiKey ReadKey(IConfigurationSection section, bool development)
    {
        var key = section["Key"]?.Trim();
        if (string.IsNullOrEmpty(key))
        {
            throw new ConfigurationProblemException(
                $"{section.Path}:Key", "skal udfyldes med den hemmelige nøgle, som kalderen sender i X-Api-Key.");
        }
        if (!development && key.Length < ShortestKey)
        {
            throw new ConfigurationProblemException(
                $"{section.Path}:Key", $"er for kort: den skal være mindst {ShortestKey} tilfældige tegn, fx fra »openssl rand -hex 32«.");
        }
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
        return new ApiKey(
            section["Name"]?.Trim() is { Length: > 0 } name ? name : $"nøgle {section.Key}",
            key, cvr, scopes, [.. types]);
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
