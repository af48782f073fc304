namespace Portal.Ingestion.Domain;

/// <summary>
/// Limits the items and bytes held in memory at once. A caller over the limit waits, first come first served, or is refused; an item larger
/// than the whole limit is admitted when nothing else is held. Thread-safe.
/// </summary>
/// <param name="mostCount">Most items at once.</param>
/// <param name="mostBytes">Most bytes at once.</param>
public sealed class CapacityLimiter(int mostCount, long mostBytes)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Waiter> _waiters = [];
    private int _count;
    private long _bytes;

    /// <summary>Items held now.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Bytes held now.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>
    /// Reserves capacity as soon as there is enough and all earlier callers have theirs. Dispose the result to release it.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled while waiting; nothing is held.</exception>
    public ValueTask<CapacityLease> EnterAsync(int count, long bytes, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_waiters.Count == 0 && Fits(count, bytes)) return new ValueTask<CapacityLease>(Take(count, bytes));
        }

        return WaitAsync(count, bytes, cancellationToken);
    }

    /// <summary>Reserves capacity if there is enough now and nobody waits; else null.</summary>
    public CapacityLease? TryEnter(int count, long bytes)
    {
        lock (_lock) return _waiters.Count == 0 && Fits(count, bytes) ? Take(count, bytes) : null;
    }

    private async ValueTask<CapacityLease> WaitAsync(int count, long bytes, CancellationToken cancellationToken)
    {
        var waiter = new Waiter(count, bytes);
        lock (_lock) _waiters.AddLast(waiter);
        Admit();
        await using var given = cancellationToken.UnsafeRegister(_ => GiveUp(waiter, cancellationToken), null);
        return await waiter.Admitted.Task;
    }

    private void GiveUp(Waiter waiter, CancellationToken cancellationToken)
    {
        bool waits;
        lock (_lock) waits = _waiters.Remove(waiter);
        if (waits) waiter.Admitted.TrySetCanceled(cancellationToken);
        Admit();
    }

    private bool Fits(int count, long bytes) => _count == 0 || (_count + count <= mostCount && _bytes + bytes <= mostBytes);

    private CapacityLease Take(int count, long bytes)
    {
        _count += count;
        _bytes += bytes;
        return new CapacityLease(this, count, bytes);
    }

    private void Admit()
    {
        while (true)
        {
            Waiter first;
            CapacityLease held;
            lock (_lock)
            {
                if (_waiters.First?.Value is not { } next || !Fits(next.Count, next.Bytes)) return;
                _waiters.RemoveFirst();
                (first, held) = (next, Take(next.Count, next.Bytes));
            }

            first.Admitted.SetResult(held);
        }
    }

    private bool TryGrow(int ownCount, long more)
    {
        lock (_lock)
        {
            if (_count > ownCount && _bytes + more > mostBytes) return false;
            _bytes += more;
            return true;
        }
    }

    private void Release(int count, long bytes)
    {
        lock (_lock)
        {
            _count -= count;
            _bytes -= bytes;
        }

        Admit();
    }

    /// <summary>Reserved capacity. For one user at a time; may be disposed more than once.</summary>
    public sealed class CapacityLease : IDisposable
    {
        private readonly int _count;
        private CapacityLimiter? _bound;
        private long _bytes;

        internal CapacityLease(CapacityLimiter bound, int count, long bytes) => (_bound, _count, _bytes) = (bound, count, bytes);

        /// <summary>Reserves more bytes if there is capacity now, or if nobody else holds any; true when it did.</summary>
        public bool TryGrow(long bytes)
        {
            if (_bound?.TryGrow(_count, bytes) != true) return false;
            _bytes += bytes;
            return true;
        }

        /// <inheritdoc />
        public void Dispose() => Interlocked.Exchange(ref _bound, null)?.Release(_count, _bytes);
    }

    private sealed class Waiter(int count, long bytes)
    {
        public int Count { get; } = count;

        public long Bytes { get; } = bytes;

        public TaskCompletionSource<CapacityLease> Admitted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
