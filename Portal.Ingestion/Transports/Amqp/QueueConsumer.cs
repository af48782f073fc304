using System.Security.Cryptography;
using System.Threading.Channels;
using Portal.Ingestion.Domain;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Portal.Ingestion.Transports.Amqp;

/// <summary>A message as delivered by the broker; <paramref name="Tag"/> is valid on its channel only.</summary>
internal readonly record struct ReceivedDelivery(ulong Tag, byte[] Body, DeliveryCut? Cut = null);

/// <summary>
/// The client calls it on its one dispatching thread. It copies the body (the client reuses the buffer) into a queue, without allocating a
/// task or a closure for each message. The queue has room for the prefetch, beyond which the broker sends nothing.
/// </summary>
internal sealed class QueueConsumer : IAsyncBasicConsumer, IDisposable
{
    private const string DeliveryCount = "x-delivery-count";

    private readonly Channel<ReceivedDelivery> _taken;
    private readonly CancellationTokenSource _broken = new();
    private readonly Action<long> _redelivered;
    private readonly ByteBudget _budget;
    private readonly long _whole;

    /// <summary>A consumer of <paramref name="channel"/>.</summary>
    /// <param name="redelivered">Called with the broker's x-delivery-count of a redelivered message.</param>
    /// <param name="budget">Counts the bytes that are held until they are acknowledged.</param>
    /// <param name="whole">Of a message with more bytes, only the beginning is kept.</param>
    public QueueConsumer(IChannel channel, ushort prefetch, Action<long> redelivered, ByteBudget budget, long whole = long.MaxValue)
    {
        (Channel, _redelivered, _budget, _whole) = (channel, redelivered, budget, whole);
        // Continuations run on the thread pool: the dispatching thread must continue copying while a batch is read.
        _taken = System.Threading.Channels.Channel.CreateBounded<ReceivedDelivery>(
            new BoundedChannelOptions(prefetch + 1) { SingleReader = true, SingleWriter = true, AllowSynchronousContinuations = false });
    }

    /// <inheritdoc />
    public IChannel Channel { get; }

    /// <summary>The budget of unacknowledged bytes.</summary>
    public ByteBudget Budget => _budget;

    /// <summary>The messages that are not yet in a batch; completes when no more will be delivered.</summary>
    public ChannelReader<ReceivedDelivery> Deliveries => _taken.Reader;

    /// <summary>Cancelled when the channel is closed: then every tag is void.</summary>
    public CancellationToken Broken => _broken.Token;

    /// <summary>Why the channel was closed, in English for the log; null while it is open.</summary>
    public ShutdownEventArgs? Reason { get; private set; }

    /// <summary>True when the broker ended the consumer without closing the channel: the queue was deleted or moved.</summary>
    public bool CancelledByBroker { get; private set; }

    /// <summary>Ignores messages delivered from now on.</summary>
    public void TakeNoMore() => _taken.Writer.TryComplete();

    /// <inheritdoc />
    public Task HandleBasicDeliverAsync(
        string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey, IReadOnlyBasicProperties properties,
        ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default)
    {
        if (redelivered && properties.Headers is { } headers && headers.TryGetValue(DeliveryCount, out var count) && count is long or int)
            _redelivered(Convert.ToInt64(count, null));
        // Of a message that is too large to be kept whole: its first bytes, with the length and the hash of all.
        var cut = body.Length > _whole ? new DeliveryCut(body.Length, SHA256.HashData(body.Span)) : null;
        var copy = GC.AllocateUninitializedArray<byte>(DeliveryCut.KeptBytes(body.Length, _whole));
        body.Span[..copy.Length].CopyTo(copy);
        _budget.Take(copy.Length);
        var received = new ReceivedDelivery(deliveryTag, copy, cut);
        return _taken.Writer.TryWrite(received) ? Task.CompletedTask : SetAsideAsync(received, cancellationToken);
    }

    /// <inheritdoc />
    public Task HandleBasicConsumeOkAsync(string consumerTag, CancellationToken cancellationToken = default) => Task.CompletedTask;

    /// <inheritdoc />
    public Task HandleBasicCancelOkAsync(string consumerTag, CancellationToken cancellationToken = default)
    {
        _taken.Writer.TryComplete();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default)
    {
        CancelledByBroker = true;
        _taken.Writer.TryComplete();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public async Task HandleChannelShutdownAsync(object channel, ShutdownEventArgs reason)
    {
        Reason ??= reason;
        _taken.Writer.TryComplete();
        await _broken.CancelAsync();
    }

    /// <inheritdoc />
    public void Dispose() => _broken.Dispose();

    // Reached only if the broker exceeds the prefetch: the client then waits instead of filling the memory.
    private async Task SetAsideAsync(ReceivedDelivery received, CancellationToken cancellationToken)
    {
        try
        {
            await _taken.Writer.WriteAsync(received, cancellationToken);
        }
        catch (ChannelClosedException)
        {
            // The session takes no more: the message stays unacknowledged with the broker.
        }
    }
}
