using System.Text;
using Microsoft.Extensions.Logging;
using Portal.Ingestion.Pipeline;
using RabbitMQ.Client;

namespace Portal.Ingestion.Transports.Amqp;

/// <summary>One connection with its channel, consumer and pump, from the opening to the end; it never comes back.</summary>
internal sealed class AmqpSession : IAsyncDisposable
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ClosingLimit = TimeSpan.FromSeconds(5);

    private readonly IConnection _connection;
    private readonly IChannel _channel;
    private readonly QueueConsumer _consumer;
    private readonly BatchPump _pump;
    private readonly string _consumerTag;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _watching;
    private readonly ILogger _log;

    private AmqpSession(IConnection connection, IChannel channel, QueueConsumer consumer, BatchPump pump, string consumerTag, Func<CancellationToken, Task> watch, ILogger log, CancellationToken stopping)
    {
        (_connection, _channel, _consumer, _pump, _consumerTag, _log) = (connection, channel, consumer, pump, consumerTag, log);
        _watching = watch(_closing.Token);
        Ended = RunAsync(stopping);
    }

    /// <summary>Completes when the session takes nothing more and has acknowledged what it could.</summary>
    public Task Ended { get; }

    /// <summary>What the database did not take before the connection broke; null when there is none.</summary>
    public IReadOnlyList<Delivery>? Held => _pump.Held;

    /// <summary>Messages acknowledged so far.</summary>
    public long Acknowledged => _pump.Acknowledged;

    /// <summary>Why it ended, in English for the log.</summary>
    public string Why => _consumer.CancelledByBroker ? "the broker ended the consumer (was the queue deleted?)" : _consumer.Reason is { } reason ? $"{reason.ReplyCode} {reason.ReplyText}" : "nothing more to take";

    /// <summary>The broker's name and version as it tells them.</summary>
    public string Broker => $"{Property("product")} {Property("version")}";

    /// <summary>The broker's version; null when it tells none.</summary>
    public Version? BrokerVersion => Version.TryParse(Property("version"), out var version) ? version : null;

    /// <summary>Connects and begins to take from the queue.</summary>
    public static async Task<AmqpSession> OpenAsync(
        ConnectionFactory factory, string queue, ushort prefetch, IReceiver receiver, AmqpReports reports, TimeProvider time, ILogger log, CancellationToken stopping)
    {
        var connection = await factory.CreateConnectionAsync(stopping);
        try
        {
            var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: false, publisherConfirmationTrackingEnabled: false, consumerDispatchConcurrency: 1), stopping);
            // The dueslag belongs to the distributor: it is asked for and never made.
            await channel.QueueDeclarePassiveAsync(queue, stopping);
            await channel.BasicQosAsync(0, prefetch, global: false, stopping);
            var consumer = new QueueConsumer(channel, prefetch, reports.Redelivered);
            var tag = await channel.BasicConsumeAsync(queue, autoAck: false, consumer, stopping);
            return new AmqpSession(connection, channel, consumer, new BatchPump(consumer, receiver, reports, time, log), tag, closing => WatchAsync(channel, queue, reports, time, log, closing), log, stopping);
        }
        catch
        {
            await connection.DisposeAsync();
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
        try
        {
            await _connection.CloseAsync(Constants.ReplySuccess, "Goodbye", ClosingLimit, abort: true);
        }
        finally
        {
            await _connection.DisposeAsync();
            await Ended;
            await _watching;
            _closing.Dispose();
            _consumer.Dispose();
        }
    }

    /// <summary>Asks the broker now and then how much waits, for Drift; ends with the session.</summary>
    private static async Task WatchAsync(IChannel channel, string queue, AmqpReports reports, TimeProvider time, ILogger log, CancellationToken closing)
    {
        while (!closing.IsCancellationRequested)
        {
            try
            {
                reports.Waiting(await channel.MessageCountAsync(queue, closing));
                await Task.Delay(AskEvery, time, closing);
            }
            catch (OperationCanceledException) when (closing.IsCancellationRequested)
            {
                return;
            }
            catch (Exception gone) when (AmqpTrouble.IsKnown(gone))
            {
                log.LogDebug("The broker did not say how much waits: {Kind}", gone.GetType().Name);
                return;
            }
        }
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
            await _channel.BasicCancelAsync(_consumerTag);
        }
        catch (Exception gone) when (AmqpTrouble.IsKnown(gone))
        {
            _log.LogInformation("The connection went before it was finished; what it held comes again and is counted");
        }
        finally
        {
            _consumer.TakeNoMore();
        }
    }

    private string Property(string name) => _connection.ServerProperties is { } properties && properties.TryGetValue(name, out var value) && value is byte[] text ? Encoding.UTF8.GetString(text) : "";
}
