using System.Security.Claims;
using Portal.Ingestion.Settings;
using Portal.Platform.Access.OpenId;

namespace Portal.Platform.Access.Claims;

/// <summary>Roles and authorities as plain claims: one claim a value, or several values with commas or spaces between.</summary>
internal sealed class ClaimPrivileges(OpenIdSettings openId, PortalSettings settings) : IPrivileges
{
    private static readonly char[] Separators = [',', ' ', ';'];

    /// <inheritdoc />
    public Privileges Read(IReadOnlyList<Claim> claims)
    {
        var named = Values(claims, openId.CvrClaim).Select(Cvr).ToHashSet(StringComparer.Ordinal);
        return new Privileges(
            [.. Values(claims, openId.RoleClaim).Select(Role).OfType<GrantedRole>().DistinctBy(r => r.Role)],
            [.. settings.Cvr.Where(named.Contains)]);
    }

    private GrantedRole? Role(string value)
    {
        var role = openId.RoleMap.TryGetValue(value, out var mapped)
            ? mapped
            : PortalRoles.All.FirstOrDefault(r => r.Equals(value, StringComparison.OrdinalIgnoreCase));
        return role is null ? null : new GrantedRole(role, $"{openId.RoleClaim}: {value}");
    }

    // As DK12345678 and urn:…:12345678 are written, too.
    private static string Cvr(string value) => value.Length >= 8 && value[^8..].All(char.IsAsciiDigit)
        && (value.Length == 8 || !char.IsAsciiDigit(value[^9])) ? value[^8..] : value;

    // A value that is mapped as a whole may hold a separator.
    private IEnumerable<string> Values(IReadOnlyList<Claim> claims, string type) => claims.Where(c => c.Type == type)
        .Select(c => c.Value.Trim())
        .SelectMany(v => openId.RoleMap.ContainsKey(v) ? [v] : v.Split(Separators, StringSplitOptions.RemoveEmptyEntries));
}
