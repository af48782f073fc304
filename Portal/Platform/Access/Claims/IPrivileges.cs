using System.Security.Claims;
using Portal.Ingestion.Domain;
using Portal.Platform.Access.Profile;

namespace Portal.Platform.Access.Claims;

/// <summary>A role of a person, and where it comes from.</summary>
/// <param name="Role">One of <see cref="PortalRoles"/>.</param>
/// <param name="Source">The claim and its value, or the privilege, for the person to see: <c>roles: leder</c>.</param>
public sealed record GrantedRole(string Role, string Source)
{
    /// <summary>The authority at which it holds, a CVR number; null: all of the person's.</summary>
    public string? Authority { get; init; }

    /// <summary>What it is limited to.</summary>
    public AccessLimits Limits { get; init; } = AccessLimits.None;
}

/// <summary>What the provider's claims give a person in this portal.</summary>
/// <param name="Roles">The roles; empty when no claim names one.</param>
/// <param name="Authorities">The person's authorities among the portal's own, the first own one first.</param>
public sealed record Privileges(IReadOnlyList<GrantedRole> Roles, IReadOnlyList<string> Authorities)
{
    /// <summary>What gives nothing here, for the person to see.</summary>
    public IReadOnlyList<PrivilegeNote> Notes { get; init; } = [];
}

/// <summary>Reads the provider's claims: the one place where they become roles and authorities.</summary>
public interface IPrivileges
{
    /// <summary>What the claims give; an unknown role or a foreign authority gives nothing.</summary>
    Privileges Read(IReadOnlyList<Claim> claims);
}
