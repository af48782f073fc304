using System.Data.Common;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Portal.Ingestion.Messages;

namespace Portal.Ingestion.Storage.Postgres;

/// <summary>Hears when another process has written, and wakes the readers of this one. Only a hint: whoever misses it polls.</summary>
internal sealed class PostgresListener(NpgsqlDataSource server, LogSignal signal, TimeProvider time, ILogger<PostgresListener> log) : BackgroundService
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = ShortestPause;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(() => pause = ShortestPause, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception trouble) when (trouble is DbException or IOException or SocketException or TimeoutException or InvalidOperationException)
            {
                if (pause == ShortestPause) log.LogInformation("Hints from other processes are not heard for now; pages look by themselves every second: {Kind}", trouble.GetType().Name);
                await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    private async Task ListenAsync(Action heard, CancellationToken cancellationToken)
    {
        await using var connection = await server.OpenConnectionAsync(cancellationToken);
        connection.Notification += (_, _) => signal.Raise();
        await using (var listen = new NpgsqlCommand($"LISTEN {PostgresLocks.Channel}", connection)) await listen.ExecuteNonQueryAsync(cancellationToken);
        heard();

        // Whatever was written while nobody listened.
        signal.Raise();
        while (true) await connection.WaitAsync(cancellationToken);
    }
}
