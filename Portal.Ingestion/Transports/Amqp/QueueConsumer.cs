using System.Security.Cryptography;
using System.Threading.Channels;
using Portal.Ingestion.Domain;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Portal.Ingestion.Transports.Amqp;

/// <summary>A message as the broker handed it out; <paramref name="Tag"/> holds on its channel only.</summary>
internal readonly record struct ReceivedDelivery(ulong Tag, byte[] Body, DeliveryCut? Cut = null);

/// <summary>
/// What the client calls, on its one dispatching thread. It copies the body (the client uses the buffer again) and sets it aside, without a
/// task or a closure for each message. There is always room: the broker hands out no more than the prefetch before it is acknowledged.
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
    /// <param name="redelivered">Called with the broker's own count when it says how often it has delivered a message before.</param>
    /// <param name="budget">Counts the bytes that are held until they are acknowledged.</param>
    /// <param name="whole">A message of more bytes is cut.</param>
    public QueueConsumer(IChannel channel, ushort prefetch, Action<long> redelivered, ByteBudget budget, long whole = long.MaxValue)
    {
        (Channel, _redelivered, _budget, _whole) = (channel, redelivered, budget, whole);
        // Continuations run on the pool: the dispatching thread must keep copying while a batch is being read.
        _taken = System.Threading.Channels.Channel.CreateBounded<ReceivedDelivery>(
            new BoundedChannelOptions(prefetch + 1) { SingleReader = true, SingleWriter = true, AllowSynchronousContinuations = false });
    }

    /// <inheritdoc />
    public IChannel Channel { get; }

    /// <summary>The bytes held.</summary>
    public ByteBudget Budget => _budget;

    /// <summary>What has been handed out and not yet taken on; ends when nothing more will come.</summary>
    public ChannelReader<ReceivedDelivery> Deliveries => _taken.Reader;

    /// <summary>Cancelled when the channel is gone: every tag is void then.</summary>
    public CancellationToken Broken => _broken.Token;

    /// <summary>Why it ended, in English for the log; null while it runs or after it was cancelled by us.</summary>
    public ShutdownEventArgs? Reason { get; private set; }

    /// <summary>True when the broker ended the consumer without closing the channel: the queue was deleted or moved.</summary>
    public bool CancelledByBroker { get; private set; }

    /// <summary>What the client calls with from now on is not taken on.</summary>
    public void TakeNoMore() => _taken.Writer.TryComplete();

    /// <inheritdoc />
    public Task HandleBasicDeliverAsync(
        string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey, IReadOnlyBasicProperties properties,
        ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default)
    {
        if (redelivered && properties.Headers is { } headers && headers.TryGetValue(DeliveryCount, out var count) && count is long or int)
            _redelivered(Convert.ToInt64(count, null));
        // Of a message that is too large to be kept whole, the first bytes, and what is known of the rest while it is here.
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

    // Only a broker that hands out more than the prefetch comes here; it is held back instead of filling the memory.
    private async Task SetAsideAsync(ReceivedDelivery received, CancellationToken cancellationToken)
    {
        try
        {
            await _taken.Writer.WriteAsync(received, cancellationToken);
        }
        catch (ChannelClosedException)
        {
            // Nobody takes it on any more: unacknowledged, it stays with the broker.
        }
    }
}
