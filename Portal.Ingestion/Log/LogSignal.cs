namespace Portal.Ingestion.Log;

/// <summary>
/// Wakes readers of the log in this process. Carries no data; a reader that misses a signal finds everything by reading on.
/// </summary>
public sealed class LogSignal
{
    private TaskCompletionSource _next = NewSource();

    /// <summary>Completes at the next <see cref="Raise"/> after this property was read.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    /// <summary>Wakes all readers that wait.</summary>
    public void Raise() => Interlocked.Exchange(ref _next, NewSource()).TrySetResult();

    /// <summary>
    /// Waits for a signal read earlier from <see cref="Next"/>, but at most <paramref name="atMost"/>, the polling interval.
    /// </summary>
    public static async Task WaitAsync(Task signal, TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            await signal.WaitAsync(atMost, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Polling is needed too: another process may have written.
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
