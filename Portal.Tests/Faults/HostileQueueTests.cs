using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Operations;
using Portal.Tests.Ingestion.Ledger;
using Portal.Tests.Ingestion.Log;
using Portal.Tests.Ingestion.Transports.Amqp;
using Portal.Tests.Postgres;
using Portal.Tests.Stories;
using Xunit;

namespace Portal.Tests.Faults;

/// <summary>
/// Hostile envelopes between valid ones in a queue of a real broker: each is stored or quarantined, the queue is emptied and the transport
/// stays open.
/// </summary>
[Collection(RabbitMqTests.Name)]
public sealed class HostileQueueTests(RabbitMqServer broker)
{
    [Fact]
    public Task A_sample_leaves_the_queue_and_the_transport_stays_open() => RunAsync(broker, null, 60, step: 83);

    [Fact, Long]
    public Task Thousands_leave_the_queue_and_the_transport_stays_open() => RunAsync(broker, null, 5000, step: 2);

    internal static async Task RunAsync(RabbitMqServer broker, IngestionFixture? log, int sent, int step)
    {
        await using var fixture = await AmqpTransportFixture.OpenAsync(broker, log: log);
        async Task<(long Stored, long Kept)> CountAsync() => (
            await fixture.Fixture.DbAsync(db => db.Messages.SumAsync(m => (long)m.Deliveries)),
            await fixture.Fixture.DbAsync(db => db.Quarantine.SumAsync(q => (long)q.Deliveries)));
        await fixture.OpenTransportAsync();
        await fixture.PublishAsync(Enumerable.Range(0, sent).Select(n => HostileEnvelopes.At(n * step)));
        var (stored, kept) = await PortalProcess.EventuallyAsync(CountAsync, count => count.Stored + count.Kept >= sent);
        Assert.Equal(sent, stored + kept);
        Assert.True(stored > 0 && kept > 0, $"{stored} stored, {kept} in quarantine: the corpus has both.");

        await fixture.PublishAsync([IngestionFixture.Envelope(Guid.NewGuid().ToString())]);
        await PortalProcess.EventuallyAsync(CountAsync, count => count.Stored == stored + 1);
        Assert.Equal(TransportState.Open, fixture.Report?.State);
        Assert.Equal(0, await fixture.LeftAsync());
        Assert.Null(await fixture.Fixture.VerifyAsync());
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"AMQP, {(log is null ? "SQLite" : "PostgreSQL")}: sent {sent}, stored {stored}, in quarantine {kept}, left in the queue 0, "
            + $"transport {fixture.Report?.State}");
    }
}

/// <summary>The same on PostgreSQL.</summary>
[Collection(RabbitMqTests.Name)]
public sealed class PostgresHostileQueueTests(RabbitMqServer broker, PostgresServer server) : IClassFixture<PostgresServer>
{
    [Fact, Long]
    public async Task Thousands_leave_the_queue_and_the_transport_stays_open_on_PostgreSQL_too() =>
        await HostileQueueTests.RunAsync(broker, await server.OpenAsync(), 5000, step: 2);
}
