using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Log;
using Portal.Tests.Ingestion.Ledger;
using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Faults;

/// <summary>
/// Hostile envelopes through the receiver, on each database: as many are stored or quarantined as were sent, none as failed, and the next
/// message is stored.
/// </summary>
public abstract class HostileCorpusTests
{
    private const int Lot = 200;

    private protected abstract Task<IngestionFixture> OpenAsync();

    [Fact]
    public Task A_sample_of_hostile_envelopes_is_stored_or_quarantined_and_the_log_continues() => RunAsync(240, 41);

    [Fact, Long]
    public Task Ten_thousand_hostile_envelopes_are_stored_or_quarantined_and_the_log_continues() => RunAsync(10_000, 1);

    private async Task RunAsync(int count, int step)
    {
        await using var fixture = await OpenAsync();
        var sent = 0L;
        foreach (var lot in Enumerable.Range(0, count).Chunk(Lot))
        {
            var deliveries = lot.Select(n => new Delivery(HostileEnvelopes.At(n * step), "amqp", fixture.Time.GetUtcNow())).ToList();
            var outcomes = await fixture.Receiver.ReceiveAsync(deliveries, default);
            Assert.Equal(deliveries.Count, outcomes.Count);
            sent += deliveries.Count;
            Assert.IsType<DeliveryOutcome.Accepted>(await fixture.ReceiveAsync(IngestionFixture.Envelope(Guid.NewGuid().ToString())));
            sent++;
        }

        var failed = await fixture.DbAsync(db => db.Quarantine.Where(q => q.Reason == "failed").Select(q => q.Detail).ToListAsync());
        Assert.True(failed.Count == 0, string.Join('\n', failed));
        var stored = await fixture.DbAsync(db => db.Messages.SumAsync(m => (long)m.Deliveries));
        var kept = await fixture.DbAsync(db => db.Quarantine.SumAsync(q => (long)q.Deliveries));
        Assert.Equal(sent, stored + kept);
        TestContext.Current.TestOutputHelper?.WriteLine($"{GetType().Name}: sent {sent}, stored {stored}, quarantined {kept}, failed 0");

        // Every reader of the log can read what was stored.
        await fixture.Services.GetRequiredService<LetterMatcher>().CatchUpAsync(default);
        var (seen, position) = (0L, 0L);
        while (position < await fixture.Messages.LastSequenceAsync(default))
        {
            var slice = await fixture.Messages.ReadAfterAsync(IngestionFixture.Administrator(), MessageFilter.Everything, position, 500,
                default);
            seen += slice.Items.Count;
            position = slice.Position;
        }

        Assert.Equal(await fixture.DbAsync(db =>
            db.MessageKinds.Where(k => k.Authority == IngestionFixture.Own
            || k.OtherAuthorities!.Contains(IngestionFixture.Own)).Join(db.Messages, k => k.Id, m => m.Kind,
            (k, m) => m.Sequence).LongCountAsync()), seen);
        Assert.Null(await fixture.VerifyAsync());
    }
}

public sealed class SqliteHostileCorpusTests : HostileCorpusTests
{
    private protected override Task<IngestionFixture> OpenAsync() => IngestionFixture.OpenAsync();
}
