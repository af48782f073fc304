using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Portal.Ingestion.Retention;

/// <summary>Erases once an hour, beginning a minute after the start.</summary>
internal sealed partial class ErasingService(Eraser eraser, TimeProvider time, ILogger<ErasingService> log) : BackgroundService
{
    private static readonly TimeSpan First = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(First, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await eraser.EraseAsync(stoppingToken) is { Total: > 0 } erased) LogErased(log, erased.Letters, erased.EvidenceMessages, erased.OtherMessages, erased.Quarantined);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception trouble) when (trouble is DbException or DbUpdateException or InvalidOperationException or IOException)
            {
                LogWaits(log, trouble.GetType().Name);
            }

            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Erased under retention: {Letters} letters with {Evidence} statuses, {Others} other messages, {Quarantined} rows of the quarantine")]
    private static partial void LogErased(ILogger logger, long letters, long evidence, long others, long quarantined);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Erasing under retention waits for the database: {Kind}; it is tried again in an hour")]
    private static partial void LogWaits(ILogger logger, string kind);
}
