using System.Security.Claims;
using Portal.Ingestion.Domain;

namespace Portal.Platform.Access;

/// <summary>Converts between a signed-in principal and the <see cref="Viewer"/> that every read takes; no other class does.</summary>
public static class ViewerClaims
{
    /// <summary>Authentication type of people who signed in as a persona.</summary>
    public const string PersonaAuthentication = "persona";

    /// <summary>Authentication type of callers with an API key; scopes count for this type only.</summary>
    public const string KeyAuthentication = "api-key";

    private const string ScopeClaim = "portal:scope";

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

    /// <summary>The principal of a persona.</summary>
    public static ClaimsPrincipal Of(Persona persona, string cvr) =>
        Principal(PersonaAuthentication, $"persona:{persona.Role}", persona.Name, cvr, persona.TypeGrants, ClaimTypes.Role, [persona.Role]);

    /// <summary>The principal of a caller with an API key.</summary>
    public static ClaimsPrincipal Of(ApiKey key, string ownCvr) =>
        Principal(KeyAuthentication, $"key:{key.Name}", key.Name, key.Cvr ?? ownCvr, key.MessageTypes, ScopeClaim, key.Scopes);

    private static ClaimsPrincipal Principal(string authentication, string id, string name, string cvr, IReadOnlyList<string> grants,
        string kind, IReadOnlyList<string> values) =>
        new(new ClaimsIdentity(
            [
                new Claim(ClaimTypes.NameIdentifier, id),
                new Claim(ClaimTypes.Name, name),
                new Claim(PortalRoles.CvrClaim, cvr),
                .. grants.Select(g => new Claim(PortalRoles.TypeGrantClaim, g)),
                .. values.Select(v => new Claim(kind, v)),
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
