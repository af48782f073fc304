namespace Portal.Ingestion.Storage;

/// <summary>
/// Lets one writer at a time write within this process. SQLite allows one writer anyway; waiting here is fair and needs no busy retries, so
/// that a flood of messages does not starve the registration of a letter. Against other processes SQLite's busy timeout applies.
/// </summary>
/// <param name="isOpen">True on PostgreSQL, which allows concurrent writers and has its own locks (<see cref="WriteLock"/>): then nobody
/// waits here.</param>
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

/// <summary>Data that only one transaction at a time may change, among all programs that share the database.</summary>
public enum WriteLock
{
    /// <summary>Letters and their statuses: a registration and a batch of statuses must see each other.</summary>
    Letters,

    /// <summary>The counts of letters by month.</summary>
    Figures,
}
