namespace Portal.Ingestion.Domain;

/// <summary>The scopes of API keys (<c>Api:Keys</c>) and what each may do, in one place.</summary>
public static class ApiScopes
{
    private static readonly Dictionary<string, ViewerRights> Rights = new(StringComparer.Ordinal)
    {
        ["letters:write"] = ViewerRights.RegisterLetters,
        ["evidence:read"] = ViewerRights.Cases | ViewerRights.Counts,
        ["messages:read"] = ViewerRights.Messages | ViewerRights.Counts | ViewerRights.Catalogue,
        ["messages:raw"] = ViewerRights.Messages | ViewerRights.ExactBytes | ViewerRights.EvidenceBytes,
        ["messages:push"] = ViewerRights.Push,
        ["chains:read"] = ViewerRights.Chains,
        ["chains:write"] = ViewerRights.EditChains | ViewerRights.SteerBenefits,
        ["operations:read"] = ViewerRights.Quarantine | ViewerRights.Operate | ViewerRights.Counts | ViewerRights.Catalogue,
        ["operations:write"] = ViewerRights.Quarantine | ViewerRights.Administer,
        ["access:read"] = ViewerRights.AccessLog,
        ["events:read"] = ViewerRights.Events,
    };

    /// <summary>Every scope's name, as written in the configuration.</summary>
    public static IReadOnlyCollection<string> All => Rights.Keys;

    /// <summary>True for a scope's name.</summary>
    public static bool IsKnown(string scope) => Rights.ContainsKey(scope);

    /// <summary>Rights of a scope; none for an unknown one.</summary>
    public static ViewerRights RightsOf(string scope) => Rights.GetValueOrDefault(scope);
}
