using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Log.Content;
using Portal.Ingestion.Quarantine;
using Portal.Ingestion.Storage;
using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Ingestion.Operations;

public sealed class RetryTests
{
    private static readonly Portal.Ingestion.Domain.Viewer Adm = IngestionFixture.Administrator();

    private static async Task<string> QuarantineAsync(OperationsFixture fixture, string text) =>
        ((DeliveryOutcome.Quarantined)await fixture.Fixture.ReceiveAsync(text)).QuarantineId;

    // Replaces a row's bytes with a valid envelope, as if an update of the portal could now read them.
    internal static async Task HealAsync(OperationsFixture fixture, string quarantineId, byte[] envelope)
    {
        await using var db = await fixture.Get<IDbContextFactory<IngestionDbContext>>().CreateDbContextAsync();
        var row = await db.Quarantine.SingleAsync(q => q.Id == long.Parse(quarantineId, System.Globalization.CultureInfo.InvariantCulture));
        var (content, encoding) = fixture.Get<ContentCodec>().Compress(envelope);
        (row.Content, row.Encoding, row.Bytes, row.Sha256) =
            (content, encoding, envelope.Length, System.Security.Cryptography.SHA256.HashData(envelope));
        await db.SaveChangesAsync();
    }

    private static async Task<RetrySummary> OnlyAsync(OperationsFixture fixture) =>
        Assert.Single(await fixture.Retries.ListAsync(Adm, 10, default));

    [Fact]
    public async Task Each_row_has_its_outcome_and_nothing_is_deleted()
    {
        await using var fixture = await OperationsFixture.OpenAsync();
        await fixture.Fixture.ReceiveAsync(IngestionFixture.Envelope("known"));
        var (good, repeat, bad) =
            (await QuarantineAsync(fixture, "a"), await QuarantineAsync(fixture, "b"), await QuarantineAsync(fixture, "c"));
        await HealAsync(fixture, good, IngestionFixture.Envelope("new"));
        await HealAsync(fixture, repeat, IngestionFixture.Envelope("known"));

        var id = (await fixture.Retries.StartAsync(Adm, new QuarantineSelection(), default))!;
        Assert.True(await fixture.Runner.RunNextAsync(default));

        var retry = await OnlyAsync(fixture);
        Assert.Equal((3, 1, 1, 1, 0, "Anders"), (retry.Total, retry.Accepted, retry.Repeated, retry.Kept, retry.Gone, retry.StartedBy));
        Assert.NotNull(retry.FinishedAt);
        var items = await fixture.Retries.ItemsAsync(Adm, id, 0, 10, default);
        Assert.Equal([(good, "accepted", "new"), (repeat, "repeated", "known"), (bad, "quarantined", null)],
            items.Select(i => (i.QuarantineId, i.Outcome!, i.BeskedId)));
        Assert.NotNull(items[2].Detail);
        Assert.All(items, i => Assert.Equal(fixture.Fixture.Time.GetUtcNow(), i.ReceivedAt));
        Assert.Equal(1, await fixture.Fixture.Quarantine.CountAsync(Adm, default));
        Assert.False(await fixture.Runner.RunNextAsync(default));
    }

    [Fact]
    public async Task The_set_is_frozen_at_the_click()
    {
        await using var fixture = await OperationsFixture.OpenAsync();
        var before = await QuarantineAsync(fixture, "a");
        var id = (await fixture.Retries.StartAsync(Adm, new QuarantineSelection(), default))!;
        await QuarantineAsync(fixture, "b");
        await fixture.Runner.RunNextAsync(default);
        Assert.Equal([before], (await fixture.Retries.ItemsAsync(Adm, id, 0, 10, default)).Select(i => i.QuarantineId));
        Assert.Equal(1, (await OnlyAsync(fixture)).Total);
    }

    [Fact]
    public async Task Only_the_chosen_and_only_the_reason_are_tried()
    {
        await using var fixture = await OperationsFixture.OpenAsync();
        var (one, _) = (await QuarantineAsync(fixture, "a"), await QuarantineAsync(fixture, "b"));
        var chosen = (await fixture.Retries.StartAsync(Adm, new QuarantineSelection { Ids = [one, "rubbish", "99999"] }, default))!;
        Assert.Equal([one], (await fixture.Retries.ItemsAsync(Adm, chosen, 0, 10, default)).Select(i => i.QuarantineId));
        Assert.Null(await fixture.Retries.StartAsync(Adm, new QuarantineSelection { Reason = QuarantineReason.Conflict }, default));
        var all = (await fixture.Retries.StartAsync(Adm, new QuarantineSelection { Reason = QuarantineReason.Malformed }, default))!;
        Assert.Equal(2, (await fixture.Retries.ItemsAsync(Adm, all, 0, 10, default)).Count);
    }

    [Fact]
    public async Task What_someone_else_took_meanwhile_is_reported()
    {
        await using var fixture = await OperationsFixture.OpenAsync();
        var row = await QuarantineAsync(fixture, "a");
        await HealAsync(fixture, row, IngestionFixture.Envelope("new"));
        await fixture.Retries.StartAsync(Adm, new QuarantineSelection(), default);
        await fixture.Fixture.Quarantine.RetryAsync(Adm, row, default);
        await fixture.Runner.RunNextAsync(default);
        Assert.Equal(1, (await OnlyAsync(fixture)).Gone);
    }

    [Fact]
    public async Task Stopped_it_tries_no_more_and_says_who_stopped_it()
    {
        await using var fixture = await OperationsFixture.OpenAsync();
        await QuarantineAsync(fixture, "a");
        var id = (await fixture.Retries.StartAsync(Adm, new QuarantineSelection(), default))!;
        Assert.True(await fixture.Retries.StopAsync(Adm, id, default));
        Assert.False(await fixture.Retries.StopAsync(Adm, id, default));
        await fixture.Runner.RunNextAsync(default);
        var retry = await OnlyAsync(fixture);
        Assert.Equal((0, "Anders"), (retry.Tried, retry.StoppedBy));
        Assert.NotNull(retry.FinishedAt);
    }

    [Fact]
    public async Task A_restart_continues_where_it_was()
    {
        await using var first = await OperationsFixture.OpenAsync();
        await QuarantineAsync(first, "a");
        await QuarantineAsync(first, "b");
        var id = (await first.Retries.StartAsync(Adm, new QuarantineSelection(), default))!;

        // As if the first node had claimed the retry and tried one row when its process died.
        await first.Fixture.SqlAsync(
            $"UPDATE \"QuarantineRetries\" SET \"Runner\" = 'a/1/1', \"RunnerAt\" = {first.Fixture.Time.GetUtcNow().UtcTicks}");
        await first.Fixture.SqlAsync("UPDATE \"QuarantineRetryItems\" SET \"Outcome\" = 'quarantined' WHERE \"Position\" = 1");

        await using var second = await OperationsFixture.OpenAsync("a/2/2", folder: first.Fixture.Folder);
        Assert.False(await second.Runner.RunNextAsync(default));
        second.Fixture.Time.Advance(RetryRunner.Lease + TimeSpan.FromSeconds(1));
        Assert.True(await second.Runner.RunNextAsync(default));
        Assert.Equal(["quarantined", "quarantined"], (await second.Retries.ItemsAsync(Adm, id, 0, 10, default)).Select(i => i.Outcome));
        Assert.Null((await second.Retries.ItemsAsync(Adm, id, 0, 1, default))[0].Detail);
    }

    [Fact]
    public async Task Without_room_it_waits_and_continues_when_there_is_room()
    {
        await using var fixture = await OperationsFixture.OpenAsync();
        await QuarantineAsync(fixture, "a");
        await fixture.Retries.StartAsync(Adm, new QuarantineSelection(), default);
        fixture.Fixture.Time.Advance(TimeSpan.FromSeconds(2));
        fixture.Disk.Free = 1;
        await Assert.ThrowsAsync<StorageUnavailableException>(() => fixture.Runner.RunNextAsync(default));
        Assert.Equal(0, (await OnlyAsync(fixture)).Tried);
        fixture.Disk.Free = 1L << 40;
        fixture.Fixture.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.True(await fixture.Runner.RunNextAsync(default));
        Assert.Equal(1, (await OnlyAsync(fixture)).Tried);
    }

    [Fact]
    public async Task Another_authority_neither_sees_nor_stops_it()
    {
        await using var fixture = await OperationsFixture.OpenAsync();
        await QuarantineAsync(fixture, "a");
        var id = (await fixture.Retries.StartAsync(Adm, new QuarantineSelection(), default))!;
        var other = IngestionFixture.Administrator("11111111");
        Assert.Empty(await fixture.Retries.ListAsync(other, 10, default));
        Assert.Empty(await fixture.Retries.ItemsAsync(other, id, 0, 10, default));
        Assert.False(await fixture.Retries.StopAsync(other, id, default));
        Assert.Null(await fixture.Retries.StartAsync(other, new QuarantineSelection(), default));
    }
}
