using Portal.Ingestion.Transports.Amqp;
using RabbitMQ.Client;

namespace Portal.Ingestion.Commands.Bench;

/// <summary>Fills a test queue with messages, with publisher confirms, and deletes it again.</summary>
internal static class QueueFiller
{
    private const int InFlight = 1000;

    /// <summary>Creates the durable queue, purges it, and publishes the bodies in order, persistent.</summary>
    public static async Task FillAsync(Uri broker, string queue, IReadOnlyList<byte[]> bodies, CancellationToken cancellationToken)
    {
        await using var connection = await AmqpConnecting.Factory(broker, "beskedportalen bench").CreateConnectionAsync(cancellationToken);
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true,
            publisherConfirmationTrackingEnabled: true, outstandingPublisherConfirmationsRateLimiter: null), cancellationToken);
        await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, cancellationToken: cancellationToken);
        await channel.QueuePurgeAsync(queue, cancellationToken);
        var properties = new BasicProperties { DeliveryMode = DeliveryModes.Persistent };
        foreach (var part in bodies.Chunk(InFlight))
        {
            await Task.WhenAll(
                part.Select(body => channel.BasicPublishAsync("", queue, mandatory: true, properties, body, cancellationToken).AsTask()));
        }
    }

    /// <summary>Messages ready in the queue, without unacknowledged ones.</summary>
    public static async Task<long> CountAsync(Uri broker, string queue, CancellationToken cancellationToken)
    {
        await using var connection = await AmqpConnecting.Factory(broker, "beskedportalen bench").CreateConnectionAsync(cancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        return await channel.MessageCountAsync(queue, cancellationToken);
    }

    /// <summary>Deletes the queue with its messages.</summary>
    public static async Task RemoveAsync(Uri broker, string queue, CancellationToken cancellationToken)
    {
        await using var connection = await AmqpConnecting.Factory(broker, "beskedportalen bench").CreateConnectionAsync(cancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        await channel.QueueDeleteAsync(queue, cancellationToken: cancellationToken);
    }
}
