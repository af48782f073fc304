using Microsoft.EntityFrameworkCore;
using Portal.Features.Chains.Document;
using Portal.Ingestion.Storage;
using Portal.Platform.Storage;

namespace Portal.Features.Chains.Storage;

/// <summary>The operation log in the database.</summary>
internal sealed class ChainLog(IDbContextFactory<PortalDbContext> contexts, WriteGate gate) : IChainLog
{
    private const int SnapshotsReach = 500;

    public async Task<ChainReading?> ReadAsync(string chainId, int undoReach, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Chains.AsNoTracking()
            .SingleOrDefaultAsync(c => c.Id == chainId && c.DeletedAt == null, cancellationToken) is not { } chain)
        {
            return null;
        }
        var latest = chain.LastNumber - undoReach;
        var from = await SnapshotAsync(db, chainId, latest, cancellationToken);
        return new ChainReading(from, await ReadAfterAsync(db, chainId, from.Number, cancellationToken));
    }

    public async Task<IReadOnlyDictionary<string, ChainState>> ReadManyAsync(
        IReadOnlyCollection<string> chainIds, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var snapshots = await db.ChainSnapshots.AsNoTracking().Where(s => chainIds.Contains(s.ChainId)
            && !db.ChainSnapshots.Any(later => later.ChainId == s.ChainId && later.Number > s.Number)).ToListAsync(cancellationToken);
        var operations = await db.ChainOperations.AsNoTracking()
            .Where(o => chainIds.Contains(o.ChainId) && !db.ChainSnapshots.Any(s => s.ChainId == o.ChainId && s.Number >= o.Number))
            .OrderBy(o => o.ChainId).ThenBy(o => o.Number).ToListAsync(cancellationToken);
        var states = new Dictionary<string, ChainState>(StringComparer.Ordinal);
        foreach (var snapshot in snapshots)
        {
            if (StoredJson.ReadState(snapshot.Number, snapshot.Json) is { } state) states[snapshot.ChainId] = state;
            else if (await ReadAsync(snapshot.ChainId, 0, cancellationToken) is { } reading)
            {
                states[snapshot.ChainId] = reading.Tail.Aggregate(reading.From, ChainApply.Apply);
            }
        }

        foreach (var row in operations)
        {
            var state = states.GetValueOrDefault(row.ChainId, ChainState.Start);
            // A snapshot made between the two reads leaves a gap: the operations after it are read the next time.
            if (row.Number == state.Number + 1) states[row.ChainId] = ChainApply.Apply(state, FromRow(row));
        }

        return states;
    }

    public async Task<IReadOnlySet<string>> PresentAsync(IReadOnlyCollection<string> chainIds, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Chains.Where(c => chainIds.Contains(c.Id) && c.DeletedAt == null).Select(c => c.Id)
            .ToHashSetAsync(StringComparer.Ordinal, cancellationToken);
    }

    public async Task<IReadOnlyList<StoredOperation>> ReadAfterAsync(string chainId, long number, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await ReadAfterAsync(db, chainId, number, cancellationToken);
    }

    public async Task<AppendOutcome> AppendAsync(
        string chainId, StoredOperation operation, ChainDocument after, CancellationToken cancellationToken)
    {
        return await StorageAccess.TryAsync(async () =>
        {
            using var writeLock = await gate.EnterAsync(cancellationToken);
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var (stage, boxes) = (after.Stage.ToString(), after.Present.Count());
            var expected = operation.Number - 1;

            // The row's number is the lock: when two nodes write, one updates it, and the other finds it changed and adds nothing.
            var rows = await db.Chains.Where(c => c.Id == chainId && c.DeletedAt == null && c.LastNumber == expected).ExecuteUpdateAsync(
                c => c.SetProperty(x => x.LastNumber, operation.Number).SetProperty(x => x.ChangedAt, operation.At)
                    .SetProperty(x => x.ChangedBy, operation.AuthorName)
                    .SetProperty(x => x.Title, after.Title).SetProperty(x => x.Department, after.Department)
                    .SetProperty(x => x.Stage, stage).SetProperty(x => x.Boxes, boxes),
                cancellationToken);
            if (rows == 0)
            {
                return await db.Chains.AnyAsync(c => c.Id == chainId && c.DeletedAt == null, cancellationToken)
                    ? AppendOutcome.NumberTaken
                    : AppendOutcome.Gone;
            }
            db.ChainOperations.Add(ToRow(chainId, operation));
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return AppendOutcome.Appended;
        });
    }

    public async Task SaveSnapshotAsync(string chainId, ChainState state, CancellationToken cancellationToken)
    {
        using var writeLock = await gate.EnterAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.ChainSnapshots.AnyAsync(s => s.ChainId == chainId && s.Number == state.Number, cancellationToken)) return;
        db.ChainSnapshots.Add(new StoredChainSnapshot { ChainId = chainId, Number = state.Number, Json = StoredJson.Write(state) });
        await db.SaveChangesAsync(cancellationToken);
        var old = state.Number - SnapshotsReach;
        await db.ChainSnapshots.Where(s => s.ChainId == chainId && s.Number < old).ExecuteDeleteAsync(cancellationToken);
    }

    // All operations are stored, so a snapshot that cannot be read is replaced by an earlier one, or by the empty chain.
    private static async Task<ChainState> SnapshotAsync(
        PortalDbContext db, string chainId, long latest, CancellationToken cancellationToken)
    {
        var newestFirst = db.ChainSnapshots.AsNoTracking().Where(s => s.ChainId == chainId && s.Number <= latest)
            .OrderByDescending(s => s.Number).AsAsyncEnumerable();
        await foreach (var snapshot in newestFirst.WithCancellation(cancellationToken))
        {
            if (StoredJson.ReadState(snapshot.Number, snapshot.Json) is { } state) return state;
        }

        return ChainState.Start;
    }

    internal static StoredChainOperation ToRow(string chainId, StoredOperation operation) => new()
    {
        ChainId = chainId, Number = operation.Number, Author = operation.Author, AuthorName = operation.AuthorName,
        Hand = operation.ClientId, At = operation.At,
        Cause = operation.Cause.ToString(), Steps = operation.Steps, Json = StoredJson.Write(operation.Changes),
    };

    private static async Task<IReadOnlyList<StoredOperation>> ReadAfterAsync(
        PortalDbContext db, string chainId, long number, CancellationToken cancellationToken)
    {
        var rows = await db.ChainOperations.AsNoTracking().Where(o => o.ChainId == chainId && o.Number > number).OrderBy(o => o.Number)
            .ToListAsync(cancellationToken);
        return [.. rows.Select(FromRow)];
    }

    private static StoredOperation FromRow(StoredChainOperation row) => new(
        row.Number, row.Author, row.AuthorName, row.Hand, row.At, StoredName.Of<ChainCause>(row.Cause) ?? ChainCause.Edit, row.Steps,
        StoredJson.ReadChanges(row.Json));
}
