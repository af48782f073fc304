using System.Data.Common;
using Portal.Ingestion.Ledger.Notes;
using Portal.Ingestion.Ledger.Tree;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Ledger.Keeping;

/// <summary>
/// Reads and writes the ledger's rows on a connection, with SQL that works on SQLite and PostgreSQL. The commands are created once per
/// connection.
/// </summary>
internal sealed class LedgerRows : IDisposable
{
    private readonly DbCommand _readHead;
    private readonly DbCommand _readTile;
    private readonly DbCommand _writeTile;
    private readonly DbCommand _writeHead;

    public LedgerRows(DbConnection connection)
    {
        Connection = connection;
        _readHead = connection.NewCommand("""SELECT "Size", "Root" FROM "LedgerHead" WHERE "Id" = 1""", 0);
        _readTile = connection.NewCommand("""SELECT "Hashes" FROM "LedgerTiles" WHERE "Level" = @p0 AND "Number" = @p1""", 2);
        _writeTile = connection.NewCommand("""INSERT INTO "LedgerTiles" ("Level", "Number", "Hashes") VALUES (@p0, @p1, """
            + """@p2) ON CONFLICT ("Level", "Number") DO UPDATE SET "Hashes" = excluded."Hashes" """, 3);
        _writeHead = connection.NewCommand("""UPDATE "LedgerHead" SET "Size" = @p0, "Root" = @p1, "Signature" = @p2 WHERE "Id" = 1""", 3);
    }

    public DbConnection Connection { get; }

    public DbTransaction? Transaction
    {
        set =>
            (_readHead.Transaction, _readTile.Transaction, _writeTile.Transaction, _writeHead.Transaction) = (value, value, value, value);
    }

    /// <summary>Reads size and root; null when there is no head.</summary>
    public (long Size, byte[] Root)? ReadHead()
    {
        using var row = _readHead.ExecuteReader();
        return row.Read() ? (row.GetInt64(0), row.GetFieldValue<byte[]>(1)) : null;
    }

    public byte[]? ReadTile(TileAddress address)
    {
        _readTile.Bind(address.Level, address.Number);
        return _readTile.ExecuteScalar() as byte[];
    }

    /// <summary>Writes the tiles and the head; in one round trip on PostgreSQL.</summary>
    public void Write(IReadOnlyList<Tile> tiles, Checkpoint head, byte[] signature)
    {
        if (Connection.CanCreateBatch)
        {
            using var batch = Connection.CreateBatch();
            batch.Transaction = _writeHead.Transaction;
            foreach (var tile in tiles)
            {
                batch.BatchCommands.Add(
                    batch.NewCommand(_writeTile.CommandText, tile.Address.Level, tile.Address.Number, tile.Hashes.ToArray()));
            }
            batch.BatchCommands.Add(batch.NewCommand(_writeHead.CommandText, head.Size, head.Root, signature));
            batch.ExecuteNonQuery();
            return;
        }

        foreach (var tile in tiles)
        {
            _writeTile.Bind(tile.Address.Level, tile.Address.Number, tile.Hashes.ToArray());
            _writeTile.ExecuteNonQuery();
        }

        _writeHead.Bind(head.Size, head.Root, signature);
        _writeHead.ExecuteNonQuery();
    }

    public void Dispose()
    {
        _readHead.Dispose();
        _readTile.Dispose();
        _writeTile.Dispose();
        _writeHead.Dispose();
    }
}
