namespace Portal.Ingestion.Transports.Amqp;

/// <summary>
/// Limits the bytes of unacknowledged messages in a session. The prefetch limits their count only: a thousand messages of 100 MB would fill
/// the memory. Above the limit nothing is read from the socket, so the broker has to wait. Thread-safe.
/// </summary>
internal sealed class ByteBudget(long limit)
{
    private readonly Lock _lock = new();
    private long _held;
    private bool _lifted;
    private TaskCompletionSource? _room;

    public long Held
    {
        get
        {
            lock (_lock) return _held;
        }
    }

    /// <summary>False while nothing more may be read.</summary>
    public bool HasRoom
    {
        get
        {
            lock (_lock) return _lifted || _held < limit;
        }
    }

    /// <summary>
    /// Adds the bytes of a message, even beyond the limit: messages already read are kept, and a single message may exceed the limit.
    /// </summary>
    public void Take(long bytes)
    {
        lock (_lock) _held += bytes;
    }

    /// <summary>Subtracts the bytes of acknowledged messages.</summary>
    public void Release(long bytes)
    {
        lock (_lock)
        {
            _held -= bytes;
            if (_held < limit) FreeWaiters();
        }
    }

    /// <summary>Removes the limit when the session ends, since the broker's answers to the closing must be read.</summary>
    public void Lift()
    {
        lock (_lock)
        {
            _lifted = true;
            FreeWaiters();
        }
    }

    /// <summary>Completes when there is room.</summary>
    public Task WaitForRoomAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_lifted || _held < limit) return Task.CompletedTask;
            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _room.Task.WaitAsync(cancellationToken);
        }
    }

    private void FreeWaiters()
    {
        _room?.TrySetResult();
        _room = null;
    }
}
