using Portal.Ingestion.Domain;

namespace Portal.Tests.Ingestion.Transports.Amqp;

/// <summary>
/// The real receive behind a gate that a test opens and closes: closed, the database takes nothing; held, a batch waits where a commit
/// would. Disposed, it is open: a test that fails must not leave a transport that waits forever.
/// </summary>
internal sealed class GatedReceiver(IReceiver inner) : IReceiver, IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _go = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _closed;
    private int _batches;

    /// <summary>The batch that waits (counted from one); 0: none.</summary>
    public int HoldAt { get; init; }

    /// <summary>The batch that waits has been handed over.</summary>
    public Task Reached => _reached.Task.WaitAsync(Limit);

    /// <summary>Messages handed over, repeats counted.</summary>
    public int HandedOver => _handedOver;

    private int _handedOver;

    public void Close() => _closed = true;

    public void Open() => _closed = false;

    public void Go() => _go.TrySetResult();

    public void Dispose()
    {
        Open();
        Go();
    }

    public Task<DeliveryOutcome> ReceiveAsync(Delivery delivery, CancellationToken cancellationToken) =>
        inner.ReceiveAsync(delivery, cancellationToken);

    public async Task<IReadOnlyList<DeliveryOutcome>> ReceiveAsync(IReadOnlyList<Delivery> deliveries, CancellationToken cancellationToken)
    {
        Interlocked.Add(ref _handedOver, deliveries.Count);
        if (Interlocked.Increment(ref _batches) == HoldAt)
        {
            _reached.TrySetResult();
            await _go.Task;
        }

        return _closed ? throw new StorageUnavailableException("Disken er fuld.") : await inner.ReceiveAsync(deliveries, cancellationToken);
    }
}
