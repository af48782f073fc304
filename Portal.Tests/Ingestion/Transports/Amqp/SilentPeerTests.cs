using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Operations;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Transports.Amqp;
using Portal.Tests.Stories;
using Xunit;

namespace Portal.Tests.Ingestion.Transports.Amqp;

/// <summary>A peer that accepts the connection and then falls silent, or is not a broker.</summary>
public sealed class SilentPeerTests
{
    /// <summary>
    /// The number of answers that a broker gives before messages come: start, tune, open-ok, channel, queue, prefetch, consume.
    /// </summary>
    private const int All = 7;

    [Theory]
    [InlineData(0, "tog imod forbindelsen, men svarede ikke på 15 s")]
    [InlineData(1, "tog imod forbindelsen, men svarede ikke på 15 s")]
    [InlineData(2, "da en kanal skulle åbnes")]
    [InlineData(3, "da en kanal skulle åbnes")]
    [InlineData(4, "da køen »q« skulle slås op")]
    [InlineData(5, "da antallet af beskeder ad gangen skulle sættes")]
    [InlineData(6, "da der skulle tages fra køen »q«")]
    public async Task A_peer_that_falls_silent_at_any_step_is_given_up_with_a_reason_and_tried_again(int answers, string why)
    {
        await using var peer = new ScriptedPeer(answers);
        await using var transport = new Transport(peer.Address());

        await transport.AdvanceUntilAsync(r => r?.Why is not null);
        Assert.Contains(why, transport.Report!.Why, StringComparison.Ordinal);
        Assert.Contains($"127.0.0.1:{peer.Address().Port}", transport.Report.Why, StringComparison.Ordinal);
        Assert.Equal(TransportState.Connecting, transport.Report.State);
        Assert.NotNull(transport.Report.Remedy);

        await transport.AdvanceUntilAsync(_ => peer.Connections >= 3);
        Assert.Single(transport.Log.Lines, l => l.Level >= LogLevel.Warning);
        Assert.DoesNotContain("hemmelig", transport.Log.Text, StringComparison.Ordinal);

        // The same peer answers from now on: the transport recovers without a restart.
        peer.Answers = int.MaxValue;
        await transport.AdvanceUntilAsync(r => r?.State == TransportState.Open);
        Assert.Contains("virker igen", transport.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_peer_that_never_answers_TLS_is_given_up_with_a_reason()
    {
        await using var peer = new ScriptedPeer(0);
        await using var transport = new Transport(peer.Address("amqps"));
        await transport.AdvanceUntilAsync(r => r?.Why is not null);
        Assert.Contains("tog imod forbindelsen, men svarede ikke på 15 s", transport.Report!.Why, StringComparison.Ordinal);
        await transport.AdvanceUntilAsync(_ => peer.Connections >= 2);
    }

    [Theory]
    [InlineData("amqps", "AMQP\0\0\u0009\u0001", "er en broker uden TLS", "amqp://")]
    [InlineData("amqps", "-ERR unknown command", "taler hverken TLS eller AMQP", "5671")]
    [InlineData("amqp", "\u0015\u0003\u0003\0\u0002\u0002\u0032", "taler TLS", "amqps://")]
    [InlineData("amqp", "AMQP\0\u0001\0\0", "en anden version af AMQP", "0-9-1")]
    [InlineData("amqp", "HTTP/1.1 400 Bad Request\r\n\r\n", "taler ikke AMQP", "5672")]
    public async Task A_port_that_speaks_something_else_is_named_for_what_it_is(string scheme, string greeting, string why, string remedy)
    {
        await using var peer = new ScriptedPeer(0, [.. greeting.Select(c => (byte)c)]);
        await using var transport = new Transport(peer.Address(scheme));
        await transport.AdvanceUntilAsync(r => r?.State == TransportState.Refused);
        Assert.Contains(why, transport.Report!.Why, StringComparison.Ordinal);
        Assert.Contains(remedy, transport.Report.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(All)]
    public async Task Stopping_does_not_wait_for_a_peer_that_is_silent(int answers)
    {
        await using var peer = new ScriptedPeer(answers);
        await using var transport = new Transport(peer.Address());
        await PortalProcess.EventuallyAsync(() => Task.FromResult(peer.Connections), n => n > 0);
        if (answers == All) await transport.AdvanceUntilAsync(r => r?.State == TransportState.Open);

        var stopping = transport.StopAsync();
        await PortalProcess.EventuallyAsync(
            () =>
            {
                transport.Time.Advance(TimeSpan.FromSeconds(1));
                return Task.FromResult(stopping.IsCompleted);
            },
            done => done);
        await stopping;
    }

    [Fact]
    public async Task A_backlog_that_is_not_reported_in_time_is_unknown_and_reported_again_later()
    {
        await using var peer = new ScriptedPeer(All);
        await using var transport = new Transport(peer.Address());
        await transport.AdvanceUntilAsync(r => r?.State == TransportState.Open);
        Assert.Null(transport.Board.BacklogOf(AmqpTransport.Transport)?.Waiting);

        peer.Answers = int.MaxValue;
        await transport.AdvanceUntilAsync(_ => transport.Board.BacklogOf(AmqpTransport.Transport)?.Waiting == 5);
    }

    private sealed class Transport : IAsyncDisposable
    {
        private readonly AmqpTransport _transport;

        public Transport(Uri address)
        {
            Board = new TransportStatusBoard(Time);
            var settings = new PortalSettings { Amqp = new AmqpSettings { Uri = address, Queue = "q" } };
            _transport = new AmqpTransport(new NoReceiver(), settings, Board, Time, Log);
            _ = _transport.StartAsync(default);
        }

        public FakeTimeProvider Time { get; } = new();
        public TransportStatusBoard Board { get; }
        public TransportLog Log { get; } = new();
        public TransportReport? Report => Board.Reports.SingleOrDefault(d => d.Transport == AmqpTransport.Transport);

        /// <summary>Advances the clock until <paramref name="holds"/>.</summary>
        public Task<bool> AdvanceUntilAsync(Func<TransportReport?, bool> holds) => PortalProcess.EventuallyAsync(
            () =>
            {
                if (holds(Report)) return Task.FromResult(true);
                Time.Advance(TimeSpan.FromSeconds(1));
                return Task.FromResult(false);
            },
            held => held);

        public Task StopAsync() => _transport.StopAsync(default);

        public async ValueTask DisposeAsync()
        {
            var stopping = StopAsync();
            await PortalProcess.EventuallyAsync(
                () =>
                {
                    Time.Advance(TimeSpan.FromSeconds(1));
                    return Task.FromResult(stopping.IsCompleted);
                },
                done => done);
            _transport.Dispose();
        }
    }

    private sealed class NoReceiver : IReceiver
    {
        public Task<DeliveryOutcome> ReceiveAsync(Delivery delivery, CancellationToken cancellationToken) =>
            throw new InvalidOperationException();

        public Task<IReadOnlyList<DeliveryOutcome>> ReceiveAsync(IReadOnlyList<Delivery> deliveries, CancellationToken cancellationToken) =>
            throw new InvalidOperationException();
    }
}
