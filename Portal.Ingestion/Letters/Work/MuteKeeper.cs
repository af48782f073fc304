using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Portal.Ingestion.Messages;

namespace Portal.Ingestion.Letters.Work;

/// <summary>Runs beside the matcher: new statuses of muted senders are put aside long before they would count as work.</summary>
public sealed class MuteKeeper(SenderMutes mutes, LogSignal signal, TimeProvider time, ILogger<MuteKeeper> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await mutes.CatchUpAsync(stoppingToken);

                // A status becomes work after an hour: there is no hurry, and a flood should not pay for this.
                await Task.Delay(Pause, time, stoppingToken);
                await LogSignal.WaitAsync(signal.Next, Pause, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception trouble) when (trouble is DbException or DbUpdateException or InvalidOperationException or IOException)
            {
                log.LogWarning("Muted senders wait for the database: {Kind}", trouble.GetType().Name);
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
