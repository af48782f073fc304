using Microsoft.Extensions.Logging;
using Portal.Ingestion.Supervision;

namespace Portal.Ingestion.Retention;

/// <summary>Runs the eraser once an hour, first a minute after the start.</summary>
internal sealed partial class ErasingService(
    Eraser eraser, ServiceLeases leases, TimeProvider time, ILogger<ErasingService> log) : SupervisedService(time, log)
{
    private static readonly TimeSpan First = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);
    private bool _begun;

    /// <inheritdoc />
    public override string Name => "erasing";

    /// <inheritdoc />
    protected override async Task RunRoundAsync(CancellationToken cancellationToken)
    {
        if (!_begun)
        {
            await Task.Delay(First, Time, cancellationToken);
            _begun = true;
        }

        // Several processes may run this service; the lease lets one of them erase.
        if (!await leases.TryTakeAsync(Name, Interval - Margin, cancellationToken)) return;
        if (await eraser.EraseAsync(cancellationToken) is { Total: > 0 } erased)
            LogErased(Log, erased.Letters, erased.EvidenceMessages, erased.OtherMessages, erased.Quarantined, erased.AccessLines);
    }

    /// <inheritdoc />
    protected override Task RestAsync(CancellationToken cancellationToken) => Task.Delay(Interval, Time, cancellationToken);

    [LoggerMessage(Level = LogLevel.Information, Message = "Erased under retention: {Letters} letters with {Evidence} statuses, "
        + "{Others} other messages, {Quarantined} rows of the quarantine, {Access} lines of the access log")]
    private static partial void LogErased(ILogger logger, long letters, long evidence, long others, long quarantined, long access);
}
