using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;
using Portal.Platform.Shell;
using Portal.Platform.Ui;

namespace Portal.Features.Cases;

/// <summary>Suggests cases by number, letter, title or recipient, as the page Sager finds them.</summary>
/// <param name="cases">The cases; the look-up is noted in the access log as that page's is.</param>
public sealed class CaseSuggestions(ICaseReader cases) : ISearchSource
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<SearchHit>> FindAsync(Viewer viewer, string term, int most, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        if (!viewer.May(ViewerRights.Cases)) return [];
        var found = await cases.SearchAsync(viewer, term, null, most, cancellationToken);
        return
        [
            .. found.Items.Select(c => new SearchHit(
                "case", c.CaseNumber, $"{c.Shown.Recipient} · {c.Shown.Title}", PortalUrls.Case(c.CaseNumber))),
        ];
    }
}
