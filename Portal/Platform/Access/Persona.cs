namespace Portal.Platform.Access;

/// <summary>Someone to sign in as while developing. All belong to the first own authority.</summary>
/// <param name="Role">One of <see cref="PortalRoles"/>.</param>
/// <param name="Name">First name and role, so that everyone remembers who may do what.</param>
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
