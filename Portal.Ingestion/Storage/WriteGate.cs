namespace Portal.Ingestion.Storage;

/// <summary>
/// One writer at a time within this process. SQLite has one writer anyway; waiting here is fair and free of busy retries, so that a
/// letter's registration is not starved by a flood of messages. Other processes are met with SQLite's busy timeout.
/// </summary>
/// <param name="isOpen">True for a server, which lets many write at once and has locks of its own (<see cref="WriteLock"/>): nobody waits
/// here.</param>
public sealed class WriteGate(bool isOpen = false) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>Waits for the lock; dispose the result to release it.</summary>
    public async ValueTask<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        if (isOpen) return new WriteGateEntry(null);
        await _gate.WaitAsync(cancellationToken);
        return new WriteGateEntry(_gate);
    }

    /// <inheritdoc />
    public void Dispose() => _gate.Dispose();

    private sealed class WriteGateEntry(SemaphoreSlim? gate) : IDisposable
    {
        private SemaphoreSlim? _gate = gate;

        public void Dispose() => Interlocked.Exchange(ref _gate, null)?.Release();
    }
}
