using System.Text;
using Microsoft.Extensions.Logging;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Operations;
using Portal.Ingestion.Receiving;
using Portal.Ingestion.Transports.Simulator;
using Portal.Tests.Ingestion.Log;
using Portal.Tests.Stories;
using Xunit;

namespace Portal.Tests.Ingestion.Transports.Amqp;

/// <summary>The door at a real broker that does what brokers do.</summary>
[Collection(RabbitMqTests.Name)]
public sealed class DoorTests(RabbitMqServer broker)
{
    [Fact]
    public async Task Everything_in_the_queue_is_stored_once_and_the_queue_is_empty()
    {
        await using var house = await DoorHouse.OpenAsync(broker);
        var traffic = Traffic(3000);
        await house.PublishAsync(traffic);

        await house.OpenDoorAsync();
        await house.UntilStoredAsync(Ids(traffic).Distinct().Count());

        Assert.Equal(0, await house.LeftAsync());
        var stored = await house.StoredAsync();
        Assert.Equal(Ids(traffic).CountBy(id => id).Select(c => (c.Key, c.Value)).Order(), stored.Select(m => (m.BeskedId, m.Deliveries)).Order());
        Assert.All(stored, m => Assert.Equal("amqp", m.Transport));
        Assert.Equal(traffic[0], await house.House.Messages.ReadBytesAsync(IngestionHouse.Administrator(), Ids(traffic)[0], default));
        Assert.Equal(LogLevel.Information, house.Log.Worst);
    }

    [Fact]
    public async Task What_cannot_be_read_waits_in_quarantine_and_leaves_the_queue()
    {
        await using var house = await DoorHouse.OpenAsync(broker, maxBytes: 100_000);
        var good = Traffic(50);
        await house.PublishAsync([Encoding.UTF8.GetBytes("ikke en besked"), .. good[..25], new byte[100_001], .. good[25..], []]);

        await house.OpenDoorAsync();
        await PortalProcess.EventuallyAsync(() => house.House.Quarantine.CountAsync(IngestionHouse.Administrator(), default), n => n == 3);

        Assert.Equal(0, await house.LeftAsync());
        Assert.Equal(Ids(good).Distinct().Order(), (await house.StoredAsync()).Select(m => m.BeskedId).Order());
        var waiting = (await house.House.Quarantine.ListAsync(IngestionHouse.Administrator(), null, null, 10, default)).Items;
        Assert.Equal([QuarantineReason.Malformed, QuarantineReason.Malformed, QuarantineReason.TooLarge], waiting.Select(w => w.Reason).Order());
        Assert.All(waiting, w => Assert.Equal("amqp", w.Transport));
    }

    [Fact]
    public async Task A_message_larger_than_the_clients_own_limit_is_quarantined_and_does_not_break_the_connection()
    {
        await using var house = await DoorHouse.OpenAsync(broker);
        await house.PublishAsync([new byte[65 << 20], .. Traffic(1)]);

        await house.OpenDoorAsync();
        await house.UntilStoredAsync(1);

        Assert.Equal(0, await house.LeftAsync());
        Assert.Equal(QuarantineReason.TooLarge, Assert.Single((await house.House.Quarantine.ListAsync(IngestionHouse.Administrator(), null, null, 10, default)).Items).Reason);
        Assert.DoesNotContain("again", house.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_killed_in_the_middle_of_a_batch_loses_and_doubles_nothing()
    {
        await using var house = await DoorHouse.OpenAsync(broker);
        var traffic = Traffic(4000);
        await house.PublishAsync(traffic);
        using var receiver = new GatedReceiver(house.House.Receiver) { HoldAt = 5 };
        await house.OpenDoorAsync(receiver: receiver);
        await receiver.Reached;

        await broker.KillAsync();
        receiver.Go();
        await house.UntilAsync(DoorState.Lost);
        await broker.StartAsync();
        await house.UntilAsync(DoorState.Open);
        await house.UntilStoredAsync(Ids(traffic).Distinct().Count());

        await PortalProcess.EventuallyAsync(house.ReadyAsync, n => n == 0);
        Assert.Equal(0, await house.LeftAsync());
        Assert.Equal(Ids(traffic).Distinct().Order(), (await house.StoredAsync()).Select(m => m.BeskedId).Order());
        // Said once when it begins and once when it is over, however often it is tried.
        Assert.InRange(house.Log.Lines.Count(l => l.Level == LogLevel.Warning), 0, 3);
        Assert.Equal(house.Log.Worst == LogLevel.Warning, house.Log.Text.Contains("virker igen", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_connection_that_the_broker_closes_is_made_again_and_what_comes_twice_is_counted()
    {
        await using var house = await DoorHouse.OpenAsync(broker);
        var traffic = Traffic(1000).DistinctBy(b => Ids([b])[0]).ToList();
        await house.PublishAsync(traffic);
        using var receiver = new GatedReceiver(house.House.Receiver) { HoldAt = 2 };
        await house.OpenDoorAsync(receiver: receiver);
        await receiver.Reached;

        await broker.ControlAsync("close_all_connections", "--vhost", RabbitMqServer.VirtualHost, "the test closes it");
        receiver.Go();
        await house.UntilStoredAsync(traffic.Count);
        // The second batch was stored and never acknowledged: it comes again.
        await PortalProcess.EventuallyAsync(house.StoredAsync, stored => stored.Sum(m => m.Deliveries) > traffic.Count);

        Assert.Equal(0, await house.LeftAsync());
        Assert.Equal(Ids(traffic).Order(), (await house.StoredAsync()).Select(m => m.BeskedId).Order());
        Assert.Contains("CONNECTION_FORCED", house.Log.Text, StringComparison.Ordinal);
        Assert.Equal(LogLevel.Information, house.Log.Worst);
    }

    [Fact]
    public async Task While_the_database_takes_nothing_the_door_holds_back_and_says_so_and_goes_on_by_itself()
    {
        await using var house = await DoorHouse.OpenAsync(broker);
        var traffic = Traffic(2500);
        await house.PublishAsync(traffic);
        using var receiver = new GatedReceiver(house.House.Receiver);
        receiver.Close();
        await house.OpenDoorAsync(receiver: receiver);

        var paused = await house.UntilAsync(DoorState.Paused);
        Assert.Equal(("Disken er fuld. Beskederne bliver i køen.", "Køen åbner af sig selv, når databasen tager imod igen."), (paused.Why, paused.Remedy));
        await PortalProcess.EventuallyAsync(house.ReadyAsync, n => n == traffic.Count - house.Settings().Prefetch);
        Assert.Equal(0, await house.House.Messages.LastSequenceAsync(default));

        receiver.Open();
        Assert.Null((await house.UntilAsync(DoorState.Open)).Why);
        await house.UntilStoredAsync(Ids(traffic).Distinct().Count());
        Assert.Equal(0, await house.LeftAsync());
        // The batch that was refused was kept and handed over again: nothing had to come twice.
        Assert.Equal(traffic.Count, (await house.StoredAsync()).Sum(m => m.Deliveries));
    }

    [Fact]
    public async Task A_door_that_is_closed_while_paused_leaves_everything_in_the_queue()
    {
        await using var house = await DoorHouse.OpenAsync(broker);
        await house.PublishAsync(Traffic(300));
        using var receiver = new GatedReceiver(house.House.Receiver);
        receiver.Close();
        await house.OpenDoorAsync(receiver: receiver);
        await house.UntilAsync(DoorState.Paused);

        Assert.Equal(300, await house.LeftAsync());
        Assert.Equal(0, await house.House.Messages.LastSequenceAsync(default));
    }

    [Fact]
    public async Task When_the_connection_goes_during_a_pause_nothing_more_is_taken_before_the_database_is_back()
    {
        await using var house = await DoorHouse.OpenAsync(broker);
        var traffic = Traffic(600).DistinctBy(b => Ids([b])[0]).ToList();
        await house.PublishAsync(traffic);
        using var receiver = new GatedReceiver(house.House.Receiver);
        receiver.Close();
        await house.OpenDoorAsync(receiver: receiver);
        await house.UntilAsync(DoorState.Paused);

        await broker.ControlAsync("close_all_connections", "--vhost", RabbitMqServer.VirtualHost, "the test closes it");
        await PortalProcess.EventuallyAsync(house.ReadyAsync, n => n == traffic.Count);
        await house.UntilAsync(DoorState.Paused);
        Assert.Equal(0, await house.ConsumersAsync());

        receiver.Open();
        await house.UntilStoredAsync(traffic.Count);
        Assert.Equal(0, await house.LeftAsync());
        Assert.Equal(Ids(traffic).Order(), (await house.StoredAsync()).Select(m => m.BeskedId).Order());
    }

    [Fact]
    public async Task A_missing_queue_is_refused_with_what_to_do_and_opens_by_itself_when_it_appears()
    {
        await using var house = await DoorHouse.OpenAsync(broker, makeQueue: false);
        await house.OpenDoorAsync();

        var refused = await house.UntilAsync(DoorState.Refused);
        Assert.Equal($"Køen »{house.Queue}« findes ikke på brokeren.", refused.Why);
        Assert.Contains("Ingestion:Amqp:Queue", refused.Remedy, StringComparison.Ordinal);

        await house.MakeQueueAsync();
        await house.PublishAsync(Traffic(1));
        await house.UntilAsync(DoorState.Open);
        await house.UntilStoredAsync(1);
        Assert.Equal(0, await house.LeftAsync());
    }

    [Fact]
    public async Task A_queue_that_is_deleted_under_the_door_shows_as_missing()
    {
        await using var house = await DoorHouse.OpenAsync(broker);
        await house.OpenDoorAsync();
        await house.UntilAsync(DoorState.Open);

        await house.DeleteQueueAsync();

        Assert.Contains("findes ikke", (await house.UntilAsync(DoorState.Refused)).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_is_refused_with_what_to_do_and_never_shown()
    {
        await using var house = await DoorHouse.OpenAsync(broker);
        await house.OpenDoorAsync(house.Settings() with { Uri = broker.AddressFor(RabbitMqServer.User, "forkert-kode") });

        var refused = await house.UntilAsync(DoorState.Refused);
        Assert.Equal(("Brokeren afviste bruger eller adgangskode.", "Ret bruger og adgangskode i Ingestion:Amqp:Uri."), (refused.Why, refused.Remedy));
        Assert.DoesNotContain("forkert-kode", house.Log.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lukket", "virtuelle vært")]
    [InlineData("findes-ikke", "virtuelle vært")]
    public async Task A_virtual_host_that_is_not_open_to_the_user_is_refused(string virtualHost, string why)
    {
        await using var house = await DoorHouse.OpenAsync(broker);
        await house.OpenDoorAsync(house.Settings() with { Uri = broker.AddressFor(RabbitMqServer.User, RabbitMqServer.Password, virtualHost) });
        Assert.Contains(why, (await house.UntilAsync(DoorState.Refused)).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_queue_that_the_user_may_not_read_is_refused()
    {
        await using var house = await DoorHouse.OpenAsync(broker);
        await house.OpenDoorAsync(house.Settings() with { Queue = await house.MakeQueueAsync("lukket-" + house.Queue) });
        Assert.Equal("Brokeren nægter adgang.", (await house.UntilAsync(DoorState.Refused)).Why);
    }

    [Fact]
    public async Task A_broker_that_is_away_is_awaited_calmly()
    {
        await using var house = await DoorHouse.OpenAsync(broker);
        await house.OpenDoorAsync(house.Settings() with { Uri = new Uri("amqp://nogen:hemmelig@localhost:1/") });

        await PortalProcess.EventuallyAsync(() => Task.FromResult(house.Door), d => d is { State: DoorState.Connecting, Why: "Brokeren localhost:1 kan ikke nås." });

        Assert.Single(house.Log.Lines, l => l.Level == LogLevel.Warning);
        Assert.Equal(LogLevel.Warning, house.Log.Worst);
        Assert.DoesNotContain("hemmelig", house.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receive_that_fails_in_a_way_that_nobody_foresaw_ends_the_session_says_so_and_begins_again_without_a_loss()
    {
        await using var house = await DoorHouse.OpenAsync(broker);
        var traffic = Traffic(2000).DistinctBy(b => Ids([b])[0]).ToList();
        await house.PublishAsync(traffic);
        await house.OpenDoorAsync(receiver: new FailingReceiver(house.House.Receiver, 2, 4));

        await house.UntilStoredAsync(traffic.Count);
        await PortalProcess.EventuallyAsync(house.ReadyAsync, n => n == 0);
        await house.UntilAsync(DoorState.Open);

        Assert.Equal(0, await house.LeftAsync());
        Assert.Equal(Ids(traffic).Order(), (await house.StoredAsync()).Select(m => m.BeskedId).Order());
        Assert.Contains(house.Log.Lines, l => l.Level == LogLevel.Error && l.Text.Contains(nameof(InsufficientMemoryException), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Large_messages_are_taken_within_a_bound_of_bytes_and_all_arrive()
    {
        await using var house = await DoorHouse.OpenAsync(broker, maxBytes: 30 << 20);
        var large = Enumerable.Range(0, 12).Select(n => Encoding.UTF8.GetBytes($"<a{n}>" + new string('x', 12 << 20))).ToList();
        await house.PublishAsync(large);
        using var receiver = new GatedReceiver(house.House.Receiver);
        receiver.Close();
        await house.OpenDoorAsync(receiver: receiver);
        await house.UntilAsync(DoorState.Paused);
        receiver.Open();

        await PortalProcess.EventuallyAsync(() => house.House.Quarantine.CountAsync(IngestionHouse.Administrator(), default), n => n == large.Count);
        Assert.Equal(0, await house.LeftAsync());
    }

    [Fact]
    public async Task A_queue_that_counts_deliveries_is_warned_of_on_the_board()
    {
        await using var house = await DoorHouse.OpenAsync(broker, arguments: new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
        await house.PublishAsync(Traffic(10));
        using var receiver = new GatedReceiver(house.House.Receiver) { HoldAt = 1 };
        await house.OpenDoorAsync(receiver: receiver);
        await receiver.Reached;
        await broker.ControlAsync("close_all_connections", "--vhost", RabbitMqServer.VirtualHost, "the test closes it");
        receiver.Go();

        var warned = (await PortalProcess.EventuallyAsync(() => Task.FromResult(house.Door), d => d is { State: DoorState.Open, Why: not null }))!;

        Assert.StartsWith("Køen tæller genleveringer (højest set: 1).", warned.Why, StringComparison.Ordinal);
        Assert.Contains("x-delivery-limit", warned.Remedy, StringComparison.Ordinal);
        Assert.Contains(house.Log.Lines, l => l.Level == LogLevel.Warning && l.Text.Contains("delivery limit", StringComparison.Ordinal));
    }

    private static List<byte[]> Traffic(int count) => [.. new PostStatusTraffic(7, DateTimeOffset.UnixEpoch, IngestionHouse.Own).Messages().Take(count).Select(m => m.Bytes)];

    private static List<string> Ids(IEnumerable<byte[]> traffic) => [.. traffic.Select(b => ((EnvelopeReading.Understood)HaendelsesbeskedReader.Read(b)).Besked.BeskedId)];

    /// <summary>Fails at the calls named, as no list foresees.</summary>
    private sealed class FailingReceiver(IReceiver inner, params int[] at) : IReceiver
    {
        private int _calls;

        public Task<DeliveryOutcome> ReceiveAsync(Delivery delivery, CancellationToken cancellationToken) => inner.ReceiveAsync(delivery, cancellationToken);

        public Task<IReadOnlyList<DeliveryOutcome>> ReceiveAsync(IReadOnlyList<Delivery> deliveries, CancellationToken cancellationToken) =>
            at.Contains(Interlocked.Increment(ref _calls)) ? throw new InsufficientMemoryException() : inner.ReceiveAsync(deliveries, cancellationToken);
    }
}
