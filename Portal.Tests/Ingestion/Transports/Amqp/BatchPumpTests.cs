using System.Reflection;
using System.Threading.Channels;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Operations;
using Portal.Ingestion.Transports.Amqp;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using Xunit;

namespace Portal.Tests.Ingestion.Transports.Amqp;

/// <summary>The pump between a fake channel and a fake receiver: it ends at any error, and never waits for an ended session.</summary>
public sealed class BatchPumpTests
{
    private readonly TransportStatusBoard _board = new(TimeProvider.System);
    private readonly TransportLog _log = new();

    public static TheoryData<string> Errors => [.. Exceptions.Keys];

    private static Dictionary<string, Func<Exception>> Exceptions => new()
    {
        ["out of memory"] = () => new InsufficientMemoryException(),
        ["channel closed"] = () => new ChannelClosedException(),
        ["already closed"] = () => new AlreadyClosedException(new ShutdownEventArgs(ShutdownInitiator.Peer, 320, "gone")),
        ["timeout"] = () => new TimeoutException(),
        ["cancelled"] = () => new OperationCanceledException(),
        ["invalid operation"] = () => new InvalidOperationException(),
        ["key not found"] = () => new KeyNotFoundException(),
        ["input output"] = () => new IOException(),
        ["unknown"] = () => new UnknownException(),
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task Whatever_acknowledging_fails_with_ends_the_session_though_more_keeps_coming(string error)
    {
        var channel = FakeChannel.Create(() => throw Exceptions[error]());
        await RunFullAsync(channel, new FakeReceiver(_ => Stored));
        Assert.Equal(0, _pump!.Acknowledged);
        Assert.Null(_pump.Held);
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task Whatever_storing_fails_with_ends_the_session_and_keeps_what_was_not_stored(string error)
    {
        var channel = FakeChannel.Create(() => { });
        await RunFullAsync(channel, new FakeReceiver(n => n == 3 ? throw Exceptions[error]() : Stored));
        Assert.NotNull(_pump!.Failure);
        Assert.NotEmpty(_pump.Held!);
        // What came before the failing batch is durable and acknowledged; nothing from that batch on is.
        Assert.Equal(2 * BatchPump.BatchSize, _pump.Acknowledged);
    }

    [Fact]
    public async Task A_store_that_does_not_answer_does_not_hold_a_session_whose_connection_is_gone()
    {
        var time = new FakeTimeProvider();
        var channel = FakeChannel.Create(() => { });
        var never = new TaskCompletionSource<IReadOnlyList<DeliveryOutcome>>();
        var consumer = await FillAsync(channel, 2000);
        var pump = new BatchPump(consumer, new FakeReceiver(_ => never.Task), new AmqpReports(_board, time, _log), time, _log);
        var running = pump.RunAsync(default);
        await consumer.HandleChannelShutdownAsync(channel, new ShutdownEventArgs(ShutdownInitiator.Peer, 320, "gone"));
        await Stories.PortalProcess.EventuallyAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(5));
                return Task.FromResult(running.IsCompleted);
            },
            done => done);
        await running;
        Assert.Equal(0, pump.Acknowledged);
    }

    [Fact]
    public void What_is_held_never_exceeds_the_bytes_by_more_than_the_message_under_way() =>
        Gen.Int[1, 500].Array[1, 60].Sample(sizes =>
        {
            var budget = new ByteBudget(1000);
            var held = new Queue<int>();
            foreach (var size in sizes)
            {
                while (!budget.HasRoom) budget.Release(held.Dequeue());
                budget.Take(size);
                held.Enqueue(size);
                if (budget.Held != held.Sum() || held.Sum() - size >= 1000) return false;
            }

            return true;
        });

    [Fact]
    public async Task Whoever_waits_for_room_continues_when_there_is_room_and_when_the_session_ends()
    {
        var budget = new ByteBudget(10);
        budget.Take(12);
        var first = budget.WaitForRoomAsync(default);
        Assert.False(first.IsCompleted);
        budget.Release(12);
        await first;

        budget.Take(12);
        var second = budget.WaitForRoomAsync(default);
        Assert.False(second.IsCompleted);
        budget.Lift();
        await second;
        Assert.True(budget.HasRoom);
    }

    private static Task<IReadOnlyList<DeliveryOutcome>> Stored => Task.FromResult<IReadOnlyList<DeliveryOutcome>>([]);

    private BatchPump? _pump;

    /// <summary>
    /// Runs the pump with more messages than may be under way at once, so that it would wait forever if it went on collecting.
    /// </summary>
    private async Task RunFullAsync(IChannel channel, IReceiver receiver)
    {
        using var consumer = await FillAsync(channel, BatchPump.BatchSize * 20);
        _pump = new BatchPump(consumer, receiver, new AmqpReports(_board, TimeProvider.System, _log), TimeProvider.System, _log);
        await _pump.RunAsync(default).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    private static async Task<QueueConsumer> FillAsync(IChannel channel, int count)
    {
        var consumer = new QueueConsumer(channel, (ushort)count, _ => { }, new ByteBudget(long.MaxValue));
        for (var n = 1; n <= count; n++)
            await consumer.HandleBasicDeliverAsync("t", (ulong)n, false, "", "", new BasicProperties(), new byte[] { 1 });
        return consumer;
    }

    private sealed class UnknownException : Exception;

    private sealed class FakeReceiver(Func<int, Task<IReadOnlyList<DeliveryOutcome>>> store) : IReceiver
    {
        private int _calls;

        public Task<DeliveryOutcome> ReceiveAsync(Delivery delivery, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<DeliveryOutcome>> ReceiveAsync(IReadOnlyList<Delivery> deliveries, CancellationToken cancellationToken) =>
            store(Interlocked.Increment(ref _calls));
    }

    /// <summary>A channel that can only acknowledge, which is all that the pump uses.</summary>
    public class FakeChannel : DispatchProxy
    {
        private Action? _acknowledge;

        public static IChannel Create(Action acknowledge)
        {
            var channel = Create<IChannel, FakeChannel>();
            ((FakeChannel)(object)channel)._acknowledge = acknowledge;
            return channel;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (targetMethod?.Name != nameof(IChannel.BasicAckAsync)) throw new NotSupportedException(targetMethod?.Name);
            _acknowledge!();
            return default(ValueTask);
        }
    }
}
