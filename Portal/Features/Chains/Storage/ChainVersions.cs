using Microsoft.EntityFrameworkCore;
using Portal.Features.Chains.Document;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Storage;
using Portal.Platform.Storage;

namespace Portal.Features.Chains.Storage;

/// <summary>A named version of a chain.</summary>
public sealed record ChainVersion(Guid Id, string Name, long Number, DateTimeOffset At, string By);

/// <summary>Named versions of chains (»før workshop«, »efter workshop«).</summary>
public sealed class ChainVersions(
    IDbContextFactory<PortalDbContext> contexts, IChainStore chains, WriteGate gate, TimeProvider time)
{
    private const int MaxName = 200;

    /// <summary>
    /// Saves <paramref name="state"/> as a version; CPR numbers in the name are masked. Null when the viewer may not edit this chain, or
    /// the name is empty or longer than 200 characters.
    /// </summary>
    /// <exception cref="Portal.Ingestion.Domain.StorageUnavailableException">The database is unavailable; nothing was saved.</exception>
    [Demands(ViewerRights.EditChains)]
    public async Task<ChainVersion?> SaveAsync(
        Viewer viewer, string chainId, string name, ChainState state, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(state);
        var clean = CprNumber.MaskIn(ChainRules.Clean(name).Trim());
        if (clean.Length is 0 or > MaxName || !viewer.MayCall<ChainVersions>()) return null;
        // Texts hidden by silent writing are left out: everyone can read a version.
        var document = state.ForEveryone();
        var row = new StoredChainVersion { Id = Guid.NewGuid(), ChainId = chainId, Name = clean, Number = state.Number,
            At = time.GetUtcNow(), By = viewer.Name, Json = StoredJson.Write(document) };
        return await StorageAccess.TryAsync<ChainVersion?>(async () =>
        {
            if (await chains.FindAsync(viewer, chainId, cancellationToken) is not { } chain
                || !viewer.At(chain.Authority).May(ViewerRights.EditChains))
            {
                return null;
            }

            using var writeLock = await gate.EnterAsync(cancellationToken);
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            db.ChainVersions.Add(row);
            await db.SaveChangesAsync(cancellationToken);
            return new ChainVersion(row.Id, row.Name, row.Number, row.At, row.By);
        });
    }

    /// <summary>The versions, newest first; none when the viewer may not see this chain.</summary>
    /// <exception cref="Portal.Ingestion.Domain.StorageUnavailableException">The database cannot be read now.</exception>
    [Demands(ViewerRights.Chains, Or = ViewerRights.EditChains)]
    public Task<IReadOnlyList<ChainVersion>> ListAsync(Viewer viewer, string chainId, CancellationToken cancellationToken) =>
        StorageAccess.TryAsync<IReadOnlyList<ChainVersion>>(async () =>
        {
            if (await chains.FindAsync(viewer, chainId, cancellationToken) is null) return [];
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            return await db.ChainVersions.AsNoTracking().Where(v => v.ChainId == chainId).OrderByDescending(v => v.At)
                .Select(v => new ChainVersion(v.Id, CprNumber.MaskIn(v.Name), v.Number, v.At, v.By)).ToListAsync(cancellationToken);
        });

    /// <summary>The chain of a version; null when there is none that the viewer may see.</summary>
    /// <exception cref="Portal.Ingestion.Domain.StorageUnavailableException">The database cannot be read now.</exception>
    [Demands(ViewerRights.Chains, Or = ViewerRights.EditChains)]
    public Task<ChainDocument?> ReadAsync(Viewer viewer, string chainId, Guid version, CancellationToken cancellationToken) =>
        StorageAccess.TryAsync(async () =>
        {
            if (await chains.FindAsync(viewer, chainId, cancellationToken) is null) return null;
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            return await db.ChainVersions.AsNoTracking().Where(v => v.ChainId == chainId && v.Id == version).Select(v => v.Json)
                .SingleOrDefaultAsync(cancellationToken) is { } json
                ? StoredJson.ReadDocument(json)
                : null;
        });
}
