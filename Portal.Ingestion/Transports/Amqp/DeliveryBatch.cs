using System.Diagnostics;
using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Transports.Amqp;

/// <summary>Messages in the order of delivery; one acknowledgement up to <see cref="LastTag"/> covers all. Instances are reused.</summary>
internal sealed class DeliveryBatch(int size)
{
    private readonly List<Delivery> _deliveries = new(size);

    /// <summary>Sum of the messages' bytes.</summary>
    public long Bytes { get; private set; }

    /// <summary>The messages as deliveries for the receiver.</summary>
    public IReadOnlyList<Delivery> Deliveries => _deliveries;

    /// <summary>Delivery tag of the last message.</summary>
    public ulong LastTag { get; private set; }

    /// <summary>The running call of the receiver.</summary>
    public Task<IReadOnlyList<DeliveryOutcome>> Storing { get; set; } = Task.FromResult<IReadOnlyList<DeliveryOutcome>>([]);

    /// <summary>The span of the batch, from the call of the receiver to the acknowledgement; null when nobody listens.</summary>
    public Activity? Trace { get; set; }

    /// <summary>True when no further message fits, by count or by bytes.</summary>
    public bool IsFull(long maxBytes) => _deliveries.Count >= size || Bytes >= maxBytes;

    public void Add(ReceivedDelivery received, DateTimeOffset receivedAt)
    {
        _deliveries.Add(new Delivery(received.Body, AmqpTransport.Transport, receivedAt) { Cut = received.Cut });
        Bytes += received.Body.Length;
        LastTag = received.Tag;
    }

    /// <summary>Empties the batch for reuse, and ends its span.</summary>
    public void Clear()
    {
        _deliveries.Clear();
        Bytes = 0;
        Trace?.Dispose();
        Trace = null;
    }
}
