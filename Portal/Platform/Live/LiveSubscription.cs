using Portal.Ingestion.Log;
using Portal.Ingestion.Storage;

namespace Portal.Platform.Live;

/// <summary>
/// Keeps a page true: looks again when the log says so, at most once in the floor (bursts merge), and at least about every second,
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
    /// Starts looking. <paramref name="onChange"/> never runs twice at once and runs outside the page's dispatcher: use <c>InvokeAsync</c>
    /// to touch the page. Should it fail, that is logged and the next look tries again, so a moment's trouble does not end a live page.
    /// </summary>
    /// <param name="floor">Shortest time from the end of one look to the next; never under 100 ms.</param>
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
    /// Stops looking; a look under way is cancelled. It is not waited for: the one who disposes may itself be called by the look, and the
    /// two would then wait for each other.
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
        var failing = false;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await LogSignal.WaitAsync(next, Poll, time, stopping);
                // Taken before the look: what is written during it makes another look.
                next = signal.Next;
                await onChange(stopping);
                failing = false;
                await Task.Delay(floor, time, stopping);
            }
            catch (Exception) when (stopping.IsCancellationRequested)
            {
                // The page is gone; what its last refresh met no longer concerns anyone.
            }
            catch (Exception problem)
            {
                // Said once: every open page tries again each second for as long as the database is away.
                if (failing)
                {
                    // Said already.
                }
                else if (StorageErrors.IsOutage(problem))
                {
                    // Every open page meets it: the database's own line tells of it, without a stack trace for each.
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
