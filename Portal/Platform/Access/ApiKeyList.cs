using Portal.Ingestion.Domain;
using Portal.Ingestion.Settings;

namespace Portal.Platform.Access;

/// <summary>An API key as administrators see it: never the key itself.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Authority">CVR number of its authority.</param>
/// <param name="Scopes">Names of <see cref="ApiScopes"/>.</param>
/// <param name="ValidFrom">UTC; null: from the start.</param>
/// <param name="ValidTo">UTC; null: without end.</param>
/// <param name="LastUsed">UTC; null when it is not known.</param>
public sealed record ListedKey(
    string Name, string Authority, IReadOnlyList<string> Scopes, DateTimeOffset? ValidFrom, DateTimeOffset? ValidTo,
    DateTimeOffset? LastUsed);

/// <summary>Lists the API keys.</summary>
public interface IApiKeyList
{
    /// <summary>The keys of the administrator's authorities; none for anybody else.</summary>
    [Demands(ViewerRights.Operate)]
    IReadOnlyList<ListedKey> Read(Viewer viewer);
}

/// <summary>The keys of the configuration.</summary>
internal sealed class ApiKeyList(AccessSettings access, PortalSettings settings) : IApiKeyList
{
    /// <inheritdoc />
    public IReadOnlyList<ListedKey> Read(Viewer viewer) => viewer.May(ViewerRights.Operate)
        ? [.. access.Keys.Select(k => new ListedKey(k.Name, k.Cvr ?? settings.Cvr[0], k.Scopes, null, null, null))
            .Where(k => viewer.AuthoritiesOf(ViewerRights.Operate).Contains(k.Authority))]
        : [];
}
