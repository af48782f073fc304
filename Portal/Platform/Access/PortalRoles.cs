using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;

namespace Portal.Platform.Access;

/// <summary>The four roles and what each may do, in one place.</summary>
public static class PortalRoles
{
    public const string Facilitator = "facilitator";
    public const string Caseworker = "sagsbehandler";
    public const string Manager = "leder";
    public const string Administrator = "administrator";

    /// <summary>Every role's name.</summary>
    public static IReadOnlyList<string> All { get; } = [Facilitator, Caseworker, Manager, Administrator];

    /// <summary>The claim that holds a person's CVR numbers, one claim each.</summary>
    public const string CvrClaim = "cvr";

    /// <summary>The claim that grants a confidential message type (UUID, or <c>*</c>), one claim each.</summary>
    public const string TypeGrantClaim = "beskedtype";

    /// <summary>Rights of a role; none for an unknown role.</summary>
    public static ViewerRights RightsOf(string? role) => role switch
    {
        Facilitator => ViewerRights.Catalogue | ViewerRights.Chains | ViewerRights.EditChains | ViewerRights.SteerBenefits,
        Caseworker => ViewerRights.Messages | ViewerRights.Cases | ViewerRights.Counts | ViewerRights.RegisterLetters
            | ViewerRights.EvidenceBytes,
        Manager => ViewerRights.Counts | ViewerRights.Chains | ViewerRights.SteerBenefits | ViewerRights.Events,
        Administrator => ViewerRights.Messages | ViewerRights.Cases | ViewerRights.Counts | ViewerRights.Quarantine
            | ViewerRights.ExactBytes | ViewerRights.RegisterLetters
            | ViewerRights.Catalogue | ViewerRights.Operate | ViewerRights.Chains | ViewerRights.EditChains | ViewerRights.Credentials
            | ViewerRights.SteerBenefits | ViewerRights.Administer | ViewerRights.AccessLog | ViewerRights.Events
            | ViewerRights.EvidenceBytes,
        _ => ViewerRights.None,
    };

    /// <summary>
    /// Message types of a role: a caseworker sees post statuses, an administrator every type that is not confidential; both also the types
    /// granted to them.
    /// </summary>
    public static TypeScope TypesOf(string? role, IReadOnlyList<string> granted) => role switch
    {
        Caseworker => new TypeScope(granted.Contains("*"), false, [KnownBeskedtyper.PostStatus, .. granted]),
        Administrator => new TypeScope(granted.Contains("*"), true, granted),
        _ => TypeScope.None,
    };
}
