using Npgsql;

namespace Portal.Ingestion.Log.Postgres;

/// <summary>A message log on PostgreSQL, with <c>synchronous_commit</c> and <c>fsync</c> on.</summary>
internal sealed class PostgresLogDatabase(NpgsqlDataSource server, AppendProbe probe) : ILogDatabase
{
    /// <inheritdoc />
    /// <remarks>Half of the largest message of PostgreSQL's protocol, beyond which the server closes the connection.</remarks>
    public int MostContent => 500_000_000;

    /// <inheritdoc />
    public async ValueTask<LogConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = await server.OpenConnectionAsync(cancellationToken);
        try
        {
            // All queries here are by key: with sequential scans enabled, the planner would take a new table for small and scan it for each
            // batch. The timeout keeps a process whose machine has failed from holding the log's lock until TCP detects it.
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
    /// <remarks>When one of its processes crashes, PostgreSQL closes all connections.</remarks>
    public void ClearPool() => server.Clear();
}
