using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Portal.Ingestion.Storage.Sqlite;

namespace Portal.Ingestion.Commands.Bench;

/// <summary>Inserts only the bytes: the upper bound of SQLite with the same durability.</summary>
internal static class PlainInsert
{
    /// <summary>Returns messages per second.</summary>
    public static double Run(string path, List<byte[]> messages, int batchSize)
    {
        using var connection = DurableConnection.Open($"Data Source={path}");
        using var setup = connection.CreateCommand();
        setup.CommandText = "PRAGMA journal_mode=WAL; CREATE TABLE Messages (Sequence INTEGER PRIMARY KEY, Content BLOB NOT NULL)";
        setup.ExecuteNonQuery();
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO Messages (Content) VALUES (@p0)";
        var content = insert.Parameters.Add("@p0", SqliteType.Blob);
        var clock = Stopwatch.StartNew();
        foreach (var batch in messages.Chunk(batchSize))
        {
            using var transaction = connection.BeginTransaction(deferred: false);
            insert.Transaction = transaction;
            foreach (var bytes in batch)
            {
                content.Value = bytes;
                insert.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        return messages.Count / clock.Elapsed.TotalSeconds;
    }
}
