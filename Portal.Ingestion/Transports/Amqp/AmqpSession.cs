using System.Text;
using Microsoft.Extensions.Logging;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Settings;
using RabbitMQ.Client;

namespace Portal.Ingestion.Transports.Amqp;

/// <summary>The dependencies of a session, the same for every session of a transport.</summary>
/// <param name="Whole">Largest message that is kept whole, in bytes (<see cref="DeliveryCut.WholeBytes"/>).</param>
internal sealed record AmqpSessionServices(
    AmqpSettings Settings, int Whole, IReceiver Receiver, AmqpReports Reports, TimeProvider Time, ILogger Log);

/// <summary>One connection with its channel, consumer and pump. It never reconnects: the transport opens a new session.</summary>
internal sealed class AmqpSession : IAsyncDisposable
{
    // Six messages of the default Ingestion:MaxMessageBytes, or many thousands of ordinary ones: usually the prefetch limits first.
    private const long HeldBytes = 64L << 20;
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ClosingLimit = TimeSpan.FromSeconds(5);

    private readonly IConnection _connection;
    private readonly AmqpWire _wire;
    private readonly IChannel _channel;
    private readonly QueueConsumer _consumer;
    private readonly BatchPump _pump;
    private readonly string _consumerTag;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _polling;
    private readonly AmqpSessionServices _services;

    private AmqpSession(
        IConnection connection, AmqpWire wire, IChannel channel, QueueConsumer consumer, string consumerTag, AmqpSessionServices services,
        CancellationToken stopping)
    {
        (_connection, _wire, _channel, _consumer, _consumerTag, _services) = (connection, wire, channel, consumer, consumerTag, services);
        _pump = new BatchPump(consumer, services.Receiver, services.Reports, services.Time, services.Log);
        _polling = PollBacklogAsync(_closing.Token);
        Ended = RunAsync(stopping);
    }

    /// <summary>Completes when the session takes no more messages and has acknowledged all it could.</summary>
    public Task Ended { get; }

    /// <summary>Messages that could not be stored before the session ended; null when there are none.</summary>
    public IReadOnlyList<Delivery>? Held => _pump.Held;

    /// <summary>The exception of storing or acknowledging that ended the session; null when there was none.</summary>
    public Exception? Failure => _pump.Failure;

    public long Acknowledged => _pump.Acknowledged;

    /// <summary>Why it ended, in Danish for the log; the broker's reply text unchanged.</summary>
    public string Why => this switch
    {
        { Failure: { } failure } => $"der kunne ikke gemmes eller kvitteres ({failure.GetType().Name})",
        { _consumer.CancelledByBroker: true } => "brokeren holdt op med at levere (er køen slettet?)",
        { _consumer.Reason: { } reason } => $"{reason.ReplyCode} {reason.ReplyText}",
        _ => "der er ikke mere at hente",
    };

    /// <summary>True when it ended at a message larger than <see cref="AmqpConnecting.LargestMessage"/>.</summary>
    public bool MetTooLarge => _consumer.Reason?.Exception is RabbitMQ.Client.Exceptions.MalformedFrameException;

    /// <summary>The broker's product name and version.</summary>
    public string Broker => $"{Property("product")} {Property("version")}";

    /// <summary>The broker's version; null when unknown.</summary>
    public Version? BrokerVersion => Version.TryParse(Property("version"), out var version) ? version : null;

    /// <summary>Connects and starts to consume the queue; each step has a time limit.</summary>
    /// <exception cref="AmqpStepException">The peer did not answer in time, or is no broker.</exception>
    public static async Task<AmqpSession> OpenAsync(ConnectionFactory factory, AmqpSessionServices services, CancellationToken stopping)
    {
        var budget = new ByteBudget(HeldBytes);
        var wire = new AmqpWire(budget);
        var (settings, reports) = (services.Settings, services.Reports);
        var attempt = new AmqpAttempt(factory, wire, services.Time, stopping);
        var connection = await attempt.ConnectAsync();
        try
        {
            var options = new CreateChannelOptions(
                publisherConfirmationsEnabled: false, publisherConfirmationTrackingEnabled: false, consumerDispatchConcurrency: 1);
            var channel = await attempt.RunAsync(AmqpStep.Channel, token => connection.CreateChannelAsync(options, token));
            // Passive: the distributor owns the dueslag, so it is never created here.
            await attempt.RunAsync(AmqpStep.Queue, token => channel.QueueDeclarePassiveAsync(settings.Queue, token));
            await attempt.RunAsync(AmqpStep.Prefetch, token => channel.BasicQosAsync(0, settings.Prefetch, global: false, token));
            var consumer = new QueueConsumer(channel, settings.Prefetch, reports.Redelivered, budget, services.Whole);
            var tag = await attempt.RunAsync(
                AmqpStep.Consume, token => channel.BasicConsumeAsync(settings.Queue, autoAck: false, consumer, token));
            return new AmqpSession(connection, wire, channel, consumer, tag, services, stopping);
        }
        catch
        {
            await CloseAsync(connection, wire, services);
            throw;
        }
    }

    /// <summary>Takes no more messages, stores and acknowledges those it holds, and ends.</summary>
    public async Task FinishAsync()
    {
        await TakeNoMoreAsync();
        await Ended;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await CloseAsync(_connection, _wire, _services);
        await Ended;
        await _polling;
        _closing.Dispose();
        _consumer.Dispose();
    }

    /// <summary>Closes the connection, but waits only <see cref="ClosingLimit"/> for the peer's answer.</summary>
    private static async Task CloseAsync(IConnection connection, AmqpWire wire, AmqpSessionServices services)
    {
        try
        {
            await connection.CloseAsync(Constants.ReplySuccess, "Goodbye", ClosingLimit, abort: true)
                .WaitAsync(ClosingLimit, services.Time);
        }
        catch (Exception problem) when (AmqpConnectionError.IsKnown(problem))
        {
            services.Log.LogDebug("The connection was cut: the broker did not answer its end ({Kind})", problem.GetType().Name);
        }
        finally
        {
            // Closing the socket ends every wait of the client.
            wire.Cut();
            await connection.DisposeAsync();
        }
    }

    /// <summary>
    /// Polls the number of waiting messages, for the Drift page, until the session ends. After a failed poll the number is unknown until
    /// the next.
    /// </summary>
    private async Task PollBacklogAsync(CancellationToken closing)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(closing, _consumer.Broken);
        while (!ended.IsCancellationRequested)
        {
            try
            {
                _services.Reports.Waiting(await _channel.MessageCountAsync(_services.Settings.Queue, ended.Token));
            }
            catch (Exception problem) when (!ended.IsCancellationRequested)
            {
                _services.Reports.Waiting(null);
                _services.Log.LogDebug("The broker did not say how much waits: {Kind}", problem.GetType().Name);
            }
            catch (Exception) when (ended.IsCancellationRequested)
            {
                break;
            }

            await Task.Delay(AskEvery, _services.Time, ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _services.Reports.Waiting(null);
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        await using var stop = stopping.Register(static session => _ = ((AmqpSession)session!).TakeNoMoreAsync(), this);
        await _pump.RunAsync(stopping);
    }

    /// <summary>Cancels the consumer. Never throws: without an answer of the broker, further messages are simply ignored.</summary>
    private async Task TakeNoMoreAsync()
    {
        try
        {
            // While the byte budget is used up, nothing is read from the socket, so no answer would arrive. Messages still on their way
            // stay unacknowledged and are delivered again.
            if (_consumer.Budget.HasRoom) await _channel.BasicCancelAsync(_consumerTag).WaitAsync(ClosingLimit, _services.Time);
        }
        catch (Exception gone)
        {
            _services.Log.LogInformation(
                "The connection went before it was finished ({Kind}); what it held comes again and is counted", gone.GetType().Name);
        }
        finally
        {
            _consumer.TakeNoMore();
        }
    }

    private string Property(string name) =>
        _connection.ServerProperties is { } properties && properties.TryGetValue(name, out var value) && value is byte[] text
            ? Encoding.UTF8.GetString(text)
            : "";
}
