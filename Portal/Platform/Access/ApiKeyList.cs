using Portal.Ingestion.Domain;
using Portal.Ingestion.Settings;

namespace Portal.Platform.Access;

/// <summary>An API key as administrators see it: neither the key nor its hash.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Authority">CVR number of its authority.</param>
/// <param name="Scopes">Names of <see cref="ApiScopes"/>.</param>
/// <param name="ValidFrom">UTC; null: from the start.</param>
/// <param name="ValidTo">UTC, exclusive; null: without end.</param>
/// <param name="LastUsed">UTC; null when it was never used.</param>
/// <param name="IsPlain">True when the configuration has the key itself instead of its hash.</param>
public sealed record ListedKey(
    string Name, string Authority, IReadOnlyList<string> Scopes, DateTimeOffset? ValidFrom, DateTimeOffset? ValidTo,
    DateTimeOffset? LastUsed, bool IsPlain = false);

/// <summary>Lists the API keys.</summary>
public interface IApiKeyList
{
    /// <summary>The keys of the administrator's authorities; none for anybody else.</summary>
    [Demands(ViewerRights.Operate)]
    Task<IReadOnlyList<ListedKey>> ReadAsync(Viewer viewer, CancellationToken cancellationToken);
}

/// <summary>The keys of the configuration, with their last use.</summary>
internal sealed class ApiKeyList(AccessSettings access, PortalSettings settings, ApiKeyUse use) : IApiKeyList
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<ListedKey>> ReadAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        if (!viewer.MayCall<IApiKeyList>()) return [];
        var uses = await use.ReadAsync(cancellationToken);
        return
        [
            .. access.Keys.Select(k => new ListedKey(k.Name, k.Cvr ?? settings.Cvr[0], k.Scopes, k.ValidFrom, k.ValidTo,
                    uses.TryGetValue(k.Id, out var at) ? at : null, k.IsPlain))
                .Where(k => viewer.AuthoritiesOf(ViewerRights.Operate).Contains(k.Authority)),
        ];
    }
}
