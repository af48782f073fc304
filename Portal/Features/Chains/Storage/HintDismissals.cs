using Microsoft.EntityFrameworkCore;
using Portal.Features.Chains.Document;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Storage;
using Portal.Platform.Storage;

namespace Portal.Features.Chains.Storage;

/// <summary>A dismissed hint.</summary>
/// <param name="Hint"><c>QualityHint.Key</c>.</param>
public sealed record HintDismissal(string Hint, string Reason, DateTimeOffset At, string By);

/// <summary>Dismissed hints with their reasons. Everyone who may edit the chain may dismiss hints and show them again.</summary>
public sealed class HintDismissals(
    IDbContextFactory<PortalDbContext> contexts, IChainStore chains, WriteGate gate, TimeProvider time)
{
    private const int MaxReason = 1_000;

    /// <summary>The dismissed hints; none when the viewer may not see this chain.</summary>
    /// <exception cref="Portal.Ingestion.Domain.StorageUnavailableException">The database cannot be read now.</exception>
    [Demands(ViewerRights.Chains, Or = ViewerRights.EditChains)]
    public Task<IReadOnlyList<HintDismissal>> ListAsync(Viewer viewer, string chainId, CancellationToken cancellationToken) =>
        StorageAccess.TryAsync<IReadOnlyList<HintDismissal>>(async () =>
        {
            if (await chains.FindAsync(viewer, chainId, cancellationToken) is null) return [];
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            return await db.HintDismissals.AsNoTracking().Where(d => d.ChainId == chainId)
                .Select(d => new HintDismissal(d.Hint, CprNumber.MaskIn(d.Reason), d.At, d.By)).ToListAsync(cancellationToken);
        });

    /// <summary>The keys of the dismissed hints by chain id, in one read; chains that the viewer may not see are left out.</summary>
    /// <exception cref="Portal.Ingestion.Domain.StorageUnavailableException">The database cannot be read now.</exception>
    [Demands(ViewerRights.Chains, Or = ViewerRights.EditChains)]
    public Task<ILookup<string, string>> ListAsync(
        Viewer viewer, IReadOnlyCollection<string> chainIds, CancellationToken cancellationToken) => StorageAccess.TryAsync(async () =>
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var seen = ChainStore.Visible(db, viewer).Where(c => chainIds.Contains(c.Id)).Select(c => c.Id);
            var rows = await db.HintDismissals.AsNoTracking().Where(d => seen.Contains(d.ChainId)).Select(d => new { d.ChainId, d.Hint })
                .ToListAsync(cancellationToken);
            return rows.ToLookup(d => d.ChainId, d => d.Hint, StringComparer.Ordinal);
        });

    /// <summary>
    /// Dismisses a hint; CPR numbers in the reason are masked. False without a reason, with one longer than 1,000 characters, or when the
    /// viewer may not edit this chain.
    /// </summary>
    /// <exception cref="Portal.Ingestion.Domain.StorageUnavailableException">The database is unavailable; nothing was changed.</exception>
    [Demands(ViewerRights.EditChains)]
    public async Task<bool> PutAsideAsync(Viewer viewer, string chainId, string hint, string reason, CancellationToken cancellationToken)
    {
        var clean = CprNumber.MaskIn(ChainRules.Clean(reason).Trim());
        if (clean.Length is 0 or > MaxReason) return false;
        return await StorageAccess.TryAsync(async () =>
        {
            if (!await MayEditAsync(viewer, chainId, cancellationToken)) return false;
            using var writeLock = await gate.EnterAsync(cancellationToken);
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            await db.HintDismissals.Where(d => d.ChainId == chainId && d.Hint == hint).ExecuteDeleteAsync(cancellationToken);
            db.HintDismissals.Add(
                new StoredHintDismissal { ChainId = chainId, Hint = hint, Reason = clean, At = time.GetUtcNow(), By = viewer.Name });
            await db.SaveChangesAsync(cancellationToken);
            return true;
        });
    }

    /// <summary>Shows a dismissed hint again. False when the viewer may not edit this chain.</summary>
    /// <exception cref="Portal.Ingestion.Domain.StorageUnavailableException">The database is unavailable; nothing was changed.</exception>
    [Demands(ViewerRights.EditChains)]
    public Task<bool> TakeUpAsync(Viewer viewer, string chainId, string hint, CancellationToken cancellationToken) =>
        StorageAccess.TryAsync(async () =>
        {
            if (!await MayEditAsync(viewer, chainId, cancellationToken)) return false;
            using var writeLock = await gate.EnterAsync(cancellationToken);
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            await db.HintDismissals.Where(d => d.ChainId == chainId && d.Hint == hint).ExecuteDeleteAsync(cancellationToken);
            return true;
        });

    private async Task<bool> MayEditAsync(Viewer viewer, string chainId, CancellationToken cancellationToken) =>
        await chains.FindAsync(viewer, chainId, cancellationToken) is { } chain
        && viewer.At(chain.Authority).MayCall<HintDismissals>(nameof(PutAsideAsync));
}
