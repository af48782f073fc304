using Microsoft.Extensions.Localization;
using Portal.Ingestion.Domain;
using Portal.Platform.Ui;

namespace Portal.Platform.Shell;

/// <summary>Finds the pages of the portal by their names in the menu.</summary>
/// <param name="texts">The names.</param>
public sealed class PageSearch(IStringLocalizer<ShellTexts> texts) : ISearchSource
{
    private static readonly (string Name, string Href, ViewerRights Needs)[] Pages =
    [
        ("Overview", PortalUrls.Overview, ViewerRights.None), ("Cases", PortalUrls.Cases, ViewerRights.Cases),
        ("FollowUp", PortalUrls.FollowUp, ViewerRights.Cases), ("Registering", PortalUrls.Registering, ViewerRights.RegisterLetters),
        ("Live", PortalUrls.Messages, ViewerRights.Messages), ("Catalogue", PortalUrls.Catalogue, ViewerRights.Catalogue),
        ("Quarantine", PortalUrls.Quarantine, ViewerRights.Quarantine), ("Chains", PortalUrls.Chains, ViewerRights.Chains),
        ("Operations", PortalUrls.Operations, ViewerRights.Operate), ("AccessLog", PortalUrls.AccessLog, ViewerRights.AccessLog),
        ("OwnAccess", PortalUrls.Access, ViewerRights.None),
    ];

    /// <inheritdoc />
    public Task<IReadOnlyList<SearchHit>> FindAsync(Viewer viewer, string term, int most, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        ArgumentNullException.ThrowIfNull(term);
        IReadOnlyList<SearchHit> found =
        [
            .. Pages.Where(p => p.Needs == ViewerRights.None || viewer.May(p.Needs))
                .Select(p => new SearchHit("page", texts[p.Name], "", p.Href))
                .Where(h => h.Text.Contains(term, StringComparison.CurrentCultureIgnoreCase)).Take(most),
        ];
        return Task.FromResult(found);
    }
}
