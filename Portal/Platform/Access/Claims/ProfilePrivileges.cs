using System.Security.Claims;
using Portal.Ingestion.Settings;
using Portal.Platform.Access.OpenId;
using Portal.Platform.Access.Profile;

namespace Portal.Platform.Access.Claims;

/// <summary>
/// Roles, authorities and limits from the OIO basic privilege profile alone. Each role holds at the authority that gave it, within its
/// group's limits; groups add up.
/// </summary>
internal sealed class ProfilePrivileges(OpenIdSettings openId, PortalSettings settings, ILogger<ProfilePrivileges> log) : IPrivileges
{
    // A ticket may have thousands of faults; a person reads a few.
    private const int MostNotes = 20;

    private readonly PrivilegeMap _map = new(openId.RoleMap, openId.ConstraintMap);

    /// <inheritdoc />
    public Privileges Read(IReadOnlyList<Claim> claims)
    {
        var readings = claims.Where(c => c.Type == openId.PrivilegesClaim).Select(c => PrivilegeReader.Read(c.Value, _map)).ToList();
        var notes = readings.SelectMany(r => r.Notes).Distinct().ToList();
        foreach (var fault in notes.GroupBy(n => n.Fault))
            log.LogWarning("{Count} parts of a ticket's privileges give nothing here: {Fault}", fault.Count(), fault.Key);
        var grants = readings.SelectMany(r => r.Grants).ToLookup(g => g.Authority, StringComparer.Ordinal);
        string[] authorities = [.. settings.Cvr.Where(grants.Contains)];
        return new Privileges(
            [.. authorities.SelectMany(a => grants[a]).DistinctBy(g => (g.Authority, g.Role, g.Limits))
                .Select(g => new GrantedRole(g.Role, g.Source) { Authority = g.Authority, Limits = g.Limits })],
            authorities)
        {
            Notes = [.. notes.Take(MostNotes)],
        };
    }
}
