using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Storage;
using Portal.Platform.Storage;

namespace Portal.Features.Chains.Storage;

/// <summary>
/// The codes with which guests join workshops. Whether a workshop is open is in the chain's own log; this only finds the chain of a code.
/// </summary>
public sealed class WorkshopCodes(
    IDbContextFactory<PortalDbContext> contexts, IChainStore chains, WriteGate gate, TimeProvider time)
{
    private const string Letters = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
    private const int Length = 8;

    /// <summary>
    /// Creates a code for the chain: eight letters and digits, none of which look alike. Apply <c>OpenWorkshop</c> with it next.
    /// </summary>
    /// <exception cref="UnauthorizedAccessException">The viewer may not edit this chain.</exception>
    /// <exception cref="Portal.Ingestion.Domain.StorageUnavailableException">The database is unavailable; nothing was changed.</exception>
    [Demands(ViewerRights.EditChains)]
    public async Task<string> MakeAsync(Viewer viewer, string chainId, CancellationToken cancellationToken)
    {
        var code = RandomNumberGenerator.GetString(Letters, Length);
        return await StorageAccess.TryAsync(async () =>
        {
            await DemandAsync(viewer, chainId, cancellationToken);
            using var writeLock = await gate.EnterAsync(cancellationToken);
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            db.Workshops.Add(new StoredWorkshop { Code = code, ChainId = chainId, OpenedAt = time.GetUtcNow(), OpenedBy = viewer.Name });
            await db.SaveChangesAsync(cancellationToken);
            return code;
        });
    }

    /// <summary>The chain of a code, ignoring the case of its letters; null for an unknown code, and for one that is closed.</summary>
    public async Task<string?> FindChainAsync(string code, CancellationToken cancellationToken)
    {
        var wanted = code.Trim().ToUpperInvariant();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Workshops.AsNoTracking().Where(w => w.Code == wanted && w.ClosedAt == null).Select(w => w.ChainId)
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Closes the chain's codes. Apply <c>CloseWorkshop</c> too.</summary>
    /// <exception cref="Portal.Ingestion.Domain.StorageUnavailableException">The database is unavailable; nothing was changed.</exception>
    [Demands(ViewerRights.EditChains)]
    public async Task CloseAsync(Viewer viewer, string chainId, CancellationToken cancellationToken)
    {
        DateTimeOffset? now = time.GetUtcNow();
        await StorageAccess.TryAsync(async () =>
        {
            await DemandAsync(viewer, chainId, cancellationToken);
            using var writeLock = await gate.EnterAsync(cancellationToken);
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            return await db.Workshops.Where(w => w.ChainId == chainId && w.ClosedAt == null)
                .ExecuteUpdateAsync(w => w.SetProperty(x => x.ClosedAt, now), cancellationToken);
        });
    }

    private async Task DemandAsync(Viewer viewer, string chainId, CancellationToken cancellationToken)
    {
        if (await chains.FindAsync(viewer, chainId, cancellationToken) is not { } chain
            || !viewer.At(chain.Authority).MayCall<WorkshopCodes>(nameof(MakeAsync)))
            throw new UnauthorizedAccessException("The viewer may not edit this chain.");
    }
}
