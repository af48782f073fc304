using System.Globalization;
using System.Security.Authentication;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Transports.Amqp;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Portal.Ingestion.Transports.Simulator;

/// <summary>
/// Publishes simulated messages to a broker as source systems do: persistent, with the transaction id as message id. Uses publisher
/// confirms, in batches, and keeps the order, so that the same seed gives the same queue.
/// </summary>
public sealed class AmqpSender(TimeProvider time)
{
    private const int InFlight = 500;
    private const int NotFound = 404;

    /// <summary>
    /// Publishes until <paramref name="count"/> messages are confirmed (null: until the messages end) or it is cancelled; returns the count
    /// confirmed until then. A missing queue is created, durable; a missing exchange is not.
    /// </summary>
    /// <param name="ratePerSecond">Messages a second; null: as fast as the broker confirms.</param>
    /// <param name="progress">Called after each batch with the number confirmed so far.</param>
    /// <exception cref="SimulateStoppedException">The broker cannot be reached or refuses, or the connection broke.</exception>
    public async Task<SimulateResult> SendAsync(AmqpTarget to, IEnumerable<SimulatedMessage> messages, double? ratePerSecond, long? count,
        IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var confirmed = 0L;
        try
        {
            var wire = new AmqpWire(new ByteBudget(long.MaxValue));
            await using var connection = await new AmqpAttempt(
                AmqpConnecting.Factory(to.Broker, "beskedportalen simulate"), wire, time, cancellationToken).ConnectAsync();
            await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true,
                publisherConfirmationTrackingEnabled: true, outstandingPublisherConfirmationsRateLimiter: null), cancellationToken);
            var (exchange, key) = await PrepareAsync(connection, to, cancellationToken);
            var batch = new List<Task>(InFlight);
            var started = time.GetTimestamp();
            var sent = 0L;
            foreach (var message in messages)
            {
                if (ratePerSecond is { } rate && TimeSpan.FromSeconds(sent / rate) - time.GetElapsedTime(started) is var wait
                    && wait > TimeSpan.Zero)
                {
                    await ConfirmAsync();
                    await Task.Delay(wait, time, cancellationToken);
                }

                cancellationToken.ThrowIfCancellationRequested();
                batch.Add(channel.BasicPublishAsync(
                    exchange, key, mandatory: true, PropertiesOf(message.Bytes), message.Bytes, cancellationToken).AsTask());
                if (++sent == count) break;
                if (batch.Count == InFlight) await ConfirmAsync();
            }

            await ConfirmAsync();

            async Task ConfirmAsync()
            {
                await Task.WhenAll(batch);
                confirmed += batch.Count;
                batch.Clear();
                progress?.Report(confirmed);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new SimulateResult(confirmed, 0, 0);
        }
        catch (Exception problem) when (AmqpConnectionError.IsKnown(problem))
        {
            // Without user information: a URI may hold a password.
            throw new SimulateStoppedException(
                $"{WhyOf(problem, to)} {confirmed.ToString(CultureInfo.InvariantCulture)} beskeder var bekræftet af brokeren.",
                new SimulateResult(confirmed, 0, 0), problem);
        }

        return new SimulateResult(confirmed, 0, 0);
    }

    /// <summary>Properties like the distributor's: the envelope's TransaktionsId is the message id, left out when there is none.</summary>
    internal static BasicProperties PropertiesOf(ReadOnlyMemory<byte> envelope)
    {
        var properties = new BasicProperties { DeliveryMode = DeliveryModes.Persistent, ContentType = "application/xml" };
        using var xml = BoundedXml.Over(envelope);
        if (xml.MoveTo("TransaktionsId", EnvelopeNames.Kuvert) && xml.Text() is { } id) properties.MessageId = id;
        return properties;
    }

    private static async Task<(string Exchange, string Key)> PrepareAsync(
        IConnection connection, AmqpTarget to, CancellationToken cancellationToken)
    {
        // On a separate channel: a passive declare of something missing closes the channel.
        await using (var asking = await connection.CreateChannelAsync(cancellationToken: cancellationToken))
        {
            if (to.Queue is null)
            {
                await asking.ExchangeDeclarePassiveAsync(AmqpTarget.Exchange, cancellationToken);
                return (AmqpTarget.Exchange, "");
            }

            try
            {
                // Passive first: a user with write rights only may not declare it, and an existing queue with other arguments is no error.
                await asking.QueueDeclarePassiveAsync(to.Queue, cancellationToken);
                return ("", to.Queue);
            }
            catch (OperationInterruptedException missing) when (missing.ShutdownReason?.ReplyCode == NotFound)
            {
                // Declared below.
            }
        }

        await using var making = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        await making.QueueDeclareAsync(to.Queue, durable: true, exclusive: false, autoDelete: false, cancellationToken: cancellationToken);
        return ("", to.Queue);
    }

    private static string WhyOf(Exception problem, AmqpTarget to)
    {
        var address = AmqpConnecting.AddressOf(to.Broker);
        return problem switch
        {
            PublishException { IsReturn: true } =>
                $"Brokeren {address} har ingen kø til beskederne: exchange {AmqpTarget.Exchange} er ikke bundet til nogen.",
            OperationInterruptedException { ShutdownReason.ReplyCode: NotFound } =>
                $"Brokeren {address} har ingen exchange {AmqpTarget.Exchange}; angiv en kø med --queue NAVN.",
            BrokerUnreachableException { InnerException: PossibleAuthenticationFailureException } =>
                $"Brokeren {address} afviste bruger eller adgangskode.",
            BrokerUnreachableException { InnerException: AuthenticationException } =>
                $"Den sikre forbindelse (TLS) til {address} kunne ikke oprettes.",
            BrokerUnreachableException or AmqpStepException { Peer: AmqpPeer.Unreached } => $"Brokeren {address} kan ikke nås.",
            AmqpStepException { Peer: AmqpPeer.Silent } => $"{address} tog imod forbindelsen, men svarede ikke.",
            AmqpStepException => $"{address} svarer ikke som en broker: kontrollér port og amqp:// eller amqps://.",
            OperationInterruptedException { ShutdownReason: { } reason } =>
                $"Brokeren {address} lukkede forbindelsen ({reason.ReplyCode}).",
            _ => $"Forbindelsen til brokeren {address} gik tabt.",
        };
    }
}
