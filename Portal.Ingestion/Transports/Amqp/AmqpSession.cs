using System.Text;
using Microsoft.Extensions.Logging;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Settings;
using RabbitMQ.Client;

namespace Portal.Ingestion.Transports.Amqp;

/// <summary>What a session works with, the same for every session of a transport.</summary>
/// <param name="Whole">A message of more bytes is not kept whole.</param>
internal sealed record AmqpSessionServices(
    AmqpSettings Settings, int Whole, IReceiver Receiver, AmqpReports Reports, TimeProvider Time, ILogger Log);

/// <summary>One connection with its channel, consumer and pump, from the opening to the end; it never comes back.</summary>
internal sealed class AmqpSession : IAsyncDisposable
{
    // Some ten messages of the largest size that is read, or many thousands of ordinary ones: the prefetch is the bound that is met first,
    // as a rule.
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

    /// <summary>Completes when the session takes nothing more and has acknowledged what it could.</summary>
    public Task Ended { get; }

    /// <summary>What could not be stored before the session ended; null when there is none.</summary>
    public IReadOnlyList<Delivery>? Held => _pump.Held;

    /// <summary>Why storing or acknowledging ended the session; null when it did not.</summary>
    public Exception? Failure => _pump.Failure;

    /// <summary>Messages acknowledged so far.</summary>
    public long Acknowledged => _pump.Acknowledged;

    /// <summary>Why it ended, in Danish for the log; a broker's own words as they are.</summary>
    public string Why => this switch
    {
        { Failure: { } failure } => $"der kunne ikke gemmes eller kvitteres ({failure.GetType().Name})",
        { _consumer.CancelledByBroker: true } => "brokeren holdt op med at levere (er køen slettet?)",
        { _consumer.Reason: { } reason } => $"{reason.ReplyCode} {reason.ReplyText}",
        _ => "der er ikke mere at hente",
    };

    /// <summary>True when it ended at a message that is larger than the client reads.</summary>
    public bool MetTooLarge => _consumer.Reason?.Exception is RabbitMQ.Client.Exceptions.MalformedFrameException;

    /// <summary>The broker's name and version as it tells them.</summary>
    public string Broker => $"{Property("product")} {Property("version")}";

    /// <summary>The broker's version; null when it tells none.</summary>
    public Version? BrokerVersion => Version.TryParse(Property("version"), out var version) ? version : null;

    /// <summary>Connects and begins to take from the queue; each step has a time limit.</summary>
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
            // The dueslag belongs to the distributor: it is asked for and never made.
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

    /// <summary>Takes nothing new, stores and acknowledges all that it holds, and ends.</summary>
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

    /// <summary>Says goodbye, but waits only so long for a peer that may be silent.</summary>
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
            // Without its socket the client cannot wait for the peer any more.
            wire.Cut();
            await connection.DisposeAsync();
        }
    }

    /// <summary>
    /// Asks the broker now and then how much waits, for Drift; ends with the session. A question that is not answered leaves the figure
    /// unknown until the next is.
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

    /// <summary>Never throws: when the broker cannot be told, its messages are simply not taken on.</summary>
    private async Task TakeNoMoreAsync()
    {
        try
        {
            // While the memory is full nothing is read, so there would be no answer: what is still on its way is not taken on and comes
            // again.
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
