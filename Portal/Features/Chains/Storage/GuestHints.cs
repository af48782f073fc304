using Microsoft.EntityFrameworkCore;
using Portal.Features.Chains.Hints;
using Portal.Ingestion.Domain;
using Portal.Platform.Storage;

namespace Portal.Features.Chains.Storage;

/// <summary>
/// Reads which hints are dismissed or answered, for a workshop's guests, so that they see the same number of hints as the others.
/// </summary>
public sealed class GuestHints(
    IDbContextFactory<PortalDbContext> contexts, WorkshopCodes codes, HintDismissals dismissals, IMeasuredBoxes measured)
{
    private static readonly Dictionary<string, MeasuredBox> NothingMeasured = [];

    /// <summary>
    /// The hints dismissed in the chain of a workshop, without reasons and names, which are the authority's own, and what its benefits know
    /// of boxes; empty for a code that is not open.
    /// </summary>
    /// <exception cref="Portal.Ingestion.Domain.StorageUnavailableException">The database cannot be read now.</exception>
    public Task<(IReadOnlyList<HintDismissal> Dismissed, IReadOnlyDictionary<string, MeasuredBox> Measured)> OfAsync(
        string code, CancellationToken cancellationToken) =>
        StorageAccess.TryAsync<(IReadOnlyList<HintDismissal>, IReadOnlyDictionary<string, MeasuredBox>)>(async () =>
        {
            if (await codes.FindChainAsync(code, cancellationToken) is not { } chain) return ([], NothingMeasured);
            if (await AuthorityAsync(chain, cancellationToken) is not { } authority) return ([], NothingMeasured);
            var host = new Viewer("", "", ViewerRights.Chains, [authority], TypeScope.None);
            var present = await measured.ListAsync(host, [chain], cancellationToken);
            var aside = await dismissals.ListAsync(host, chain, cancellationToken);
            return ([.. aside.Select(d => new HintDismissal(d.Hint, "", default, ""))],
                present.GetValueOrDefault(chain) ?? NothingMeasured);
        });

    private async Task<string?> AuthorityAsync(string chain, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Chains.AsNoTracking().Where(c => c.Id == chain).Select(c => c.Authority).SingleOrDefaultAsync(cancellationToken);
    }
}
