using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Ledger.Tree;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Ledger.Keeping;

/// <summary>
/// Tiles read from the database, each cached after the first read: proofs of neighbouring leaves share nearly all tiles. Use one instance
/// per head; not thread-safe.
/// </summary>
internal sealed class StoredTiles(IngestionDbContext db) : ITileSource
{
    private readonly Dictionary<TileAddress, ReadOnlyMemory<byte>> _read = [];

    /// <inheritdoc />
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(TileAddress address, CancellationToken cancellationToken)
    {
        if (!_read.TryGetValue(address, out var hashes)) _read[address] = hashes = await FindAsync(address, cancellationToken);
        return hashes;
    }

    private async Task<byte[]> FindAsync(TileAddress address, CancellationToken cancellationToken) =>
        await db.Set<StoredLedgerTile>().AsNoTracking().Where(t => t.Level == address.Level && t.Number == address.Number)
            .Select(t => t.Hashes).SingleOrDefaultAsync(cancellationToken) ?? [];
}
