namespace Portal.Platform.Access;

/// <summary>A person to sign in as in Development. All belong to the first own authority.</summary>
/// <param name="Role">One of <see cref="PortalRoles"/>.</param>
/// <param name="Name">First name and role, which shows what the persona may do.</param>
/// <param name="TypeGrants">Confidential message types, or <c>*</c>.</param>
public sealed record Persona(string Role, string Name, IReadOnlyList<string> TypeGrants)
{
    /// <summary>One persona for each role.</summary>
    public static IReadOnlyList<Persona> All { get; } =
    [
        new(PortalRoles.Facilitator, "Freja Facilitator", []),
        new(PortalRoles.Caseworker, "Sofie Sagsbehandler", []),
        new(PortalRoles.Manager, "Mette Leder", []),
        new(PortalRoles.Administrator, "Anders Administrator", ["*"]),
    ];
}
