using Portal.Ingestion.Domain;
using Portal.Ingestion.Log;
using Portal.Ingestion.Operations;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Transports.Amqp;
using Portal.Tests.Ingestion.Log;
using Portal.Tests.Stories;
using RabbitMQ.Client;

namespace Portal.Tests.Ingestion.Transports.Amqp;

/// <summary>The AMQP transport between a real broker and a real log, with a separate queue.</summary>
internal sealed class AmqpTransportFixture : IAsyncDisposable
{
    private readonly RabbitMqServer _broker;
    private readonly IngestionFixture _fixture;
    private AmqpTransport? _transport;

    private AmqpTransportFixture(RabbitMqServer broker, IngestionFixture fixture, string queue) =>
        (_broker, _fixture, Queue) = (broker, fixture, queue);

    public string Queue { get; }
    public TransportStatusBoard Board { get; } = new(TimeProvider.System);
    public IngestionFixture Fixture => _fixture;
    public TransportLog Log { get; } = new();
    public TransportReport? Report => Board.Reports.SingleOrDefault(d => d.Transport == AmqpTransport.Transport);

    public static async Task<AmqpTransportFixture> OpenAsync(RabbitMqServer broker, bool makeQueue = true,
        IDictionary<string, object?>? arguments = null, int maxBytes = 1 << 20, IngestionFixture? log = null)
    {
        var fixture =
            new AmqpTransportFixture(broker, log ?? await IngestionFixture.OpenAsync(maxBytes: maxBytes), Guid.NewGuid().ToString());
        if (makeQueue) await fixture.MakeQueueAsync(arguments);
        return fixture;
    }

    public AmqpSettings Settings() => new() { Uri = _broker.Address, Queue = Queue };

    public Task MakeQueueAsync(IDictionary<string, object?>? arguments = null) => MakeQueueAsync(Queue, arguments);

    public async Task<string> MakeQueueAsync(string name, IDictionary<string, object?>? arguments = null)
    {
        await using var connection = await _broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        return await channel.QueueDeclareAsync(name, durable: true, exclusive: false, autoDelete: false, arguments: arguments);
    }

    public async Task DeleteQueueAsync()
    {
        await using var connection = await _broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeleteAsync(Queue);
    }

    /// <summary>Publishes persistent messages with publisher confirms.</summary>
    public async Task PublishAsync(IEnumerable<byte[]> bodies)
    {
        await using var connection = await _broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        foreach (var part in bodies.Chunk(500))
        {
            await Task.WhenAll(part.Select(b =>
                channel.BasicPublishAsync("", Queue, true, new BasicProperties { DeliveryMode = DeliveryModes.Persistent }, b).AsTask()));
        }
    }

    /// <summary>Opens the transport, with the fixture's receiver unless another is given.</summary>
    public async Task OpenTransportAsync(AmqpSettings? settings = null, IReceiver? receiver = null, TimeProvider? time = null)
    {
        _transport = new AmqpTransport(receiver ?? _fixture.Receiver, _fixture.Settings with { Amqp = settings ?? Settings() }, Board,
            time ?? TimeProvider.System, Log);
        await _transport.StartAsync(default);
    }

    public async Task CloseTransportAsync()
    {
        if (_transport is null) return;
        await _transport.StopAsync(default);
        _transport.Dispose();
        _transport = null;
    }

    /// <summary>Waits until the transport reports this state, however long that takes.</summary>
    public async Task<TransportReport> UntilAsync(TransportState state) =>
        (await PortalProcess.EventuallyAsync(() => Task.FromResult(Report), d => d?.State == state))!;

    /// <summary>Waits until <paramref name="count"/> messages are in the log.</summary>
    public Task UntilStoredAsync(long count) =>
        PortalProcess.EventuallyAsync(() => _fixture.Messages.LastSequenceAsync(default), n => n >= count);

    /// <summary>Messages in the queue that no consumer holds; all of them when the transport is closed.</summary>
    public async Task<long> ReadyAsync()
    {
        await using var connection = await _broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        return await channel.MessageCountAsync(Queue);
    }

    /// <summary>The number of consumers of the queue.</summary>
    public async Task<long> ConsumersAsync()
    {
        await using var connection = await _broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        return await channel.ConsumerCountAsync(Queue);
    }

    /// <summary>Closes the transport, which finishes its batches, and counts the messages left in the queue.</summary>
    public async Task<long> LeftAsync()
    {
        await CloseTransportAsync();
        return await ReadyAsync();
    }

    /// <summary>Every message in the log, in order.</summary>
    public async Task<IReadOnlyList<MessageView>> StoredAsync()
    {
        var stored = new List<MessageView>();
        for (var position = 0L; ;)
        {
            var slice =
                await _fixture.Messages.ReadAfterAsync(IngestionFixture.Administrator(), MessageFilter.Everything, position, 1000, default);
            if (slice.Position == position) return stored;
            stored.AddRange(slice.Items);
            position = slice.Position;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseTransportAsync();
        await _fixture.DisposeAsync();
    }
}
