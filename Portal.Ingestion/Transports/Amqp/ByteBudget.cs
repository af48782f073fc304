namespace Portal.Ingestion.Transports.Amqp;

/// <summary>
/// How many bytes of unacknowledged messages a session holds. The prefetch bounds their count only: a thousand messages of 100 MB would
/// fill the memory. Above the limit nothing more is read from the socket, so the broker waits. Thread-safe.
/// </summary>
internal sealed class ByteBudget(long limit)
{
    private readonly Lock _lock = new();
    private long _held;
    private bool _lifted;
    private TaskCompletionSource? _room;

    /// <summary>Bytes held now.</summary>
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
    /// A message is held. What is under way already is taken even beyond the limit, so a single message larger than the limit comes
    /// through.
    /// </summary>
    public void Take(long bytes)
    {
        lock (_lock) _held += bytes;
    }

    /// <summary>Messages were acknowledged.</summary>
    public void Release(long bytes)
    {
        lock (_lock)
        {
            _held -= bytes;
            if (_held < limit) FreeWaiters();
        }
    }

    /// <summary>The session ends: nobody waits any more, since the answers that end it must be read too.</summary>
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
