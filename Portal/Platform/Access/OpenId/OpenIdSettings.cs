using Portal.Ingestion.Hosting;
using Portal.Ingestion.Settings;
using Portal.Platform.Access.Profile;

namespace Portal.Platform.Access.OpenId;

/// <summary>Sign-in by OpenID Connect from the configuration, validated at start.</summary>
/// <param name="Authority">The provider's address, below which its <c>.well-known/openid-configuration</c> is.</param>
/// <param name="ClientId">The portal's name at the provider.</param>
/// <param name="ClientSecret">The portal's secret at the provider; null when it proves itself with a key.</param>
/// <param name="ClientKeyPath">File of the portal's private key, absolute; null without one.</param>
/// <param name="Scopes">What is asked for; begins with <c>openid</c>.</param>
public sealed record OpenIdSettings(
    Uri Authority, string ClientId, string? ClientSecret, string? ClientKeyPath, IReadOnlyList<string> Scopes)
{
    private const string Section = "Auth:OpenIdConnect";

    /// <summary>The claim with roles (<c>Auth:OpenIdConnect:RoleClaim</c>).</summary>
    public string RoleClaim { get; init; } = "roles";

    /// <summary>The claim with CVR numbers (<c>Auth:OpenIdConnect:CvrClaim</c>).</summary>
    public string CvrClaim { get; init; } = "cvr";

    /// <summary>The claim with the person's name (<c>Auth:OpenIdConnect:NameClaim</c>).</summary>
    public string NameClaim { get; init; } = "name";

    /// <summary>Role URI or claim value → one of <see cref="PortalRoles"/> (<c>Auth:RoleMap</c>).</summary>
    public IReadOnlyDictionary<string, string> RoleMap { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// The claim with the OIO basic privilege profile (<c>Auth:OpenIdConnect:PrivilegesClaim</c>), from which alone roles and authorities
    /// then come; null: they are plain claims.
    /// </summary>
    public string? PrivilegesClaim { get; init; }

    /// <summary>Name of a constraint → what it limits (<c>Auth:ConstraintMap</c>, beside the shipped ones).</summary>
    public IReadOnlyDictionary<string, ConstraintKind> ConstraintMap { get; init; } = PrivilegeMap.ShippedConstraints;

    /// <summary>The claim with the level of assurance (<c>Auth:LevelClaim</c>).</summary>
    public string LevelClaim { get; init; } = "acr";

    /// <summary>The lowest level that is let in (<c>Auth:MinimumLevel</c>); null: every level.</summary>
    public string? MinimumLevel { get; init; }

    /// <summary>Without the secret, which must not reach a log by accident.</summary>
    public override string ToString() => $"{nameof(OpenIdSettings)} {Authority} {ClientId}";

    /// <summary>The validated settings.</summary>
    /// <exception cref="ConfigurationProblemException">A key is missing or wrong; the message names it.</exception>
    public static OpenIdSettings Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var authority = ReadAuthority(configuration);
        var clientId = Demanded(configuration, $"{Section}:ClientId", "portalens navn (client_id) hos jeres login-udbyder");
        var byKey = IsByKey(configuration);
        var keyPath = ConfigurationValues.NullIfEmpty(configuration["Auth:OpenIdConnect:ClientKeyPath"]);
        if (byKey) Demanded(configuration, $"{Section}:ClientKeyPath", "stien til portalens private nøgle (PEM eller PFX)");
        var secret = byKey
            ? null
            : Demanded(configuration, $"{Section}:ClientSecret", "portalens hemmelighed (client_secret) hos jeres login-udbyder");
        return new OpenIdSettings(
            authority, clientId, secret, keyPath is null ? null : ConfigurationFile.Absolute(configuration, keyPath),
            ReadScopes(configuration))
        {
            RoleClaim = ConfigurationValues.ReadText(configuration, "Auth:OpenIdConnect:RoleClaim", "roles"),
            CvrClaim = ConfigurationValues.ReadText(configuration, "Auth:OpenIdConnect:CvrClaim", "cvr"),
            NameClaim = ConfigurationValues.ReadText(configuration, "Auth:OpenIdConnect:NameClaim", "name"),
            RoleMap = ReadRoleMap(configuration),
            PrivilegesClaim = ConfigurationValues.NullIfEmpty(configuration["Auth:OpenIdConnect:PrivilegesClaim"]),
            ConstraintMap = ReadConstraintMap(configuration),
            LevelClaim = ConfigurationValues.ReadText(configuration, "Auth:LevelClaim", "acr"),
            MinimumLevel = ConfigurationValues.NullIfEmpty(configuration["Auth:MinimumLevel"]),
        };
    }

    private static string Demanded(IConfiguration configuration, string key, string what) =>
        ConfigurationValues.NullIfEmpty(configuration[key]) ?? throw new ConfigurationProblemException(
            key, $"mangler; skriv {what}. Uden den kan ingen logge ind.{AlsoMissing(configuration, key)}");

    // All at once, so that a first start need not fail once for each.
    private static string AlsoMissing(IConfiguration configuration, string key)
    {
        string[] demanded = [$"{Section}:Authority", $"{Section}:ClientId",
            $"{Section}:{(IsByKey(configuration) ? "ClientKeyPath" : "ClientSecret")}"];
        var others = demanded.Where(k => k != key && ConfigurationValues.NullIfEmpty(configuration[k]) is null).ToList();
        return others.Count == 0 ? "" : $" Det samme gælder {string.Join(" og ", others)}.";
    }

    private static Uri ReadAuthority(IConfiguration configuration)
    {
        const string key = "Auth:OpenIdConnect:Authority";
        var text = Demanded(configuration, key, "adressen på jeres login-udbyder (https://…)");
        // Plain http only to the machine itself: what the provider says decides who gets in.
        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0 && uri.Query.Length == 0
            && uri.Fragment.Length == 0 && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
            ? uri
            : throw new ConfigurationProblemException(key, $"skal være en adresse, der begynder med https://, men er »{text}«.");
    }

    private static bool IsByKey(IConfiguration configuration)
    {
        const string key = "Auth:OpenIdConnect:ClientAuthentication";
        return ConfigurationValues.NullIfEmpty(configuration[key])?.ToUpperInvariant() switch
        {
            null or "SECRET" => false,
            "PRIVATE_KEY_JWT" => true,
            _ => throw new ConfigurationProblemException(key, $"skal være secret eller private_key_jwt, men er »{configuration[key]}«."),
        };
    }

    private static List<string> ReadScopes(IConfiguration configuration)
    {
        var text = ConfigurationValues.ReadText(configuration, "Auth:OpenIdConnect:Scopes", "openid profile");
        var scopes = text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return ["openid", .. scopes.Where(s => s != "openid").Distinct(StringComparer.Ordinal)];
    }

    private static Dictionary<string, ConstraintKind> ReadConstraintMap(IConfiguration configuration)
    {
        var map = new Dictionary<string, ConstraintKind>(PrivilegeMap.ShippedConstraints, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in configuration.GetSection("Auth:ConstraintMap").AsEnumerable(makePathsRelative: true))
        {
            if (value is null) continue;
            map[name] = value.Trim().ToUpperInvariant() switch
            {
                "KLE" => ConstraintKind.Kle,
                "ORGUNIT" => ConstraintKind.OrganisationUnit,
                "SENSITIVITY" => ConstraintKind.Sensitivity,
                _ => throw new ConfigurationProblemException(
                    $"Auth:ConstraintMap:{name}", $"skal være kle, orgunit eller sensitivity, men er »{value}«."),
            };
        }

        return map;
    }

    // The names may be URIs, whose colons the configuration reads as sections.
    private static Dictionary<string, string> ReadRoleMap(IConfiguration configuration)
    {
        var map = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in configuration.GetSection("Auth:RoleMap").AsEnumerable(makePathsRelative: true))
        {
            if (value is null) continue;
            map[name] = PortalRoles.All.FirstOrDefault(r => r.Equals(value.Trim(), StringComparison.OrdinalIgnoreCase))
                ?? throw new ConfigurationProblemException(
                    $"Auth:RoleMap:{name}", $"skal være en af {string.Join(", ", PortalRoles.All)}, men er »{value}«.");
        }

        return map;
    }
}
