using Portal.Features.Chains.Storage;
using Portal.Ingestion.Domain;
using Portal.Platform.Shell;
using Portal.Platform.Ui;

namespace Portal.Features.Chains.Gallery;

/// <summary>Suggests benefit chains by title or department.</summary>
/// <param name="chains">The chains.</param>
public sealed class ChainSuggestions(IChainStore chains) : ISearchSource
{
    private const int MostRead = 500;

    /// <inheritdoc />
    public async Task<IReadOnlyList<SearchHit>> FindAsync(Viewer viewer, string term, int most, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        if (!viewer.May(ViewerRights.Chains)) return [];
        var all = await chains.ListAsync(viewer, null, MostRead, cancellationToken);
        return
        [
            .. all.Items.Select(c => c.Masked())
                .Where(c => $"{c.Title} {c.Department}".Contains(term, StringComparison.CurrentCultureIgnoreCase)).Take(most)
                .Select(c => new SearchHit("chain", c.Title, c.Department, PortalUrls.Chain(c.Id))),
        ];
    }
}
