using System.Security.Claims;

namespace Portal.Platform.Access.Claims;

/// <summary>A role of a person, and where it comes from.</summary>
/// <param name="Role">One of <see cref="PortalRoles"/>.</param>
/// <param name="Source">The claim and its value, for the person to see: <c>roles: leder</c>.</param>
public sealed record GrantedRole(string Role, string Source);

/// <summary>What the provider's claims give a person in this portal.</summary>
/// <param name="Roles">The roles; empty when no claim names one.</param>
/// <param name="Authorities">The person's authorities among the portal's own, the first own one first.</param>
public sealed record Privileges(IReadOnlyList<GrantedRole> Roles, IReadOnlyList<string> Authorities);

/// <summary>Reads the provider's claims: the one place where they become roles and authorities.</summary>
public interface IPrivileges
{
    /// <summary>What the claims give; an unknown role or a foreign authority gives nothing.</summary>
    Privileges Read(IReadOnlyList<Claim> claims);
}
