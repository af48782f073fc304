using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Pipeline;

namespace Portal.Reports.Monthly;

/// <summary>Looks now and then whether a month is over.</summary>
internal sealed partial class MonthlyReportService(MonthlyReports reports, ReportMails mails, TimeProvider time, ILogger<MonthlyReportService> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, time);
        try
        {
            do
            {
                try
                {
                    await mails.TakeOverAsync(stoppingToken);
                    if (await reports.IssueDueAsync(stoppingToken) is > 0 and var issued) LogIssued(log, issued);
                }
                catch (Exception trouble) when (trouble is DbException or DbUpdateException or StorageUnavailableException or InvalidOperationException or IOException)
                {
                    LogTrouble(log, trouble.GetType().Name);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The program stops.
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Issued {Count} monthly benefit reports")]
    private static partial void LogIssued(ILogger logger, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The monthly benefit reports are tried again later: {Why}")]
    private static partial void LogTrouble(ILogger logger, string why);
}
