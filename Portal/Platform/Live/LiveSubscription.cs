using Portal.Ingestion.Log;
using Portal.Ingestion.Storage;

namespace Portal.Platform.Live;

/// <summary>
/// Keeps a page up to date: refreshes it when the log signals, with a shortest interval (bursts merge), and at least about every second,
/// since another process may have written. Dispose it with the page.
/// </summary>
public sealed class LiveSubscription : IAsyncDisposable
{
    private static readonly TimeSpan ShortestFloor = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();

    private LiveSubscription()
    {
    }

    /// <summary>
    /// Starts refreshing. <paramref name="onChange"/> never runs concurrently with itself, and runs outside the page's dispatcher: use
    /// <c>InvokeAsync</c> to touch the page. An exception is logged and the next refresh tries again, so a short failure does not end a
    /// live page.
    /// </summary>
    /// <param name="floor">Shortest time from the end of one refresh to the next; at least 100 ms.</param>
    public static LiveSubscription Start(
        LogSignal signal, TimeProvider time, TimeSpan floor, Func<CancellationToken, Task> onChange, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(signal);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(onChange);
        var subscription = new LiveSubscription();
        // Read before the task runs, so that nothing raised after Start is missed.
        var next = signal.Next;
        var stopping = subscription._stop.Token;
        _ = Task.Run(() => RefreshAsync(signal, next, time, floor < ShortestFloor ? ShortestFloor : floor, onChange, logger, stopping),
            CancellationToken.None);
        return subscription;
    }

    /// <summary>
    /// Stops refreshing and cancels a refresh in progress. Does not wait for it: the refresh itself may dispose the page, and would then
    /// wait for itself.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _stop.Dispose();
    }

    private static async Task RefreshAsync(
        LogSignal signal, Task next, TimeProvider time, TimeSpan floor, Func<CancellationToken, Task> onChange, ILogger logger,
        CancellationToken stopping)
    {
        PageRefresh.Begin();
        var failing = false;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await LogSignal.WaitAsync(next, Poll, time, stopping);
                // Taken before the refresh, so that a message written during it causes another.
                next = signal.Next;
                await onChange(stopping);
                failing = false;
                await Task.Delay(floor, time, stopping);
            }
            catch (Exception) when (stopping.IsCancellationRequested)
            {
                // The page is closed: an error of its last refresh does not matter.
            }
            catch (Exception problem)
            {
                // Logged once: every open page tries again each second while the database is away.
                if (failing)
                {
                    // Already logged.
                }
                else if (StorageErrors.IsOutage(problem))
                {
                    // DatabaseAway logs an outage once; without this, every open page would add a stack trace.
                    logger.LogDebug("En side venter på databasen: {Why}", StorageErrors.Explain(problem));
                }
                else
                {
                    logger.LogWarning(problem, "A live page could not be refreshed; it tries again every second");
                }

                failing = true;
                next = new TaskCompletionSource().Task;
            }
        }
    }
}
