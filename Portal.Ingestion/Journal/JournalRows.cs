using System.Data.Common;
using Npgsql;
using Portal.Ingestion.Ledger.Notes;
using Portal.Ingestion.Ledger.Tree;
using Portal.Ingestion.Storage;
using Portal.Ingestion.Storage.Postgres;

namespace Portal.Ingestion.Journal;

/// <summary>
/// Reads and writes a log's rows within a transaction, with SQL that works on SQLite and PostgreSQL: the transaction may be of any context
/// over the database.
/// </summary>
internal sealed class JournalRows(DbTransaction transaction, JournalLog log)
{
    private const string InsertEntry = """
        INSERT INTO "JournalEntries"
            ("Log", "Index", "Kind", "Id", "At", "Sha256", "Json", "Authority", "CaseKey", "LetterKey", "StatusKey")
        VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10)
        """;

    private const string WriteTile = """
        INSERT INTO "JournalTiles" ("Log", "Level", "Number", "Hashes") VALUES (@p0, @p1, @p2, @p3)
        ON CONFLICT ("Log", "Level", "Number") DO UPDATE SET "Hashes" = excluded."Hashes"
        """;

    private const string WriteHead = """
        UPDATE "JournalHeads" SET "Size" = @p1, "Root" = @p2, "Signature" = @p3 WHERE "Log" = @p0
        """;

    private const int EntryColumns = 11;

    private DbConnection Connection { get; } =
        transaction.Connection ?? throw new InvalidOperationException("The transaction is over.");

    /// <summary>
    /// Waits until this transaction alone may append to the log; the lock is released with the transaction. It is this log's own: messages
    /// are appended meanwhile. On SQLite the transaction writes already, and only one does.
    /// </summary>
    public async Task LockAsync(CancellationToken cancellationToken)
    {
        if (Connection is not NpgsqlConnection) return;

        // The timeout frees the lock of a process whose machine has disappeared.
        await using var command = transaction.NewCommand(
            "SELECT set_config('idle_in_transaction_session_timeout', '60s', true), pg_advisory_xact_lock(@p0)",
            PostgresLocks.OfJournal(log.Number));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Reads size and root; null when the log has no head.</summary>
    public async Task<(long Size, byte[] Root)?> ReadHeadAsync(CancellationToken cancellationToken)
    {
        await using var command = transaction.NewCommand("""SELECT "Size", "Root" FROM "JournalHeads" WHERE "Log" = @p0""", log.Number);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken) ? (row.GetInt64(0), row.GetFieldValue<byte[]>(1)) : null;
    }

    /// <summary>Reads a tile; null when there is none.</summary>
    public byte[]? ReadTile(TileAddress address)
    {
        using var command = transaction.NewCommand(
            """SELECT "Hashes" FROM "JournalTiles" WHERE "Log" = @p0 AND "Level" = @p1 AND "Number" = @p2""",
            log.Number, address.Level, address.Number);
        return command.ExecuteScalar() as byte[];
    }

    /// <summary>Writes entries, tiles and head; in one round trip on PostgreSQL.</summary>
    public Task WriteAsync(IReadOnlyList<StoredJournalEntry> entries, IReadOnlyList<Tile> tiles, Checkpoint head, byte[] signature,
        CancellationToken cancellationToken) => Connection.CanCreateBatch
            ? WriteBatchAsync(entries, tiles, head, signature, cancellationToken)
            : WriteEachAsync(entries, tiles, head, signature, cancellationToken);

    private async Task WriteBatchAsync(IReadOnlyList<StoredJournalEntry> entries, IReadOnlyList<Tile> tiles, Checkpoint head,
        byte[] signature, CancellationToken cancellationToken)
    {
        await using var batch = Connection.CreateBatch();
        batch.Transaction = transaction;
        foreach (var entry in entries) batch.BatchCommands.Add(batch.NewCommand(InsertEntry, Values(entry)));
        foreach (var tile in tiles) batch.BatchCommands.Add(batch.NewCommand(WriteTile, Values(tile)));
        batch.BatchCommands.Add(batch.NewCommand(WriteHead, log.Number, head.Size, head.Root, signature));
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task WriteEachAsync(IReadOnlyList<StoredJournalEntry> entries, IReadOnlyList<Tile> tiles, Checkpoint head,
        byte[] signature, CancellationToken cancellationToken)
    {
        await using var insert = Connection.NewCommand(InsertEntry, EntryColumns);
        insert.Transaction = transaction;
        foreach (var entry in entries)
        {
            insert.Bind(Values(entry));
            await insert.ExecuteNonQueryAsync(cancellationToken);
        }

        foreach (var tile in tiles)
        {
            await using var write = transaction.NewCommand(WriteTile, Values(tile));
            await write.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var update = transaction.NewCommand(WriteHead, log.Number, head.Size, head.Root, signature);
        await update.ExecuteNonQueryAsync(cancellationToken);
    }

    private object?[] Values(Tile tile) => [log.Number, tile.Address.Level, tile.Address.Number, tile.Hashes.ToArray()];

    private object?[] Values(StoredJournalEntry entry) =>
    [
        log.Number, entry.Index, entry.Kind, entry.Id, entry.At.UtcTicks, entry.Sha256, entry.Json, entry.Authority, entry.CaseKey,
        entry.LetterKey, entry.StatusKey,
    ];
}
