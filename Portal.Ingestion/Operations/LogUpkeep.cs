using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Portal.Ingestion.Operations;

/// <summary>Keeps what Drift compares with: the database's size by the day, and the gauges.</summary>
internal sealed class LogUpkeep(DatabaseReader database, OperationsGauges gauges, TimeProvider time, ILogger<LogUpkeep> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var waits = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await database.SampleAsync(stoppingToken);
                await gauges.MeasureAsync(stoppingToken);
                waits = false;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception trouble) when (trouble is DbException or DbUpdateException or InvalidOperationException or IOException)
            {
                if (!waits) log.LogWarning("The figures for Drift wait for the database: {Kind}", trouble.GetType().Name);
                waits = true;
            }

            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
