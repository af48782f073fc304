using System.Diagnostics;
using Npgsql;
using NpgsqlTypes;

namespace Portal.Ingestion.Commands.Bench;

/// <summary>Binary COPY of only the bytes into a table with an identity column: the upper bound of PostgreSQL.</summary>
internal static class PlainCopy
{
    /// <summary>Returns messages per second.</summary>
    public static async Task<double> RunAsync(
        string connectionString, List<byte[]> messages, int batchSize, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using (var setup = new NpgsqlCommand(
            """CREATE TABLE "Plain" ("Sequence" bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "Content" bytea NOT NULL)""", connection))
        {
            await setup.ExecuteNonQueryAsync(cancellationToken);
        }
        var clock = Stopwatch.StartNew();
        foreach (var batch in messages.Chunk(batchSize))
        {
            await using var rows =
                await connection.BeginBinaryImportAsync("""COPY "Plain" ("Content") FROM STDIN (FORMAT BINARY)""", cancellationToken);
            foreach (var bytes in batch)
            {
                await rows.StartRowAsync(cancellationToken);
                await rows.WriteAsync(bytes, NpgsqlDbType.Bytea, cancellationToken);
            }

            await rows.CompleteAsync(cancellationToken);
        }

        return messages.Count / clock.Elapsed.TotalSeconds;
    }
}
