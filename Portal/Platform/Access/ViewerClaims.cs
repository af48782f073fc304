using System.Security.Claims;
using Portal.Ingestion.Domain;
using Portal.Platform.Access.Claims;

namespace Portal.Platform.Access;

/// <summary>Converts between a signed-in principal and the <see cref="Viewer"/> that every read takes; no other class does.</summary>
public static class ViewerClaims
{
    /// <summary>Authentication type of people who signed in as a persona.</summary>
    public const string PersonaAuthentication = "persona";

    /// <summary>Authentication type of people who signed in at the provider.</summary>
    public const string ProviderAuthentication = "oidc";

    /// <summary>Authentication type of callers with an API key; scopes count for this type only.</summary>
    public const string KeyAuthentication = "api-key";

    private const string ScopeClaim = "portal:scope";
    private const string SourceProperty = "portal:source";

    /// <summary>The viewer; <see cref="Viewer.Nobody"/> when nobody is signed in.</summary>
    public static Viewer Read(ClaimsPrincipal? principal)
    {
        if (principal?.Identity is not ClaimsIdentity { IsAuthenticated: true } identity) return Viewer.Nobody;
        var id = identity.FindFirst(ClaimTypes.NameIdentifier)?.Value;
        if (id is null) return Viewer.Nobody;
        var grants = Values(identity, PortalRoles.TypeGrantClaim);
        var (rights, types) = identity.AuthenticationType == KeyAuthentication ? OfKey(identity, grants) : OfPerson(identity, grants);
        return new Viewer(id, identity.Name ?? id, rights, Values(identity, PortalRoles.CvrClaim), types);
    }

    /// <summary>The person's roles, and where each comes from.</summary>
    public static IReadOnlyList<GrantedRole> RolesOf(ClaimsPrincipal principal)
    {
        ArgumentNullException.ThrowIfNull(principal);
        return principal.Identity is ClaimsIdentity { IsAuthenticated: true } identity && identity.AuthenticationType != KeyAuthentication
            ? [.. identity.FindAll(identity.RoleClaimType).Select(c => new GrantedRole(c.Value, c.Properties.GetOrDefault(SourceProperty)))]
            : [];
    }

    /// <summary>The principal of a persona.</summary>
    public static ClaimsPrincipal Of(Persona persona, string cvr) => Principal(
        PersonaAuthentication, $"persona:{persona.Role}", persona.Name, [cvr], persona.TypeGrants,
        [new Claim(ClaimTypes.Role, persona.Role)]);

    /// <summary>The principal of a person whom the provider vouches for.</summary>
    internal static ClaimsPrincipal Of(string id, string name, Privileges privileges, IReadOnlyList<string> grants) => Principal(
        ProviderAuthentication, id, name, privileges.Authorities, grants, [.. privileges.Roles.Select(Role)]);

    /// <summary>The principal of a caller with an API key.</summary>
    public static ClaimsPrincipal Of(ApiKey key, string ownCvr) => Principal(
        KeyAuthentication, $"key:{key.Name}", key.Name, [key.Cvr ?? ownCvr], key.MessageTypes,
        [.. key.Scopes.Select(s => new Claim(ScopeClaim, s))]);

    private static Claim Role(GrantedRole role) => new(ClaimTypes.Role, role.Role) { Properties = { [SourceProperty] = role.Source } };

    private static string GetOrDefault(this IDictionary<string, string> properties, string name) =>
        properties.TryGetValue(name, out var value) ? value : "";

    private static ClaimsPrincipal Principal(string authentication, string id, string name, IReadOnlyList<string> authorities,
        IReadOnlyList<string> grants, IReadOnlyList<Claim> rights) =>
        new(new ClaimsIdentity(
            [
                new Claim(ClaimTypes.NameIdentifier, id),
                new Claim(ClaimTypes.Name, name),
                .. authorities.Select(a => new Claim(PortalRoles.CvrClaim, a)),
                .. grants.Select(g => new Claim(PortalRoles.TypeGrantClaim, g)),
                .. rights,
            ],
            authentication));

    private static (ViewerRights Rights, TypeScope Types) OfKey(ClaimsIdentity identity, string[] grants) =>
        (Values(identity, ScopeClaim).Aggregate(ViewerRights.None, (rights, scope) => rights | ApiScopes.RightsOf(scope)),
         grants.Contains("*") ? TypeScope.Everything : new TypeScope(false, false, grants));

    private static (ViewerRights Rights, TypeScope Types) OfPerson(ClaimsIdentity identity, string[] grants)
    {
        var (rights, types) = (ViewerRights.None, TypeScope.None);
        foreach (var role in Values(identity, identity.RoleClaimType))
        {
            var more = PortalRoles.TypesOf(role, grants);
            rights |= PortalRoles.RightsOf(role);
            types = new TypeScope(types.All || more.All, types.OpenTypes || more.OpenTypes, [.. types.Granted.Union(more.Granted)]);
        }

        return (rights, types);
    }

    private static string[] Values(ClaimsIdentity identity, string type) => [.. identity.FindAll(type).Select(c => c.Value)];
}
