using Microsoft.Extensions.Logging;
using Portal.Ingestion.Log;
using Portal.Ingestion.Supervision;

namespace Portal.Ingestion.Letters.Work;

/// <summary>Mutes new statuses of muted senders in the background, long before they would be on the worklist.</summary>
public sealed class SenderMuteService(
    SenderMutes mutes, LogSignal signal, TimeProvider time, ILogger<SenderMuteService> log) : SupervisedService(time, log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    // How often mutes and lifts of other processes are checked for: one query of a small table.
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(2);

    /// <inheritdoc />
    public override string Name => "mutes";

    /// <inheritdoc />
    protected override Task RunRoundAsync(CancellationToken cancellationToken) => mutes.CatchUpAsync(cancellationToken);

    /// <inheritdoc />
    protected override async Task RestAsync(CancellationToken cancellationToken)
    {
        // A status is on the worklist only after an hour, so this may wait and not slow down a flood of messages.
        if (await IsAskedAsync(Pause, mutes.Asked, cancellationToken)) return;
        var next = signal.Next;
        if (!next.IsCompleted) await IsAskedAsync(Pause, Task.WhenAny(mutes.Asked, next), cancellationToken);
    }

    // A user who muted or lifted, in this process or another, waits for the result.
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
