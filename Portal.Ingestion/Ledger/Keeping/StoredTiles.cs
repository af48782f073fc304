using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Ledger.Tree;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Ledger.Keeping;

/// <summary>
/// The tiles of the database, each read once: proofs of neighbours share nearly all of them. For one head; not for use by several threads
/// at once.
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
