using Portal.Ingestion.Domain;
using Portal.Platform.Access;
using Portal.Platform.Text;
using Portal.Platform.Ui.Fields;

namespace Portal.Features.Chains.Storage;

/// <summary>The departments of the chains that the signed-in person may see.</summary>
/// <param name="chains">The chains.</param>
/// <param name="viewer">Who is signed in.</param>
public sealed class DepartmentsInUse(IChainStore chains, ICurrentViewer viewer) : INamesInUse
{
    private const int PageSize = 500;

    /// <inheritdoc />
    public async Task<IReadOnlyList<string>> ReadAsync(CancellationToken cancellationToken) =>
        await OfAsync(chains, await viewer.GetAsync(), cancellationToken);

    /// <summary>The departments of all chains that a viewer may see.</summary>
    public static async Task<IReadOnlyList<string>> OfAsync(IChainStore chains, Viewer viewer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(chains);
        ArgumentNullException.ThrowIfNull(viewer);
        if (!viewer.May(ViewerRights.Chains)) return [];
        var found = new List<ChainSummary>();
        string? cursor = null;
        do
        {
            var page = await chains.ListAsync(viewer, cursor, PageSize, cancellationToken);
            found.AddRange(page.Items);
            cursor = page.Cursor;
        }
        while (cursor is not null);
        return Of(found);
    }

    /// <summary>The departments of these chains, each once, in alphabetical order.</summary>
    /// <remarks>One that contains a person number is left out: a chosen department is in the address.</remarks>
    public static IReadOnlyList<string> Of(IEnumerable<ChainSummary> chains) =>
    [
        .. chains.Select(c => c.Department).Where(d => d.Length > 0 && !CprNumber.IsIn(d) && !CprNumber.IsMaskedIn(d))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Create(DanishFormat.Danish, ignoreCase: true)),
    ];
}
