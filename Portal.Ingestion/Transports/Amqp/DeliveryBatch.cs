using System.Diagnostics;
using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Transports.Amqp;

/// <summary>
/// Deliveries in the order in which the broker handed them out; one acknowledgement up to <see cref="LastTag"/> covers all. Used again and
/// again.
/// </summary>
internal sealed class DeliveryBatch(int size)
{
    private readonly List<Delivery> _deliveries = new(size);

    /// <summary>The messages' bytes.</summary>
    public long Bytes { get; private set; }

    /// <summary>What is handed over.</summary>
    public IReadOnlyList<Delivery> Deliveries => _deliveries;

    /// <summary>The newest delivery tag.</summary>
    public ulong LastTag { get; private set; }

    /// <summary>The handing over under way.</summary>
    public Task<IReadOnlyList<DeliveryOutcome>> Storing { get; set; } = Task.FromResult<IReadOnlyList<DeliveryOutcome>>([]);

    /// <summary>The trace of the batch, from its handing over to its acknowledgement; null when nobody listens.</summary>
    public Activity? Trace { get; set; }

    /// <summary>No room for one more, by count or by bytes.</summary>
    public bool IsFull(long maxBytes) => _deliveries.Count >= size || Bytes >= maxBytes;

    /// <summary>Takes one more.</summary>
    public void Add(ReceivedDelivery received, DateTimeOffset receivedAt)
    {
        _deliveries.Add(new Delivery(received.Body, AmqpTransport.Transport, receivedAt) { Cut = received.Cut });
        Bytes += received.Body.Length;
        LastTag = received.Tag;
    }

    /// <summary>Empty again.</summary>
    public void Clear()
    {
        _deliveries.Clear();
        Bytes = 0;
        Trace?.Dispose();
        Trace = null;
    }
}
