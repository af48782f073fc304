using Microsoft.Data.Sqlite;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Operations;
using Portal.Ingestion.Supervision;
using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Ingestion.Operations;

public sealed class NodeTests
{
    [Fact]
    public async Task Each_node_sees_the_transports_of_all_and_those_that_are_off_once()
    {
        await using var portal = await OperationsFixture.OpenAsync();
        await using var worker = await OperationsFixture.OpenAsync("b/2/2", NodeIdentity.Worker, portal.Fixture.Folder);
        worker.Get<TransportStatusBoard>().Report("amqp", TransportState.Refused, "Køen findes ikke.", "Ret Ingestion:Amqp:Queue.");
        Assert.True(await portal.Reporter.ReportAsync(default));
        Assert.True(await worker.Reporter.ReportAsync(default));

        var nodes = (await portal.ReadAsync()).Nodes;

        Assert.Equal(["a/1/1", "b/2/2"], nodes.Select(n => n.Id));
        Assert.Equal([("push", "open"), ("folder", "off")], nodes[0].Transports.Select(d => (d.Transport, d.State)));
        var amqp = Assert.Single(nodes[1].Transports, d => d.Transport == "amqp");
        Assert.Equal(("refused", "Køen findes ikke.", "Ret Ingestion:Amqp:Queue."), (amqp.State, amqp.Why, amqp.Remedy));
    }

    [Fact]
    public async Task A_node_that_stops_reporting_is_silent_and_is_dropped_after_a_day()
    {
        await using var portal = await OperationsFixture.OpenAsync();
        await using var worker = await OperationsFixture.OpenAsync("b/2/2", NodeIdentity.Worker, portal.Fixture.Folder);
        worker.Get<TransportStatusBoard>().Report("amqp", TransportState.Open);
        await worker.Reporter.ReportAsync(default);

        portal.Fixture.Time.Advance(OperationsReader.SilentAfter + TimeSpan.FromSeconds(1));
        var node = Assert.Single((await portal.ReadAsync()).Nodes, n => n.Id == "b/2/2");
        Assert.True(node.Silent);
        Assert.Equal("silent", Assert.Single(node.Transports).State);

        portal.Fixture.Time.Advance(TimeSpan.FromDays(1));
        Assert.DoesNotContain((await portal.ReadAsync()).Nodes, n => n.Id == "b/2/2");
    }

    [Fact]
    public async Task Nobody_without_the_right_to_operate_sees_any_of_it()
    {
        await using var portal = await OperationsFixture.OpenAsync();
        Assert.Null(await portal.Reader.ReadAsync(
            IngestionFixture.Administrator() with { Rights = ViewerRights.Cases | ViewerRights.Messages }, default));
    }

    [Fact]
    public async Task A_locked_database_is_found_and_reported_though_no_message_comes_and_so_is_its_end()
    {
        await using var portal = await OperationsFixture.OpenAsync();
        await portal.Reporter.ReportAsync(default);
        await using (var other = new SqliteConnection(portal.Fixture.Settings.ConnectionString))
        {
            await other.OpenAsync(TestContext.Current.CancellationToken);
            await using var held = other.BeginTransaction(deferred: false);
            Assert.False(await portal.Reporter.ReportAsync(default));
            Assert.Equal("Databasen er optaget.", portal.Get<IngestionStatistics>().StorageError);
            var push = Assert.Single((await portal.ReadAsync()).Nodes[0].Transports, d => d.Transport == "push");
            Assert.Equal(("paused", "Databasen er optaget."), (push.State, push.Why));
        }

        Assert.True(await portal.Reporter.ReportAsync(default));
        Assert.Null(portal.Get<IngestionStatistics>().StorageError);
        Assert.Equal("open", Assert.Single((await portal.ReadAsync()).Nodes[0].Transports, d => d.Transport == "push").State);
    }

    [Fact]
    public async Task With_too_little_room_nothing_is_taken_until_there_is_room_again()
    {
        await using var portal = await OperationsFixture.OpenAsync();
        portal.Disk.Free = 40L << 20;
        var refused =
            await Assert.ThrowsAsync<StorageUnavailableException>(() => portal.Fixture.ReceiveAsync(IngestionFixture.Envelope("b1")));
        Assert.Equal("Der er kun 40 MB fri plads på databasens disk; grænsen er 500 MB.", refused.Message);
        Assert.False(await portal.Reporter.ReportAsync(default));
        Assert.Equal(refused.Message, (await portal.ReadAsync()).StorageError);

        portal.Disk.Free = 1L << 40;
        portal.Fixture.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.True(await portal.Reporter.ReportAsync(default));
        Assert.Null((await portal.ReadAsync()).StorageError);
        Assert.IsType<DeliveryOutcome.Accepted>(await portal.Fixture.ReceiveAsync(IngestionFixture.Envelope("b1")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_a_full_disk_a_small_write_that_fits_does_not_say_that_messages_do(bool seen)
    {
        await using var portal = await OperationsFixture.OpenAsync(minimumFreeMegabytes: 0);
        var statistics = portal.Get<IngestionStatistics>();
        statistics.Refused("Disken er fuld.", 1000, portal.Fixture.Time.GetTimestamp());
        portal.Disk.Free = seen ? 1 << 20 : null;
        Assert.False(await portal.Reporter.ReportAsync(default));
        Assert.Equal("Disken er fuld.", (await portal.ReadAsync()).StorageError);

        portal.Disk.Free = seen ? 1L << 40 : null;
        portal.Fixture.Time.Advance(TimeSpan.FromSeconds(seen ? 1 : 15));
        Assert.True(await portal.Reporter.ReportAsync(default));
        Assert.Null((await portal.ReadAsync()).StorageError);
        Assert.Null(statistics.FullAt);
    }

    [Fact]
    public async Task A_message_that_is_stored_says_that_the_disk_is_no_longer_full()
    {
        await using var portal = await OperationsFixture.OpenAsync();
        portal.Get<IngestionStatistics>().Refused("Disken er fuld.", 1000, portal.Fixture.Time.GetTimestamp());
        await portal.Fixture.ReceiveAsync(IngestionFixture.Envelope("b1"));
        Assert.Null((await portal.ReadAsync()).StorageError);
    }

    [Theory]
    [InlineData(null, 500, true)]
    [InlineData(499, 500, false)]
    [InlineData(500, 500, true)]
    public void Room_that_cannot_be_seen_is_no_reason_to_stop(int? freeMegabytes, int minimum, bool well) =>
        Assert.Equal(well, DiskSpaceGuard.Judge(freeMegabytes is { } megabytes ? (long)megabytes << 20 : null, minimum) is null);

    [Fact]
    public async Task A_pause_is_among_the_outages()
    {
        await using var portal = await OperationsFixture.OpenAsync();
        var board = portal.Get<TransportStatusBoard>();
        board.Report("amqp", TransportState.Open);
        await portal.Reporter.ReportAsync(default);
        board.Report("amqp", TransportState.Paused, "Forbindelsen er væk.");
        await portal.Reporter.ReportAsync(default);
        portal.Fixture.Time.Advance(TimeSpan.FromMinutes(3));
        board.Report("amqp", TransportState.Open);
        await portal.Reporter.ReportAsync(default);
        var outage = Assert.Single((await portal.ReadAsync()).Outages);
        Assert.Equal(("amqp", "paused", "Forbindelsen er væk.", TimeSpan.FromMinutes(3)),
            (outage.Transport, outage.State, outage.Why, outage.To - outage.From));
    }

    [Fact]
    public async Task A_database_that_is_away_for_longer_than_a_process_is_given_is_one_outage_from_its_beginning()
    {
        await using var portal = await OperationsFixture.OpenAsync();
        var board = portal.Get<TransportStatusBoard>();
        board.Report("amqp", TransportState.Open);
        await portal.Reporter.ReportAsync(default);

        // The database is out: nothing can be written meanwhile.
        portal.Fixture.Time.Advance(TimeSpan.FromSeconds(3));
        board.Report("amqp", TransportState.Paused, "Databaseserveren er ved at starte eller lukke.");
        portal.Fixture.Time.Advance(TimeSpan.FromSeconds(40));
        await portal.Reporter.ReportAsync(default);
        portal.Fixture.Time.Advance(TimeSpan.FromSeconds(2));
        board.Report("amqp", TransportState.Open);
        await portal.Reporter.ReportAsync(default);

        var outage = Assert.Single((await portal.ReadAsync()).Outages);
        Assert.Equal(("amqp", "paused", TimeSpan.FromSeconds(42)), (outage.Transport, outage.State, outage.To - outage.From));
    }

    [Fact]
    public async Task A_services_trouble_of_a_kind_that_is_not_known_is_reported_and_hides_nothing_else()
    {
        await using var portal = await OperationsFixture.OpenAsync();
        await portal.Reporter.ReportAsync(default);
        await portal.Fixture.SqlAsync($"""
            INSERT INTO "ServiceFaults" ("Node", "Service", "Since", "Failures", "Kind", "Why", "Heartbeat")
            VALUES ('b/2/2', 'mail', 1, 1, 'Vanished', 'x', {portal.Fixture.Time.GetUtcNow().UtcTicks})
            """);
        var view = await portal.ReadAsync();
        Assert.Null(view.StorageError);
        var fault = Assert.Single(view.Services).Fault;
        Assert.Equal(("mail", Portal.Ingestion.Supervision.ServiceFaultKind.Unforeseen), (fault.Service, fault.Kind));
    }

    [Fact]
    public async Task What_came_by_a_transport_is_reported_with_its_figures()
    {
        await using var portal = await OperationsFixture.OpenAsync();
        await portal.Fixture.ReceiveAsync(IngestionFixture.Envelope("b1"));
        await portal.Fixture.ReceiveAsync(IngestionFixture.Envelope("b1"));
        await portal.Fixture.ReceiveAsync("rubbish");
        var push = Assert.Single((await portal.ReadAsync()).Nodes[0].Transports, d => d.Transport == "push");
        Assert.Equal((3, 1, 1), (push.Figures.Messages, push.Figures.Repeats, push.Figures.Quarantined));
        Assert.Equal(portal.Fixture.Time.GetUtcNow(), push.Figures.LastMessageAt);
    }

    [Fact]
    public async Task A_process_that_is_stopped_by_plan_is_gone_at_once_and_is_among_the_outages_as_such()
    {
        await using var portal = await OperationsFixture.OpenAsync();
        await using var worker = await OperationsFixture.OpenAsync("b/2/2", NodeIdentity.Worker, portal.Fixture.Folder);
        worker.Get<TransportStatusBoard>().Report("amqp", TransportState.Open);
        await worker.Reporter.ReportAsync(default);
        await worker.StopByPlanAsync();

        portal.Fixture.Time.Advance(OperationsReader.SilentAfter * 3);
        var view = await portal.ReadAsync();
        Assert.DoesNotContain(view.Nodes, n => n.Id == "b/2/2");
        Assert.Empty(view.Failing(portal.Fixture.Time.GetUtcNow()));
        var outage = Assert.Single(view.Outages);
        Assert.Equal(("b/2/2", "amqp", "stopped", PlannedStop.Why), (outage.Node, outage.Transport, outage.State, outage.Why));
    }

    [Fact]
    public async Task A_process_that_died_is_an_outage_that_others_keep_though_it_is_forgotten()
    {
        await using var portal = await OperationsFixture.OpenAsync();
        await using var worker = await OperationsFixture.OpenAsync("b/2/2", NodeIdentity.Worker, portal.Fixture.Folder);
        worker.Get<TransportStatusBoard>().Report("amqp", TransportState.Open);
        await worker.Reporter.ReportAsync(default);
        var died = portal.Fixture.Time.GetUtcNow();
        for (var n = 0; n < 12; n++)
        {
            await portal.Reporter.ReportAsync(default);
            portal.Fixture.Time.Advance(NodeReporter.Interval);
        }

        var view = await portal.ReadAsync();
        Assert.Equal("b/2/2", Assert.Single(view.Failing(portal.Fixture.Time.GetUtcNow())).Node.Id);
        var outage = Assert.Single(view.Outages);
        Assert.Equal(("b/2/2", "amqp", "silent", died, (DateTimeOffset?)null),
            (outage.Node, outage.Transport, outage.State, outage.From, outage.To));

        portal.Fixture.Time.Advance(TimeSpan.FromDays(2));
        await portal.Reporter.ReportAsync(default);
        Assert.Contains(
            (await portal.ReadAsync()).Outages, o => o.Node == "b/2/2" && o.State == "silent" && o.To - o.From == TimeSpan.FromDays(1));
    }

    [Fact]
    public async Task After_the_database_was_away_nobody_is_taken_for_dead()
    {
        await using var portal = await OperationsFixture.OpenAsync();
        await using var worker = await OperationsFixture.OpenAsync("b/2/2", NodeIdentity.Worker, portal.Fixture.Folder);
        worker.Get<TransportStatusBoard>().Report("amqp", TransportState.Open);
        await worker.Reporter.ReportAsync(default);
        await portal.Reporter.ReportAsync(default);
        portal.Fixture.Time.Advance(TimeSpan.FromMinutes(5));
        worker.Fixture.Time.Advance(TimeSpan.FromMinutes(5));
        await portal.Reporter.ReportAsync(default);
        await worker.Reporter.ReportAsync(default);
        Assert.DoesNotContain((await portal.ReadAsync()).Outages, o => o.State == "silent");
    }

    [Fact]
    public async Task Metrics_tell_of_a_process_that_died_and_of_none_while_the_database_is_away()
    {
        await using var portal = await OperationsFixture.OpenAsync();
        await using var worker = await OperationsFixture.OpenAsync("b/2/2", NodeIdentity.Worker, portal.Fixture.Folder);
        worker.Get<TransportStatusBoard>().Report("amqp", TransportState.Open);
        await worker.Reporter.ReportAsync(default);
        await portal.Reporter.ReportAsync(default);
        Assert.Equal([("a/1/1", false), ("b/2/2", false)], Told());

        portal.Fixture.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([("a/1/1", false)], Told());
        await portal.Reporter.ReportAsync(default);
        Assert.Equal([("a/1/1", false), ("b/2/2", true)], Told());

        IEnumerable<(string Id, bool Silent)> Told() => portal.Get<OperationsGauges>().Nodes().Select(n => (n.Id, n.Silent));
    }

    [Theory]
    [InlineData(TransportState.Connecting, 14, false)]
    [InlineData(TransportState.Connecting, 16, true)]
    [InlineData(TransportState.Lost, 0, true)]
    [InlineData(TransportState.Refused, 0, true)]
    [InlineData(TransportState.Paused, 0, true)]
    [InlineData(TransportState.Open, 1000, false)]
    public async Task A_transport_that_does_not_take_is_a_trouble_on_Drift_and_in_readiness(TransportState state, int seconds, bool error)
    {
        await using var portal = await OperationsFixture.OpenAsync();
        portal.Get<TransportStatusBoard>().Report("amqp", state, "Brokeren vært:5672 kan ikke nås.", "Se efter brokeren.");
        portal.Fixture.Time.Advance(TimeSpan.FromSeconds(seconds));
        Assert.Equal(error, (await portal.ReadAsync()).Failing(portal.Fixture.Time.GetUtcNow()).Any(t => t.Transport.Transport == "amqp"));
        var text = await new Portal.Hosting.TransportProbe(portal.Get<TransportHealth>(), portal.Get<IngestionStatistics>())
            .ProblemAsync(default);
        Assert.Equal(error, text is not null);
        if (text is not null)
        {
            Assert.Matches(@"^AMQP tager ikke imod beskeder siden \d\d\.\d\d\.\d{4} .*: Brokeren vært:5672 kan ikke nås\. "
                + @"Gør sådan: Se efter brokeren\.$", text);
        }
    }

    [Fact]
    public async Task A_portal_whose_worker_is_missing_or_dead_says_so_and_stays_ready()
    {
        await using var portal = await OperationsFixture.OpenAsync(settings: s => s with { RunInPortal = false });
        await portal.Reporter.ReportAsync(default);
        var note = new Portal.Hosting.OtherTransportsNote(portal.Get<TransportHealth>());
        Assert.NotNull((await portal.ReadAsync()).NoWorkerSince);
        Assert.Contains("kører ingen worker", note.Now, StringComparison.Ordinal);

        await using var worker = await OperationsFixture.OpenAsync("b/2/2", NodeIdentity.Worker, portal.Fixture.Folder);
        worker.Get<TransportStatusBoard>().Report("amqp", TransportState.Open);
        await worker.Reporter.ReportAsync(default);
        await portal.Reporter.ReportAsync(default);
        Assert.Null((await portal.ReadAsync()).NoWorkerSince);
        Assert.Null(note.Now);
        Assert.Null(await new Portal.Hosting.TransportProbe(portal.Get<TransportHealth>(), portal.Get<IngestionStatistics>())
            .ProblemAsync(default));

        portal.Fixture.Time.Advance(TimeSpan.FromSeconds(20));
        await portal.Reporter.ReportAsync(default);
        Assert.NotNull((await portal.ReadAsync()).NoWorkerSince);
        Assert.Contains("AMQP på b · 2", note.Now, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_database_is_away_Drift_tells_why_and_shows_what_this_process_knows_itself()
    {
        await using var portal = await OperationsFixture.OpenAsync();
        portal.Get<TransportStatusBoard>().Report("amqp", TransportState.Open);
        var away = new OperationsReader(
            new AwayFactory(), portal.Get<NodeTransports>(), portal.Get<DatabaseReader>(), portal.Get<SilenceReader>(),
            portal.Get<IngestionStatistics>(), portal.Get<Portal.Ingestion.Supervision.ProcessServices>(), portal.Get<PushStatus>(),
            portal.Fixture.Settings, portal.Fixture.Time, Microsoft.Extensions.Logging.Abstractions.NullLogger<OperationsReader>.Instance);
        var view = (await away.ReadAsync(IngestionFixture.Administrator(), default))!;
        Assert.Equal("Databaseserveren svarer ikke.", view.StorageError);
        Assert.Null(view.Database);
        Assert.Contains(Assert.Single(view.Nodes).Transports, d => d.Transport == "amqp");
    }

    private sealed class AwayFactory : Microsoft.EntityFrameworkCore.IDbContextFactory<Portal.Ingestion.Storage.IngestionDbContext>
    {
        public Portal.Ingestion.Storage.IngestionDbContext CreateDbContext() =>
            throw new Npgsql.NpgsqlException(
                "away", new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.ConnectionRefused));
    }
}
