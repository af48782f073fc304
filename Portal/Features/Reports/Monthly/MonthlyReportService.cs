using Portal.Ingestion.Supervision;

namespace Portal.Features.Reports.Monthly;

/// <summary>Issues the monthly reports that are due; checks every 15 minutes.</summary>
internal sealed partial class MonthlyReportService(
    MonthlyReports reports, ReportMails mails, TimeProvider time, ILogger<MonthlyReportService> log) : SupervisedService(time, log)
{
    private static readonly TimeSpan CheckInterval = TimeSpan.FromMinutes(15);

    public override string Name => "monthly-reports";

    protected override async Task RunRoundAsync(CancellationToken cancellationToken)
    {
        await mails.TakeOverAsync(cancellationToken);
        if (await reports.IssueDueAsync(cancellationToken) is > 0 and var issued) LogIssued(Log, issued);
    }

    protected override Task RestAsync(CancellationToken cancellationToken) => Task.Delay(CheckInterval, Time, cancellationToken);

    [LoggerMessage(Level = LogLevel.Information, Message = "Issued {Count} monthly benefit reports")]
    private static partial void LogIssued(ILogger logger, int count);
}
