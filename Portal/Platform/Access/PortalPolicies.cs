using Portal.Ingestion.Domain;

namespace Portal.Platform.Access;

/// <summary>Authorization policies, one for each right; the policy's name is the right's name.</summary>
public static class PortalPolicies
{
    public const string Messages = nameof(ViewerRights.Messages);
    public const string Cases = nameof(ViewerRights.Cases);
    public const string Counts = nameof(ViewerRights.Counts);
    public const string Quarantine = nameof(ViewerRights.Quarantine);
    public const string Catalogue = nameof(ViewerRights.Catalogue);
    public const string Operate = nameof(ViewerRights.Operate);
    public const string Chains = nameof(ViewerRights.Chains);
    public const string EditChains = nameof(ViewerRights.EditChains);
    public const string RegisterLetters = nameof(ViewerRights.RegisterLetters);
    public const string Push = nameof(ViewerRights.Push);
}
