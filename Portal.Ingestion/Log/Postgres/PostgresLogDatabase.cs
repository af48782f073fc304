using Npgsql;

namespace Portal.Ingestion.Log.Postgres;

/// <summary>A message log on a server.</summary>
internal sealed class PostgresLogDatabase(NpgsqlDataSource server, AppendProbe probe) : ILogDatabase
{
    /// <inheritdoc />
    /// <remarks>Half of what the server takes in one message of its protocol: beyond that it cuts the connection.</remarks>
    public int MostContent => 500_000_000;

    /// <inheritdoc />
    public async ValueTask<LogConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = await server.OpenConnectionAsync(cancellationToken);
        try
        {
            // All that is asked here is asked by key: a planner that thinks a young table small would read all of it for each batch. And a
            // process whose machine is gone must not hold the log's lock until the network finds out.
            await using (var set = new NpgsqlCommand(
                "SET synchronous_commit = on; SET enable_seqscan = off; SET idle_in_transaction_session_timeout = '30s'", connection))
            {
                await set.ExecuteNonQueryAsync(cancellationToken);
            }

            await using var read =
                new NpgsqlCommand("SELECT current_setting('synchronous_commit') || current_setting('fsync')", connection);
            if (await read.ExecuteScalarAsync(cancellationToken) is not "onon")
            {
                throw new InvalidOperationException(
                    "PostgreSQL does not keep synchronous_commit and fsync: acknowledged messages could be lost in a power cut.");
            }

            return new PostgresLogConnection(connection, probe);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc />
    /// <remarks>When one of its processes crashes, a server cuts the connections of all.</remarks>
    public void ClearPool() => server.Clear();
}
