namespace Portal.Ingestion.Log;

/// <summary>
/// A value that one caller reads and all callers get until it is older than the maximum age. A read that fails or is cancelled affects only
/// its own caller.
/// </summary>
internal sealed class SharedValue<T>(TimeProvider time, TimeSpan maxAge) : IDisposable
{
    private readonly SemaphoreSlim _lock = new(1, 1);
    private volatile Reading? _last;

    public async Task<T> GetAsync(Func<CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        if (Current() is { } known) return known.Value;
        await _lock.WaitAsync(cancellationToken);
        try
        {
            if (Current() is { } meanwhile) return meanwhile.Value;
            var at = time.GetTimestamp();
            var value = await read(cancellationToken);
            _last = new Reading(value, at);
            return value;
        }
        finally
        {
            _lock.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _lock.Dispose();

    private Reading? Current() => _last is { } last && time.GetElapsedTime(last.At) < maxAge ? last : null;

    private sealed record Reading(T Value, long At);
}
