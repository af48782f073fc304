using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Ledger;

/// <summary>The tiles of the database.</summary>
internal sealed class StoredTiles(IngestionDbContext db) : ITileSource
{
    /// <inheritdoc />
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(TileAddress address, CancellationToken cancellationToken) =>
        await db.Set<StoredLedgerTile>().AsNoTracking().Where(t => t.Level == address.Level && t.Number == address.Number).Select(t => t.Hashes).SingleOrDefaultAsync(cancellationToken) ?? [];
}
