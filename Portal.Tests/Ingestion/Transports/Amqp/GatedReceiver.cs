using Portal.Ingestion.Domain;

namespace Portal.Tests.Ingestion.Transports.Amqp;

/// <summary>
/// The real receiver behind a gate. While it is closed, storing fails as on a full disk; at <see cref="HoldAt"/> a batch waits before its
/// commit. Disposing opens it, so that a failing test leaves no transport waiting forever.
/// </summary>
internal sealed class GatedReceiver(IReceiver inner) : IReceiver, IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _go = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _closed;
    private int _batches;

    /// <summary>The number of the batch that waits, from 1; 0: none.</summary>
    public int HoldAt { get; init; }

    /// <summary>Completes when the batch that waits has been handed over.</summary>
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
