using System.Text;
using Microsoft.Extensions.Logging;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Operations;
using Portal.Ingestion.Transports.Simulator;
using Portal.Tests.Ingestion.Log;
using Portal.Tests.Stories;
using Xunit;

namespace Portal.Tests.Ingestion.Transports.Amqp;

/// <summary>The AMQP transport with a real broker that is killed, closes connections and refuses.</summary>
[Collection(RabbitMqTests.Name)]
public sealed class AmqpTransportTests(RabbitMqServer broker)
{
    [Fact]
    public async Task Everything_in_the_queue_is_stored_once_and_the_queue_is_empty()
    {
        await using var fixture = await AmqpTransportFixture.OpenAsync(broker);
        var traffic = Traffic(3000);
        await fixture.PublishAsync(traffic);

        await fixture.OpenTransportAsync();
        await fixture.UntilStoredAsync(Ids(traffic).Distinct().Count());

        Assert.Equal(0, await fixture.LeftAsync());
        var stored = await fixture.StoredAsync();
        Assert.Equal(
            Ids(traffic).CountBy(id => id).Select(c => (c.Key, c.Value)).Order(), stored.Select(m => (m.BeskedId, m.Deliveries)).Order());
        Assert.All(stored, m => Assert.Equal("amqp", m.Transport));
        Assert.Equal(traffic[0], await fixture.Fixture.Messages.ReadBytesAsync(IngestionFixture.Administrator(), Ids(traffic)[0], default));
        Assert.Equal(LogLevel.Information, fixture.Log.Worst);
    }

    [Fact]
    public async Task What_cannot_be_read_waits_in_quarantine_and_leaves_the_queue()
    {
        await using var fixture = await AmqpTransportFixture.OpenAsync(broker, maxBytes: 100_000);
        var good = Traffic(50);
        await fixture.PublishAsync([Encoding.UTF8.GetBytes("ikke en besked"), .. good[..25], new byte[100_001], .. good[25..], []]);

        await fixture.OpenTransportAsync();
        await PortalProcess.EventuallyAsync(
            () => fixture.Fixture.Quarantine.CountAsync(IngestionFixture.Administrator(), default), n => n == 3);

        Assert.Equal(0, await fixture.LeftAsync());
        Assert.Equal(Ids(good).Distinct().Order(), (await fixture.StoredAsync()).Select(m => m.BeskedId).Order());
        var waiting = (await fixture.Fixture.Quarantine.ListAsync(IngestionFixture.Administrator(), null, null, 10, default)).Items;
        Assert.Equal(
            [QuarantineReason.Malformed, QuarantineReason.Malformed, QuarantineReason.TooLarge], waiting.Select(w => w.Reason).Order());
        Assert.All(waiting, w => Assert.Equal("amqp", w.Transport));
    }

    [Fact]
    public async Task A_message_larger_than_the_clients_own_limit_is_quarantined_and_does_not_break_the_connection()
    {
        await using var fixture = await AmqpTransportFixture.OpenAsync(broker);
        await fixture.PublishAsync([new byte[65 << 20], .. Traffic(1)]);

        await fixture.OpenTransportAsync();
        await fixture.UntilStoredAsync(1);

        Assert.Equal(0, await fixture.LeftAsync());
        Assert.Equal(QuarantineReason.TooLarge, Assert.Single(
            (await fixture.Fixture.Quarantine.ListAsync(IngestionFixture.Administrator(), null, null, 10, default)).Items).Reason);
        Assert.DoesNotContain("again", fixture.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_killed_in_the_middle_of_a_batch_loses_and_doubles_nothing()
    {
        await using var fixture = await AmqpTransportFixture.OpenAsync(broker);
        var traffic = Traffic(4000);
        await fixture.PublishAsync(traffic);
        using var receiver = new GatedReceiver(fixture.Fixture.Receiver) { HoldAt = 5 };
        await fixture.OpenTransportAsync(receiver: receiver);
        await receiver.Reached;

        await broker.KillAsync();
        receiver.Go();
        await fixture.UntilAsync(TransportState.Lost);
        await broker.StartAsync();
        await fixture.UntilAsync(TransportState.Open);
        await fixture.UntilStoredAsync(Ids(traffic).Distinct().Count());

        await PortalProcess.EventuallyAsync(fixture.ReadyAsync, n => n == 0);
        Assert.Equal(0, await fixture.LeftAsync());
        Assert.Equal(Ids(traffic).Distinct().Order(), (await fixture.StoredAsync()).Select(m => m.BeskedId).Order());
        // Logged once when it begins and once when it is over, however often the transport retries.
        Assert.InRange(fixture.Log.Lines.Count(l => l.Level == LogLevel.Warning), 0, 3);
        Assert.Equal(fixture.Log.Worst == LogLevel.Warning, fixture.Log.Text.Contains("virker igen", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_connection_that_the_broker_closes_is_made_again_and_what_comes_twice_is_counted()
    {
        await using var fixture = await AmqpTransportFixture.OpenAsync(broker);
        var traffic = Traffic(1000).DistinctBy(b => Ids([b])[0]).ToList();
        await fixture.PublishAsync(traffic);
        using var receiver = new GatedReceiver(fixture.Fixture.Receiver) { HoldAt = 2 };
        await fixture.OpenTransportAsync(receiver: receiver);
        await receiver.Reached;

        await broker.ControlAsync("close_all_connections", "--vhost", RabbitMqServer.VirtualHost, "the test closes it");
        receiver.Go();
        await fixture.UntilStoredAsync(traffic.Count);
        // The second batch was stored but never acknowledged, so it is delivered again.
        await PortalProcess.EventuallyAsync(fixture.StoredAsync, stored => stored.Sum(m => m.Deliveries) > traffic.Count);

        Assert.Equal(0, await fixture.LeftAsync());
        Assert.Equal(Ids(traffic).Order(), (await fixture.StoredAsync()).Select(m => m.BeskedId).Order());
        Assert.Contains("CONNECTION_FORCED", fixture.Log.Text, StringComparison.Ordinal);
        Assert.Equal(LogLevel.Information, fixture.Log.Worst);
    }

    [Fact]
    public async Task While_the_database_takes_nothing_the_transport_holds_back_and_says_so_and_continues_by_itself()
    {
        await using var fixture = await AmqpTransportFixture.OpenAsync(broker);
        var traffic = Traffic(2500);
        await fixture.PublishAsync(traffic);
        using var receiver = new GatedReceiver(fixture.Fixture.Receiver);
        receiver.Close();
        await fixture.OpenTransportAsync(receiver: receiver);

        var paused = await fixture.UntilAsync(TransportState.Paused);
        Assert.Equal(("Disken er fuld. Beskederne bliver i køen.", "Køen åbner af sig selv, når databasen tager imod igen."),
            (paused.Why, paused.Remedy));
        await PortalProcess.EventuallyAsync(fixture.ReadyAsync, n => n == traffic.Count - fixture.Settings().Prefetch);
        Assert.Equal(0, await fixture.Fixture.Messages.LastSequenceAsync(default));

        receiver.Open();
        Assert.Null((await fixture.UntilAsync(TransportState.Open)).Why);
        await fixture.UntilStoredAsync(Ids(traffic).Distinct().Count());
        Assert.Equal(0, await fixture.LeftAsync());
        // The transport kept the refused batch and stored it later: the broker delivered nothing twice.
        Assert.Equal(traffic.Count, (await fixture.StoredAsync()).Sum(m => m.Deliveries));
    }

    [Fact]
    public async Task A_transport_that_is_closed_while_paused_leaves_everything_in_the_queue()
    {
        await using var fixture = await AmqpTransportFixture.OpenAsync(broker);
        await fixture.PublishAsync(Traffic(300));
        using var receiver = new GatedReceiver(fixture.Fixture.Receiver);
        receiver.Close();
        await fixture.OpenTransportAsync(receiver: receiver);
        await fixture.UntilAsync(TransportState.Paused);

        Assert.Equal(300, await fixture.LeftAsync());
        Assert.Equal(0, await fixture.Fixture.Messages.LastSequenceAsync(default));
    }

    [Fact]
    public async Task When_the_connection_goes_during_a_pause_nothing_more_is_taken_before_the_database_is_back()
    {
        await using var fixture = await AmqpTransportFixture.OpenAsync(broker);
        var traffic = Traffic(600).DistinctBy(b => Ids([b])[0]).ToList();
        await fixture.PublishAsync(traffic);
        using var receiver = new GatedReceiver(fixture.Fixture.Receiver);
        receiver.Close();
        await fixture.OpenTransportAsync(receiver: receiver);
        await fixture.UntilAsync(TransportState.Paused);

        await broker.ControlAsync("close_all_connections", "--vhost", RabbitMqServer.VirtualHost, "the test closes it");
        await PortalProcess.EventuallyAsync(fixture.ReadyAsync, n => n == traffic.Count);
        await fixture.UntilAsync(TransportState.Paused);
        Assert.Equal(0, await fixture.ConsumersAsync());

        receiver.Open();
        await fixture.UntilStoredAsync(traffic.Count);
        Assert.Equal(0, await fixture.LeftAsync());
        Assert.Equal(Ids(traffic).Order(), (await fixture.StoredAsync()).Select(m => m.BeskedId).Order());
    }

    [Fact]
    public async Task A_missing_queue_is_refused_with_what_to_do_and_opens_by_itself_when_it_appears()
    {
        await using var fixture = await AmqpTransportFixture.OpenAsync(broker, makeQueue: false);
        await fixture.OpenTransportAsync();

        var refused = await fixture.UntilAsync(TransportState.Refused);
        Assert.Equal($"Køen »{fixture.Queue}« findes ikke på brokeren.", refused.Why);
        Assert.Contains("Ingestion:Amqp:Queue", refused.Remedy, StringComparison.Ordinal);

        await fixture.MakeQueueAsync();
        await fixture.PublishAsync(Traffic(1));
        await fixture.UntilAsync(TransportState.Open);
        await fixture.UntilStoredAsync(1);
        Assert.Equal(0, await fixture.LeftAsync());
    }

    [Fact]
    public async Task A_queue_that_is_deleted_under_the_transport_shows_as_missing()
    {
        await using var fixture = await AmqpTransportFixture.OpenAsync(broker);
        await fixture.OpenTransportAsync();
        await fixture.UntilAsync(TransportState.Open);

        await fixture.DeleteQueueAsync();

        Assert.Contains("findes ikke", (await fixture.UntilAsync(TransportState.Refused)).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_is_refused_with_what_to_do_and_never_shown()
    {
        await using var fixture = await AmqpTransportFixture.OpenAsync(broker);
        await fixture.OpenTransportAsync(fixture.Settings() with { Uri = broker.AddressFor(RabbitMqServer.User, "forkert-kode") });

        var refused = await fixture.UntilAsync(TransportState.Refused);
        Assert.Equal(("Brokeren afviste bruger eller adgangskode.", "Ret bruger og adgangskode i Ingestion:Amqp:Uri."),
            (refused.Why, refused.Remedy));
        Assert.DoesNotContain("forkert-kode", fixture.Log.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lukket", "virtuelle vært")]
    [InlineData("findes-ikke", "virtuelle vært")]
    public async Task A_virtual_host_that_is_not_open_to_the_user_is_refused(string virtualHost, string why)
    {
        await using var fixture = await AmqpTransportFixture.OpenAsync(broker);
        await fixture.OpenTransportAsync(
            fixture.Settings() with { Uri = broker.AddressFor(RabbitMqServer.User, RabbitMqServer.Password, virtualHost) });
        Assert.Contains(why, (await fixture.UntilAsync(TransportState.Refused)).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_queue_that_the_user_may_not_read_is_refused()
    {
        await using var fixture = await AmqpTransportFixture.OpenAsync(broker);
        await fixture.OpenTransportAsync(fixture.Settings() with { Queue = await fixture.MakeQueueAsync("lukket-" + fixture.Queue) });
        Assert.Equal("Brokeren nægter adgang.", (await fixture.UntilAsync(TransportState.Refused)).Why);
    }

    [Fact]
    public async Task A_broker_that_is_away_is_awaited_calmly()
    {
        await using var fixture = await AmqpTransportFixture.OpenAsync(broker);
        await fixture.OpenTransportAsync(fixture.Settings() with { Uri = new Uri("amqp://nogen:hemmelig@localhost:1/") });

        await PortalProcess.EventuallyAsync(() => Task.FromResult(fixture.Report),
            d => d is { State: TransportState.Connecting, Why: "Brokeren localhost:1 kan ikke nås." });

        Assert.Single(fixture.Log.Lines, l => l.Level == LogLevel.Warning);
        Assert.Equal(LogLevel.Warning, fixture.Log.Worst);
        Assert.DoesNotContain("hemmelig", fixture.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receive_that_fails_in_a_way_that_nobody_foresaw_ends_the_session_says_so_and_begins_again_without_a_loss()
    {
        await using var fixture = await AmqpTransportFixture.OpenAsync(broker);
        var traffic = Traffic(2000).DistinctBy(b => Ids([b])[0]).ToList();
        await fixture.PublishAsync(traffic);
        await fixture.OpenTransportAsync(receiver: new FailingReceiver(fixture.Fixture.Receiver, 2, 4));

        await fixture.UntilStoredAsync(traffic.Count);
        await PortalProcess.EventuallyAsync(fixture.ReadyAsync, n => n == 0);
        await fixture.UntilAsync(TransportState.Open);

        Assert.Equal(0, await fixture.LeftAsync());
        Assert.Equal(Ids(traffic).Order(), (await fixture.StoredAsync()).Select(m => m.BeskedId).Order());
        Assert.Contains(fixture.Log.Lines,
            l => l.Level == LogLevel.Error && l.Text.Contains(nameof(InsufficientMemoryException), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Large_messages_are_taken_within_a_bound_of_bytes_and_all_arrive()
    {
        await using var fixture = await AmqpTransportFixture.OpenAsync(broker, maxBytes: 30 << 20);
        var large = Enumerable.Range(0, 12).Select(n => Encoding.UTF8.GetBytes($"<a{n}>" + new string('x', 12 << 20))).ToList();
        await fixture.PublishAsync(large);
        using var receiver = new GatedReceiver(fixture.Fixture.Receiver);
        receiver.Close();
        await fixture.OpenTransportAsync(receiver: receiver);
        await fixture.UntilAsync(TransportState.Paused);
        receiver.Open();

        await PortalProcess.EventuallyAsync(
            () => fixture.Fixture.Quarantine.CountAsync(IngestionFixture.Administrator(), default), n => n == large.Count);
        Assert.Equal(0, await fixture.LeftAsync());
    }

    [Fact]
    public async Task A_queue_that_counts_deliveries_is_warned_of_on_the_board()
    {
        await using var fixture =
            await AmqpTransportFixture.OpenAsync(broker, arguments: new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
        await fixture.PublishAsync(Traffic(10));
        using var receiver = new GatedReceiver(fixture.Fixture.Receiver) { HoldAt = 1 };
        await fixture.OpenTransportAsync(receiver: receiver);
        await receiver.Reached;
        await broker.ControlAsync("close_all_connections", "--vhost", RabbitMqServer.VirtualHost, "the test closes it");
        receiver.Go();

        var warned = (await PortalProcess.EventuallyAsync(
            () => Task.FromResult(fixture.Report), d => d is { State: TransportState.Open, Why: not null }))!;

        Assert.StartsWith("Køen tæller genleveringer (højest set: 1).", warned.Why, StringComparison.Ordinal);
        Assert.Contains("x-delivery-limit", warned.Remedy, StringComparison.Ordinal);
        Assert.Contains(fixture.Log.Lines, l => l.Level == LogLevel.Warning && l.Text.Contains("delivery limit", StringComparison.Ordinal));
    }

    private static List<byte[]> Traffic(int count) => [.. new PostStatusTraffic(7, DateTimeOffset.UnixEpoch, IngestionFixture.Own)
        .Messages().Take(count).Select(m => m.Bytes)];

    private static List<string> Ids(IEnumerable<byte[]> traffic) => [.. traffic.Select(
        b => ((EnvelopeReading.Understood)HaendelsesbeskedReader.Read(b)).Besked.BeskedId)];

    /// <summary>Fails at the given calls, with an exception that no list foresees.</summary>
    private sealed class FailingReceiver(IReceiver inner, params int[] at) : IReceiver
    {
        private int _calls;

        public Task<DeliveryOutcome> ReceiveAsync(Delivery delivery, CancellationToken cancellationToken) =>
            inner.ReceiveAsync(delivery, cancellationToken);

        public Task<IReadOnlyList<DeliveryOutcome>> ReceiveAsync(IReadOnlyList<Delivery> deliveries, CancellationToken cancellationToken) =>
            at.Contains(Interlocked.Increment(ref _calls))
                ? throw new InsufficientMemoryException()
                : inner.ReceiveAsync(deliveries, cancellationToken);
    }
}
