using Microsoft.Extensions.Logging;
using Portal.Ingestion.Log;
using Portal.Ingestion.Supervision;

namespace Portal.Ingestion.Letters.Work;

/// <summary>Runs alongside the matcher: new statuses of muted senders are put aside long before they would count as work.</summary>
public sealed class SenderMuteService(
    SenderMutes mutes, LogSignal signal, TimeProvider time, ILogger<SenderMuteService> log) : SupervisedService(time, log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    // How soon what was muted or lifted in another process is begun with: one look at a table of a few rows.
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(2);

    /// <inheritdoc />
    public override string Name => "mutes";

    /// <inheritdoc />
    protected override Task RunRoundAsync(CancellationToken cancellationToken) => mutes.CatchUpAsync(cancellationToken);

    /// <inheritdoc />
    protected override async Task RestAsync(CancellationToken cancellationToken)
    {
        // A status becomes work after an hour: there is no hurry, and a flood should not pay for this.
        if (await IsAskedAsync(Pause, mutes.Asked, cancellationToken)) return;
        var next = signal.Next;
        if (!next.IsCompleted) await IsAskedAsync(Pause, Task.WhenAny(mutes.Asked, next), cancellationToken);
    }

    // Someone who muted or lifted, in this process or another, waits to see it done.
    private async Task<bool> IsAskedAsync(TimeSpan within, Task asked, CancellationToken cancellationToken)
    {
        for (var began = Time.GetTimestamp(); Time.GetElapsedTime(began) < within;)
        {
            await LogSignal.WaitAsync(asked, Glance, Time, cancellationToken);
            if (asked.IsCompleted || await mutes.IsUnderWayAsync(cancellationToken)) return true;
        }

        return false;
    }
}
