namespace Portal.Ingestion.Domain;

/// <summary>Rights at one authority, within limits. A viewer's grants add up; within one grant everything must hold.</summary>
/// <param name="Authority">CVR number, eight digits.</param>
/// <param name="Rights">What the role gives; see <see cref="May"/>.</param>
/// <param name="Types">Message types that the role sees.</param>
/// <param name="Limits">What the role is limited to.</param>
public sealed record Grant(string Authority, ViewerRights Rights, TypeScope Types, AccessLimits Limits)
{
    /// <summary>
    /// The rights that a role with limits keeps. What is not narrowed by KLE, organisation unit or sensitivity (quarantine, catalogue,
    /// operation, access log) needs a role without limits.
    /// </summary>
    public const ViewerRights WithinLimits = ViewerRights.Messages | ViewerRights.Cases | ViewerRights.Counts | ViewerRights.ExactBytes
        | ViewerRights.RegisterLetters | ViewerRights.Credentials | ViewerRights.Chains | ViewerRights.EditChains
        | ViewerRights.SteerBenefits | ViewerRights.EvidenceBytes;

    /// <summary>The rights that hold: with limits, only those that are narrowed by them.</summary>
    public ViewerRights Effective => Limits.IsNone ? Rights : Rights & WithinLimits;

    /// <summary>True when the grant has all of <paramref name="rights"/>.</summary>
    public bool May(ViewerRights rights) => (Effective & rights) == rights;
}
