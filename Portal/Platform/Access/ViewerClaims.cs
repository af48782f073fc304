using System.Runtime.CompilerServices;
using System.Security.Claims;
using Portal.Ingestion.Domain;
using Portal.Platform.Access.Claims;
using Portal.Platform.Access.Profile;

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
    private const string NoteClaim = "portal:note";
    private const string SourceProperty = "portal:source";
    private const string AuthorityProperty = "portal:authority";
    private const string LimitsProperty = "portal:limits";

    // Limits are parsed once for each sign-in and node, and not for each read of a page.
    private static readonly ConditionalWeakTable<Claim, AccessLimits> Parsed = [];

    /// <summary>The viewer; <see cref="Viewer.Nobody"/> when nobody is signed in.</summary>
    public static Viewer Read(ClaimsPrincipal? principal)
    {
        if (principal?.Identity is not ClaimsIdentity { IsAuthenticated: true } identity) return Viewer.Nobody;
        var id = identity.FindFirst(ClaimTypes.NameIdentifier)?.Value;
        if (id is null) return Viewer.Nobody;
        var grants = Values(identity, PortalRoles.TypeGrantClaim);
        var session = Sessions.Session.Of(principal);
        if (identity.AuthenticationType != KeyAuthentication)
            return Viewer.Of(id, identity.Name ?? id, OfPerson(identity, grants)) with { Session = session };
        var (rights, types) = OfKey(identity, grants);
        return new Viewer(id, identity.Name ?? id, rights, Values(identity, PortalRoles.CvrClaim), types) { Session = session };
    }

    /// <summary>The person's roles, and where each comes from.</summary>
    public static IReadOnlyList<GrantedRole> RolesOf(ClaimsPrincipal principal)
    {
        ArgumentNullException.ThrowIfNull(principal);
        return principal.Identity is ClaimsIdentity { IsAuthenticated: true } identity && identity.AuthenticationType != KeyAuthentication
            ? [.. identity.FindAll(identity.RoleClaimType).Select(RoleOf)]
            : [];
    }

    /// <summary>What in the person's ticket gives nothing here.</summary>
    public static IReadOnlyList<PrivilegeNote> NotesOf(ClaimsPrincipal principal)
    {
        ArgumentNullException.ThrowIfNull(principal);
        return [.. principal.FindAll(NoteClaim).Select(c => new PrivilegeNote(
            Enum.TryParse<PrivilegeFault>(c.Properties.GetOrDefault(SourceProperty), out var fault) ? fault : default, c.Value))];
    }

    /// <summary>The principal of a persona.</summary>
    public static ClaimsPrincipal Of(Persona persona, string cvr) => Principal(
        PersonaAuthentication, $"persona:{persona.Role}", persona.Name, [cvr], persona.TypeGrants,
        [new Claim(ClaimTypes.Role, persona.Role)]);

    /// <summary>The principal of a person whom the provider vouches for.</summary>
    internal static ClaimsPrincipal Of(string id, string name, Privileges privileges, IReadOnlyList<string> grants) => Principal(
        ProviderAuthentication, id, name, privileges.Authorities, grants,
        [.. privileges.Roles.Select(Role), .. privileges.Notes.Select(Note)]);

    /// <summary>The principal of a caller with an API key.</summary>
    public static ClaimsPrincipal Of(ApiKey key, string ownCvr) => Principal(
        KeyAuthentication, $"key:{key.Name}", key.Name, [key.Cvr ?? ownCvr], key.MessageTypes,
        [.. key.Scopes.Select(s => new Claim(ScopeClaim, s))]);

    private static Claim Role(GrantedRole role)
    {
        var claim = new Claim(ClaimTypes.Role, role.Role) { Properties = { [SourceProperty] = role.Source } };
        if (role.Authority is { } authority) claim.Properties[AuthorityProperty] = authority;
        if (LimitsJson.Write(role.Limits) is { } limits) claim.Properties[LimitsProperty] = limits;
        return claim;
    }

    private static GrantedRole RoleOf(Claim claim) => new(claim.Value, claim.Properties.GetOrDefault(SourceProperty))
    {
        Authority = claim.Properties.TryGetValue(AuthorityProperty, out var authority) ? authority : null,
        Limits = claim.Properties.ContainsKey(LimitsProperty)
            ? Parsed.GetValue(claim, c => LimitsJson.Read(c.Properties[LimitsProperty]))
            : AccessLimits.None,
    };

    private static Claim Note(PrivilegeNote note) =>
        new(NoteClaim, note.Text) { Properties = { [SourceProperty] = note.Fault.ToString() } };

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

    // Roles at the same authority with the same limits are one grant, so that what needs two rights may have them from two roles.
    private static IEnumerable<Grant> OfPerson(ClaimsIdentity identity, string[] granted)
    {
        var authorities = Values(identity, PortalRoles.CvrClaim);
        var roles = identity.FindAll(identity.RoleClaimType).Select(RoleOf).ToList();
        foreach (var authority in authorities)
        {
            foreach (var same in roles.Where(r => r.Authority is null || r.Authority == authority).GroupBy(r => r.Limits))
            {
                var (rights, types) = (ViewerRights.None, TypeScope.None);
                foreach (var role in same.Select(r => r.Role))
                {
                    var more = PortalRoles.TypesOf(role, granted);
                    rights |= PortalRoles.RightsOf(role);
                    types = new TypeScope(types.All || more.All, types.OpenTypes || more.OpenTypes, [.. types.Granted.Union(more.Granted)]);
                }

                yield return new Grant(authority, rights, types, same.Key);
            }
        }
    }

    private static string[] Values(ClaimsIdentity identity, string type) => [.. identity.FindAll(type).Select(c => c.Value)];
}
