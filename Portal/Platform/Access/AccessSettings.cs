using System.Security.Cryptography;
using System.Text;
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
        return new AccessSettings(mode, ApiKeyReader.Read(configuration, environment.IsDevelopment()))
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
}
