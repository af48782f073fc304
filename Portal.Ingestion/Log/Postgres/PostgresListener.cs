using Microsoft.Extensions.Logging;
using Npgsql;
using Portal.Ingestion.Storage.Postgres;
using Portal.Ingestion.Supervision;

namespace Portal.Ingestion.Log.Postgres;

/// <summary>Listens for NOTIFY of other processes and wakes the log readers of this process. Only a hint: readers poll too.</summary>
internal sealed class PostgresListener(
    NpgsqlDataSource server, LogSignal signal, TimeProvider time, ILogger<PostgresListener> log) : SupervisedService(time, log)
{
    /// <inheritdoc />
    public override string Name => "hints";

    /// <inheritdoc />
    protected override Task RunRoundAsync(CancellationToken cancellationToken) => ListenAsync(cancellationToken);

    /// <inheritdoc />
    protected override Task RestAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await server.OpenConnectionAsync(cancellationToken);
        connection.Notification += (_, _) => signal.Raise();
        await using (var listen = new NpgsqlCommand($"LISTEN {PostgresLocks.Channel}", connection))
            await listen.ExecuteNonQueryAsync(cancellationToken);
        Succeeded();

        // For messages written before listening began.
        signal.Raise();
        while (true) await connection.WaitAsync(cancellationToken);
    }
}
