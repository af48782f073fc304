using System.Security.Claims;
using Portal.Ingestion.Settings;
using Portal.Platform.Access.OpenId;
using Portal.Platform.Access.Profile;

namespace Portal.Platform.Access.Claims;

/// <summary>
/// Roles and authorities from the OIO basic privilege profile alone. Reads do not narrow by KLE, organisation unit or sensitivity yet, so a
/// group with such a limit gives nothing; and since a viewer's roles hold at all its authorities, a person is let in at one: the first of
/// the portal's own that gives a role.
/// </summary>
internal sealed class ProfilePrivileges(OpenIdSettings openId, PortalSettings settings, ILogger<ProfilePrivileges> log) : IPrivileges
{
    private readonly PrivilegeMap _map = new(openId.RoleMap, openId.ConstraintMap);

    /// <inheritdoc />
    public Privileges Read(IReadOnlyList<Claim> claims)
    {
        var readings = claims.Where(c => c.Type == openId.PrivilegesClaim).Select(c => PrivilegeReader.Read(c.Value, _map)).ToList();
        var notes = readings.SelectMany(r => r.Notes).GroupBy(n => n.Fault).ToList();
        foreach (var fault in notes)
            log.LogWarning("{Count} parts of a ticket's privileges give nothing here: {Fault}", fault.Count(), fault.Key);
        var grants = readings.SelectMany(r => r.Grants).ToList();
        var whole = grants.Where(g => g.Limits.IsNone).ToLookup(g => g.Authority, StringComparer.Ordinal);
        if (grants.Exists(g => !g.Limits.IsNone))
            log.LogWarning("A ticket's privileges have limits, which this version cannot keep to: those privileges give nothing");
        return settings.Cvr.FirstOrDefault(whole.Contains) is { } authority
            ? new Privileges([.. whole[authority].DistinctBy(g => g.Role).Select(g => new GrantedRole(g.Role, g.Source))], [authority])
            : new Privileges([], []);
    }
}
