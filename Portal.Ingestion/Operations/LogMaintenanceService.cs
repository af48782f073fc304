using Microsoft.Extensions.Logging;
using Portal.Ingestion.Supervision;

namespace Portal.Ingestion.Operations;

/// <summary>Stores the daily sample of the database's size, and refreshes the gauges.</summary>
internal sealed class LogMaintenanceService(
    DatabaseReader database, OperationsGauges gauges, TimeProvider time, ILogger<LogMaintenanceService> log) : SupervisedService(time, log)
{
    // Shorter than Prometheus' usual scrape interval.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <inheritdoc />
    public override string Name => "drift-figures";

    /// <inheritdoc />
    protected override async Task RunRoundAsync(CancellationToken cancellationToken)
    {
        await database.SampleAsync(cancellationToken);
        await gauges.MeasureAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override Task RestAsync(CancellationToken cancellationToken) => Task.Delay(Interval, Time, cancellationToken);
}
