using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;
using Portal.Ingestion.Supervision;
using Portal.Platform.Storage;

namespace Portal.Features.AccessControl;

/// <summary>
/// Erases lines of the access log that are older than <c>Retention:AccessLogYears</c>: at start and every hour, in batches of 1,000.
/// </summary>
internal sealed partial class AccessLogMaintenanceService(
    IDbContextFactory<PortalDbContext> contexts, WriteGate gate, PortalSettings settings, TimeProvider time,
    ILogger<AccessLogMaintenanceService> log)
    : SupervisedService(time, log)
{
    private const int BatchSize = 1000;
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>Erases all lines that are due.</summary>
    /// <returns>How many lines were erased.</returns>
    public async Task<int> EraseAsync(CancellationToken cancellationToken)
    {
        var (before, erased) = (settings.Retention.AccessLogBefore(Time.GetUtcNow()), 0);
        while (true)
        {
            using var writeLock = await gate.EnterAsync(cancellationToken);
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var ids = await db.Set<StoredAccess>().Where(a => a.At < before).OrderBy(a => a.Id).Select(a => a.Id).Take(BatchSize)
                .ToArrayAsync(cancellationToken);
            if (ids.Length == 0) return erased;
            erased += await db.Set<StoredAccess>().Where(a => EF.Parameter(ids).Contains(a.Id)).ExecuteDeleteAsync(cancellationToken);
        }
    }

    /// <inheritdoc />
    public override string Name => "access-log-erasing";

    /// <inheritdoc />
    protected override async Task RunRoundAsync(CancellationToken cancellationToken)
    {
        if (await EraseAsync(cancellationToken) is > 0 and var erased) LogErased(Log, erased);
    }

    /// <inheritdoc />
    protected override Task RestAsync(CancellationToken cancellationToken) => Task.Delay(Interval, Time, cancellationToken);

    [LoggerMessage(Level = LogLevel.Information, Message = "Erased {Count} lines of the access log under retention")]
    private static partial void LogErased(ILogger logger, int count);
}
