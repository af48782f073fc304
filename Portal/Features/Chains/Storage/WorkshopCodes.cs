using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Storage;
using Portal.Platform.Storage;

namespace Portal.Features.Chains.Storage;

/// <summary>Workshop codes in the database.</summary>
internal sealed class WorkshopCodes(
    IDbContextFactory<PortalDbContext> contexts, IChainStore chains, WriteGate gate, TimeProvider time) : IWorkshopCodes
{
    private const string Letters = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
    private const int Length = 8;

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

    public async Task<string?> FindChainAsync(string code, CancellationToken cancellationToken)
    {
        var wanted = code.Trim().ToUpperInvariant();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Workshops.AsNoTracking().Where(w => w.Code == wanted && w.ClosedAt == null).Select(w => w.ChainId)
            .SingleOrDefaultAsync(cancellationToken);
    }

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
        if (!viewer.May(ViewerRights.EditChains) || await chains.FindAsync(viewer, chainId, cancellationToken) is null)
            throw new UnauthorizedAccessException("The viewer may not edit this chain.");
    }
}
