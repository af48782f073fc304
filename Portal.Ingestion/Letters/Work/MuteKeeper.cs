using Microsoft.Extensions.Logging;
using Portal.Ingestion.Messages;
using Portal.Ingestion.Services;

namespace Portal.Ingestion.Letters.Work;

/// <summary>Runs beside the matcher: new statuses of muted senders are put aside long before they would count as work.</summary>
public sealed class MuteKeeper(SenderMutes mutes, LogSignal signal, TimeProvider time, ILogger<MuteKeeper> log) : SupervisedService(time, log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    /// <inheritdoc />
    public override string Name => "mutes";

    /// <inheritdoc />
    protected override Task RunRoundAsync(CancellationToken cancellationToken) => mutes.CatchUpAsync(cancellationToken);

    /// <inheritdoc />
    protected override async Task RestAsync(CancellationToken cancellationToken)
    {
        // Someone who muted or lifted in this process waits to see it done.
        var asked = mutes.Asked;
        await LogSignal.WaitAsync(asked, Pause, Time, cancellationToken);
        if (asked.IsCompleted) return;

        // A status becomes work after an hour: there is no hurry, and a flood should not pay for this.
        await LogSignal.WaitAsync(signal.Next, Pause, Time, cancellationToken);
    }
}
