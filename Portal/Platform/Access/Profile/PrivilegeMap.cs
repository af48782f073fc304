namespace Portal.Platform.Access.Profile;

/// <summary>What a constraint limits.</summary>
public enum ConstraintKind
{
    Kle,
    OrganisationUnit,
    Sensitivity,
}

/// <summary>How roles and constraints of privileges are translated (<c>Auth:RoleMap</c>, <c>Auth:ConstraintMap</c>).</summary>
/// <param name="Roles">URI of a role, or the value of a role claim → one of <see cref="PortalRoles"/>.</param>
/// <param name="Constraints">Name of a constraint → what it limits.</param>
public sealed record PrivilegeMap(IReadOnlyDictionary<string, string> Roles, IReadOnlyDictionary<string, ConstraintKind> Constraints)
{
    /// <summary>The names that the municipalities' shared system of roles uses.</summary>
    public static IReadOnlyDictionary<string, ConstraintKind> ShippedConstraints { get; } =
        new Dictionary<string, ConstraintKind>(StringComparer.OrdinalIgnoreCase)
        {
            ["http://sts.kombit.dk/constraints/KLE/1"] = ConstraintKind.Kle,
            ["http://sts.kombit.dk/constraints/orgenhed/1"] = ConstraintKind.OrganisationUnit,
            ["http://sts.kombit.dk/constraints/foelsomhed/1"] = ConstraintKind.Sensitivity,
        };

    /// <summary>No roles of its own, and the shipped constraints.</summary>
    public static PrivilegeMap Shipped { get; } = new(new Dictionary<string, string>(StringComparer.Ordinal), ShippedConstraints);

    /// <summary>
    /// The role that a privilege means: by the map, else the name before the version at the end of its URI
    /// (<c>…/usersystemrole/sagsbehandler/1</c>); null when the portal has no such role.
    /// </summary>
    public string? RoleOf(string privilege)
    {
        ArgumentNullException.ThrowIfNull(privilege);
        if (!Roles.TryGetValue(privilege, out var name))
        {
            var parts = privilege.TrimEnd('/').Split('/');
            var last = parts[^1];
            name = parts.Length > 1 && last.Length > 0 && last.All(c => char.IsAsciiDigit(c) || c == '.') ? parts[^2] : last;
        }

        return PortalRoles.All.FirstOrDefault(r => string.Equals(r, name, StringComparison.OrdinalIgnoreCase));
    }
}
