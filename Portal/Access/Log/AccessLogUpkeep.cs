using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Configuration;
using Portal.Ingestion.Storage;
using Portal.Storage;

namespace Portal.Access.Log;

/// <summary>Erases lines of the access log that are older than <c>Retention:AccessLogYears</c>: at the start and every hour, in small batches.</summary>
internal sealed partial class AccessLogUpkeep(
    IDbContextFactory<PortalDbContext> contexts, WriteGate gate, PortalSettings settings, TimeProvider time, ILogger<AccessLogUpkeep> log) : BackgroundService
{
    private const int BatchSize = 1000;
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>One round.</summary>
    /// <returns>How many lines went.</returns>
    public async Task<int> EraseAsync(CancellationToken cancellationToken)
    {
        var (before, erased) = (settings.Retention.AccessLogBefore(time.GetUtcNow()), 0);
        while (true)
        {
            using var turn = await gate.EnterAsync(cancellationToken);
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var ids = await db.Set<StoredAccess>().Where(a => a.At < before).OrderBy(a => a.Id).Select(a => a.Id).Take(BatchSize).ToArrayAsync(cancellationToken);
            if (ids.Length == 0) return erased;
            erased += await db.Set<StoredAccess>().Where(a => EF.Parameter(ids).Contains(a.Id)).ExecuteDeleteAsync(cancellationToken);
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await EraseAsync(stoppingToken) is > 0 and var erased) LogErased(log, erased);
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

    [LoggerMessage(Level = LogLevel.Information, Message = "Erased {Count} lines of the access log under retention")]
    private static partial void LogErased(ILogger logger, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Erasing of the access log waits for the database: {Kind}; it is tried again in an hour")]
    private static partial void LogWaits(ILogger logger, string kind);
}
