using Microsoft.EntityFrameworkCore;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Layout;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Log;
using Portal.Ingestion.Storage;
using Portal.Platform.Storage;

namespace Portal.Features.Chains.Storage;

/// <summary>Chains in the database.</summary>
internal sealed class ChainStore(
    IDbContextFactory<PortalDbContext> contexts, IChainLog log, WriteGate gate, TimeProvider time) : IChainStore
{
    /// <summary>How long a chain stays in the trash.</summary>
    public static readonly TimeSpan TrashKept = TimeSpan.FromDays(30);

    public async Task<Page<ChainSummary>> ListAsync(Viewer viewer, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var after = ChainCursor.Parse(cursor);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var query = Visible(db, viewer).Where(c => c.DeletedAt == null);
#pragma warning disable CA1309 // This is SQL: the order is the database's own, the same that sorts the page.
        if (after is { At: var at, Id: var id })
            query = query.Where(c => c.ChangedAt < at || (c.ChangedAt == at && string.Compare(c.Id, id) > 0));
#pragma warning restore CA1309
        var rows = await query.OrderByDescending(c => c.ChangedAt).ThenBy(c => c.Id).Take(limit + 1).ToListAsync(cancellationToken);
        var page = rows.Take(limit).ToList();
        return new Page<ChainSummary>(
            [.. page.Select(Summary)], rows.Count > limit ? new ChainCursor(page[^1].ChangedAt, page[^1].Id).ToString() : null);
    }

    public async Task<ChainSummary?> FindAsync(Viewer viewer, string chainId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Visible(db, viewer).SingleOrDefaultAsync(c => c.Id == chainId && c.DeletedAt == null, cancellationToken) is { } row
            ? Summary(row)
            : null;
    }

    public Task<ChainDocument?> ReadAsync(Viewer viewer, string chainId, CancellationToken cancellationToken) =>
        StorageAccess.TryAsync(async () =>
        {
            if (await FindAsync(viewer, chainId, cancellationToken) is not { } chain
                || await log.ReadAsync(chainId, 0, cancellationToken) is not { } reading)
            {
                return null;
            }
            return reading.Tail.Aggregate(reading.From, ChainApply.Apply).For(ChainEditor.Of(viewer, chain.Authority));
        });

    public Task<IReadOnlyDictionary<string, (long Number, ChainDocument Document)>> ReadManyAsync(
        Viewer viewer, IReadOnlyCollection<string> chainIds, CancellationToken cancellationToken) =>
        StorageAccess.TryAsync<IReadOnlyDictionary<string, (long Number, ChainDocument Document)>>(async () =>
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var seen = await Visible(db, viewer).Where(c => c.DeletedAt == null && chainIds.Contains(c.Id))
                .ToDictionaryAsync(c => c.Id, c => c.Authority, cancellationToken);
            return (await log.ReadManyAsync([.. seen.Keys], cancellationToken)).ToDictionary(
                s => s.Key, s => (s.Value.Number, s.Value.For(ChainEditor.Of(viewer, seen[s.Key]))), StringComparer.Ordinal);
        });

    public async Task<ChainSummary> CreateAsync(
        Viewer viewer, string? wishedId, ChainDocument document, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(document);
        if (!viewer.MayCall<IChainStore>() || viewer.AuthorityOf(ViewerRights.EditChains) is not { } authority)
            throw new UnauthorizedAccessException("The viewer may not make chains.");
        var placed = ChainLayout.PlaceMissing(document);
        var now = time.GetUtcNow();
        var changes = ChainDifference.Changes(ChainDocument.Empty, placed);
        var (clean, field) = ChainRules.Check(ChainDocument.Empty, new ChainOperation(changes));
        if (clean is null) throw new ArgumentException($"{field} may not stand in a chain.", nameof(document));
        return await StorageAccess.TryAsync(async () =>
        {
            using var writeLock = await gate.EnterAsync(cancellationToken);
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var free = wishedId is not null && ChainRules.IsId(wishedId)
                && !await db.Chains.AnyAsync(c => c.Id == wishedId, cancellationToken);
            var row = new StoredChain
            {
                Id = free ? wishedId! : Guid.NewGuid().ToString("N"), Authority = authority, Title = placed.Title,
                Department = placed.Department, Stage = placed.Stage.ToString(), Boxes = placed.Present.Count(), LastNumber = 1,
                CreatedAt = now, CreatedBy = viewer.Name, ChangedAt = now, ChangedBy = viewer.Name,
            };
            db.Chains.Add(row);
            // Creation is nobody's step to undo: no window has this client id.
            db.ChainOperations.Add(
                ChainLog.ToRow(row.Id, new StoredOperation(1, viewer.Id, viewer.Name, "made", now, ChainCause.Edit, 0, clean.Changes)));
            await db.SaveChangesAsync(cancellationToken);
            return Summary(row);
        });
    }

    public Task<bool> DeleteAsync(Viewer viewer, string chainId, CancellationToken cancellationToken) =>
        MarkAsync(viewer, chainId, time.GetUtcNow(), null, cancellationToken);

    public Task<bool> DeleteAsync(Viewer viewer, string chainId, long revision, CancellationToken cancellationToken) =>
        MarkAsync(viewer, chainId, time.GetUtcNow(), revision, cancellationToken);

    public Task<bool> RestoreAsync(Viewer viewer, string chainId, CancellationToken cancellationToken) =>
        MarkAsync(viewer, chainId, null, null, cancellationToken);

    public async Task<IReadOnlyList<ChainSummary>> TrashAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await Visible(db, viewer).Where(c => c.DeletedAt != null).OrderByDescending(c => c.DeletedAt).ThenBy(c => c.Id)
            .ToListAsync(cancellationToken);
        return [.. rows.Select(Summary)];
    }

    /// <summary>Deletes what has been in the trash for 30 days. Returns the number of chains.</summary>
    internal async Task<int> PurgeAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - TrashKept;
        using var writeLock = await gate.EnterAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Chains.Where(c => c.DeletedAt != null && c.DeletedAt < before).ExecuteDeleteAsync(cancellationToken);
    }

    private async Task<bool> MarkAsync(
        Viewer viewer, string chainId, DateTimeOffset? deletedAt, long? revision, CancellationToken cancellationToken)
    {
        if (!viewer.MayCall<IChainStore>(deletedAt is null ? nameof(RestoreAsync) : nameof(DeleteAsync))) return false;
        return await StorageAccess.TryAsync(async () =>
        {
            using var writeLock = await gate.EnterAsync(cancellationToken);
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var own = viewer.AuthoritiesOf(ViewerRights.EditChains);
            var rows = Visible(db, viewer).Where(c => own.Contains(c.Authority)
                && c.Id == chainId && (c.DeletedAt == null) == (deletedAt != null) && (revision == null || c.LastNumber == revision));
            var by = deletedAt is null ? null : viewer.Name;
            return await rows.ExecuteUpdateAsync(
                c => c.SetProperty(x => x.DeletedAt, deletedAt).SetProperty(x => x.DeletedBy, by), cancellationToken) == 1;
        });
    }

    // Without the right to read or edit chains none are visible; an API key that may only edit sees those it may edit.
    internal static IQueryable<StoredChain> Visible(PortalDbContext db, Viewer viewer)
    {
        string[] authorities = [.. viewer.AuthoritiesOf(ViewerRights.Chains).Union(viewer.AuthoritiesOf(ViewerRights.EditChains))];
        return db.Chains.AsNoTracking().Where(c => authorities.Contains(c.Authority));
    }

    // Shown in lists and never written back, so CPR numbers are masked here.
    private static ChainSummary Summary(StoredChain row) => new(
        row.Id, CprNumber.MaskIn(row.Title), CprNumber.MaskIn(row.Department), StoredName.Of<ChainStage>(row.Stage) ?? default, row.Boxes,
        row.LastNumber, row.CreatedAt, row.CreatedBy, row.ChangedAt, row.ChangedBy, row.DeletedAt)
    {
        Authority = row.Authority,
    };
}
