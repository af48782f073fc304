using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Log.Content;
using Portal.Ingestion.Quarantine;
using Portal.Ingestion.Storage;
using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Ingestion.Operations;

public sealed class RetryTests
{
    private static readonly Portal.Ingestion.Domain.Viewer Adm = IngestionHouse.Administrator();

    private static async Task<string> QuarantineAsync(OperationsHouse house, string text) =>
        ((DeliveryOutcome.Quarantined)await house.House.ReceiveAsync(text)).QuarantineId;

    // What an update of the portal does: what was refused can be understood now.
    private static async Task HealAsync(OperationsHouse house, string quarantineId, byte[] envelope)
    {
        await using var db = await house.Get<IDbContextFactory<IngestionDbContext>>().CreateDbContextAsync();
        var row = await db.Quarantine.SingleAsync(q => q.Id == long.Parse(quarantineId, System.Globalization.CultureInfo.InvariantCulture));
        var (content, encoding) = house.Get<ContentCodec>().Compress(envelope);
        (row.Content, row.Encoding, row.Bytes, row.Sha256) = (content, encoding, envelope.Length, System.Security.Cryptography.SHA256.HashData(envelope));
        await db.SaveChangesAsync();
    }

    private static async Task<RetrySummary> OnlyAsync(OperationsHouse house) => Assert.Single(await house.Retries.ListAsync(Adm, 10, default));

    [Fact]
    public async Task Each_row_has_its_outcome_and_nothing_is_deleted()
    {
        await using var house = await OperationsHouse.OpenAsync();
        await house.House.ReceiveAsync(IngestionHouse.Envelope("known"));
        var (good, repeat, bad) = (await QuarantineAsync(house, "a"), await QuarantineAsync(house, "b"), await QuarantineAsync(house, "c"));
        await HealAsync(house, good, IngestionHouse.Envelope("new"));
        await HealAsync(house, repeat, IngestionHouse.Envelope("known"));

        var id = (await house.Retries.StartAsync(Adm, new QuarantineSelection(), default))!;
        Assert.True(await house.Runner.RunNextAsync(default));

        var retry = await OnlyAsync(house);
        Assert.Equal((3, 1, 1, 1, 0, "Anders"), (retry.Total, retry.Accepted, retry.Repeated, retry.Kept, retry.Gone, retry.StartedBy));
        Assert.NotNull(retry.FinishedAt);
        var items = await house.Retries.ItemsAsync(Adm, id, 0, 10, default);
        Assert.Equal([(good, "accepted", "new"), (repeat, "repeated", "known"), (bad, "quarantined", null)], items.Select(i => (i.QuarantineId, i.Outcome!, i.BeskedId)));
        Assert.NotNull(items[2].Detail);
        Assert.All(items, i => Assert.Equal(house.House.Time.GetUtcNow(), i.ReceivedAt));
        Assert.Equal(1, await house.House.Quarantine.CountAsync(Adm, default));
        Assert.False(await house.Runner.RunNextAsync(default));
    }

    [Fact]
    public async Task The_set_is_frozen_at_the_click()
    {
        await using var house = await OperationsHouse.OpenAsync();
        var before = await QuarantineAsync(house, "a");
        var id = (await house.Retries.StartAsync(Adm, new QuarantineSelection(), default))!;
        await QuarantineAsync(house, "b");
        await house.Runner.RunNextAsync(default);
        Assert.Equal([before], (await house.Retries.ItemsAsync(Adm, id, 0, 10, default)).Select(i => i.QuarantineId));
        Assert.Equal(1, (await OnlyAsync(house)).Total);
    }

    [Fact]
    public async Task Only_the_chosen_and_only_the_reason_are_tried()
    {
        await using var house = await OperationsHouse.OpenAsync();
        var (one, _) = (await QuarantineAsync(house, "a"), await QuarantineAsync(house, "b"));
        var chosen = (await house.Retries.StartAsync(Adm, new QuarantineSelection { Ids = [one, "rubbish", "99999"] }, default))!;
        Assert.Equal([one], (await house.Retries.ItemsAsync(Adm, chosen, 0, 10, default)).Select(i => i.QuarantineId));
        Assert.Null(await house.Retries.StartAsync(Adm, new QuarantineSelection { Reason = QuarantineReason.Conflict }, default));
        var all = (await house.Retries.StartAsync(Adm, new QuarantineSelection { Reason = QuarantineReason.Malformed }, default))!;
        Assert.Equal(2, (await house.Retries.ItemsAsync(Adm, all, 0, 10, default)).Count);
    }

    [Fact]
    public async Task What_someone_else_took_meanwhile_is_told_so()
    {
        await using var house = await OperationsHouse.OpenAsync();
        var row = await QuarantineAsync(house, "a");
        await HealAsync(house, row, IngestionHouse.Envelope("new"));
        await house.Retries.StartAsync(Adm, new QuarantineSelection(), default);
        await house.House.Quarantine.RetryAsync(Adm, row, default);
        await house.Runner.RunNextAsync(default);
        Assert.Equal(1, (await OnlyAsync(house)).Gone);
    }

    [Fact]
    public async Task Stopped_it_tries_no_more_and_says_who_stopped_it()
    {
        await using var house = await OperationsHouse.OpenAsync();
        await QuarantineAsync(house, "a");
        var id = (await house.Retries.StartAsync(Adm, new QuarantineSelection(), default))!;
        Assert.True(await house.Retries.StopAsync(Adm, id, default));
        Assert.False(await house.Retries.StopAsync(Adm, id, default));
        await house.Runner.RunNextAsync(default);
        var retry = await OnlyAsync(house);
        Assert.Equal((0, "Anders"), (retry.Tried, retry.StoppedBy));
        Assert.NotNull(retry.FinishedAt);
    }

    [Fact]
    public async Task A_restart_goes_on_where_it_was()
    {
        await using var first = await OperationsHouse.OpenAsync();
        await QuarantineAsync(first, "a");
        await QuarantineAsync(first, "b");
        var id = (await first.Retries.StartAsync(Adm, new QuarantineSelection(), default))!;

        // The first node claimed it and tried one row; then its process died.
        await first.House.SqlAsync($"UPDATE \"QuarantineRetries\" SET \"Runner\" = 'a/1/1', \"RunnerAt\" = {first.House.Time.GetUtcNow().UtcTicks}");
        await first.House.SqlAsync("UPDATE \"QuarantineRetryItems\" SET \"Outcome\" = 'quarantined' WHERE \"Position\" = 1");

        await using var second = await OperationsHouse.OpenAsync("a/2/2", folder: first.House.Folder);
        Assert.False(await second.Runner.RunNextAsync(default));
        second.House.Time.Advance(RetryRunner.Lease + TimeSpan.FromSeconds(1));
        Assert.True(await second.Runner.RunNextAsync(default));
        Assert.Equal(["quarantined", "quarantined"], (await second.Retries.ItemsAsync(Adm, id, 0, 10, default)).Select(i => i.Outcome));
        Assert.Null((await second.Retries.ItemsAsync(Adm, id, 0, 1, default))[0].Detail);
    }

    [Fact]
    public async Task Without_room_it_waits_and_goes_on_when_there_is_room()
    {
        await using var house = await OperationsHouse.OpenAsync();
        await QuarantineAsync(house, "a");
        await house.Retries.StartAsync(Adm, new QuarantineSelection(), default);
        house.House.Time.Advance(TimeSpan.FromSeconds(2));
        house.Disk.Free = 1;
        await Assert.ThrowsAsync<StorageUnavailableException>(() => house.Runner.RunNextAsync(default));
        Assert.Equal(0, (await OnlyAsync(house)).Tried);
        house.Disk.Free = 1L << 40;
        house.House.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.True(await house.Runner.RunNextAsync(default));
        Assert.Equal(1, (await OnlyAsync(house)).Tried);
    }

    [Fact]
    public async Task Another_authority_neither_sees_nor_stops_it()
    {
        await using var house = await OperationsHouse.OpenAsync();
        await QuarantineAsync(house, "a");
        var id = (await house.Retries.StartAsync(Adm, new QuarantineSelection(), default))!;
        var other = IngestionHouse.Administrator("11111111");
        Assert.Empty(await house.Retries.ListAsync(other, 10, default));
        Assert.Empty(await house.Retries.ItemsAsync(other, id, 0, 10, default));
        Assert.False(await house.Retries.StopAsync(other, id, default));
        Assert.Null(await house.Retries.StartAsync(other, new QuarantineSelection(), default));
    }
}
