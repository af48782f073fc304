using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Journal;
using Portal.Ingestion.Ledger.Keeping;
using Portal.Ingestion.Ledger.Tree;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Verification;

/// <summary>Reads all tiles of a tree, in order.</summary>
internal interface ITileRows
{
    /// <summary>The tiles above level 0.</summary>
    Task<Dictionary<TileAddress, byte[]>> UpperAsync(CancellationToken cancellationToken);

    /// <summary>The tiles of leaves with these numbers, the last not included.</summary>
    Task<Dictionary<long, byte[]>> LeavesAsync(long from, long to, CancellationToken cancellationToken);
}

/// <summary>The tiles of the messages' tree.</summary>
internal sealed class MessageTileRows(IngestionDbContext db) : ITileRows
{
    /// <inheritdoc />
    public Task<Dictionary<TileAddress, byte[]>> UpperAsync(CancellationToken cancellationToken) =>
        db.Set<StoredLedgerTile>().AsNoTracking().Where(t => t.Level > 0)
            .ToDictionaryAsync(t => new TileAddress(t.Level, t.Number), t => t.Hashes, cancellationToken);

    /// <inheritdoc />
    public Task<Dictionary<long, byte[]>> LeavesAsync(long from, long to, CancellationToken cancellationToken) =>
        db.Set<StoredLedgerTile>().AsNoTracking().Where(t => t.Level == 0 && t.Number >= from && t.Number < to)
            .ToDictionaryAsync(t => t.Number, t => t.Hashes, cancellationToken);
}

/// <summary>The tiles of another log's tree.</summary>
internal sealed class JournalTileRows(IngestionDbContext db, JournalLog log) : ITileRows
{
    /// <inheritdoc />
    public Task<Dictionary<TileAddress, byte[]>> UpperAsync(CancellationToken cancellationToken)
    {
        var number = log.Number;
        return db.Set<StoredJournalTile>().AsNoTracking().Where(t => t.Log == number && t.Level > 0)
            .ToDictionaryAsync(t => new TileAddress(t.Level, t.Number), t => t.Hashes, cancellationToken);
    }

    /// <inheritdoc />
    public Task<Dictionary<long, byte[]>> LeavesAsync(long from, long to, CancellationToken cancellationToken)
    {
        var number = log.Number;
        return db.Set<StoredJournalTile>().AsNoTracking()
            .Where(t => t.Log == number && t.Level == 0 && t.Number >= from && t.Number < to)
            .ToDictionaryAsync(t => t.Number, t => t.Hashes, cancellationToken);
    }
}
