using System.Diagnostics;
using Portal.Ingestion.Transports.Amqp;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Portal.Ingestion.Commands.Bench;

/// <summary>A consumer that only acknowledges: the upper bound for the AMQP transport.</summary>
internal static class BareConsumer
{
    private const ushort Prefetch = 1000;
    private const int AcknowledgeEvery = 200;
    private const int Warm = 4;

    /// <summary>
    /// Consumes <paramref name="count"/> messages from a filled queue; returns messages per second, measured from the first quarter
    /// (warm-up) to the last acknowledgement.
    /// </summary>
    public static async Task<double> RunAsync(Uri broker, string queue, int count, CancellationToken cancellationToken)
    {
        await using var connection = await AmqpConnecting.Factory(broker, "beskedportalen bench").CreateConnectionAsync(cancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        await channel.BasicQosAsync(0, Prefetch, global: false, cancellationToken);
        var counting = new Counting(channel, count);
        await channel.BasicConsumeAsync(queue, autoAck: false, counting, cancellationToken);
        var elapsed = await counting.Done.WaitAsync(cancellationToken);
        return (count - (count / Warm)) / elapsed.TotalSeconds;
    }

    private sealed class Counting(IChannel channel, int count) : AsyncDefaultBasicConsumer(channel)
    {
        private readonly TaskCompletionSource<TimeSpan> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Stopwatch _clock = new();
        private int _seen;

        public Task<TimeSpan> Done => _done.Task;

        public override Task HandleBasicDeliverAsync(
            string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey,
            IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default)
        {
            if (++_seen == count / Warm) _clock.Start();
            return _seen % AcknowledgeEvery == 0 || _seen == count ? AcknowledgeAsync(deliveryTag, cancellationToken) : Task.CompletedTask;
        }

        public override Task HandleChannelShutdownAsync(object channel, ShutdownEventArgs reason)
        {
            _done.TrySetException(new IOException("The broker closed the connection during the measurement."));
            return base.HandleChannelShutdownAsync(channel, reason);
        }

        private async Task AcknowledgeAsync(ulong tag, CancellationToken cancellationToken)
        {
            await Channel.BasicAckAsync(tag, multiple: true, cancellationToken);
            if (_seen == count) _done.TrySetResult(_clock.Elapsed);
        }
    }
}
