using System.Security.Cryptography;
using Npgsql;
using Portal.Ingestion.Domain;
using Portal.Tests.Faults;
using Portal.Tests.Ingestion.Ledger;
using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Postgres;

/// <summary>A PostgreSQL whose disk is full to the last byte.</summary>
public sealed class PostgresFullDiskTests
{
    private const int Count = 300;

    [Fact]
    public async Task Tables_that_cannot_grow_are_a_pause_and_the_same_messages_are_stored_when_they_can()
    {
        await using var disk = SmallDisk.TryMount(80);
        if (disk is null) Assert.Skip(SmallDisk.OnlyRoot);
        await using var server = new PostgresServer { Disk = disk.Path };
        await server.InitializeAsync();
        await using var fixture = await server.OpenAsync();
        await fixture.ReceiveAsync(IngestionFixture.Envelope("before"));

        disk.Fill();
        var batch = Batch(fixture);
        for (var n = 0; n < 3; n++)
        {
            var refused = await Assert.ThrowsAsync<StorageUnavailableException>(() => fixture.Receiver.ReceiveAsync(batch, default));
            Assert.Equal(("Databaseserverens disk er fuld.", true), (refused.Message, refused.IsFull));
        }

        Assert.Empty((await fixture.Quarantine.ListAsync(IngestionFixture.Administrator(), null, null, 100, default)).Items);

        disk.Free();
        await AreStoredAsync(fixture, batch);
    }

    [Fact]
    public async Task A_server_that_falls_for_want_of_room_for_its_log_is_a_pause_and_the_same_messages_are_stored_when_it_is_back()
    {
        await using var disk = SmallDisk.TryMount(48);
        if (disk is null) Assert.Skip(SmallDisk.OnlyRoot);
        await using var server = new PostgresServer { LogDisk = disk.Path };
        await server.InitializeAsync();
        await using var fixture = await server.OpenAsync();
        await fixture.ReceiveAsync(IngestionFixture.Envelope("before"));

        disk.Fill();
        var (stored, batch) = (1, Batch(fixture));
        while (await IsStoredAsync(fixture, batch))
        {
            (stored, batch) = (stored + Count, Batch(fixture));
            Assert.True(stored < 20 * Count, "The disk does not fill.");
        }

        Assert.False(await IsStoredAsync(fixture, batch));
        disk.Free();
        await server.KillAsync();
        await server.StartAsync();

        // The pool's idle connections broke with the server, and these reads do not retry as pages do.
        NpgsqlConnection.ClearAllPools();
        await AreStoredAsync(fixture, batch, stored);
    }

    private static async Task<bool> IsStoredAsync(IngestionFixture fixture, IReadOnlyList<Delivery> batch)
    {
        try
        {
            await fixture.Receiver.ReceiveAsync(batch, default);
            return true;
        }
        catch (StorageUnavailableException)
        {
            return false;
        }
    }

    // A pooled connection that broke when the server crashed may cost one more refusal.
    private static async Task AreStoredAsync(IngestionFixture fixture, IReadOnlyList<Delivery> batch, int before = 1)
    {
        await Stories.PortalProcess.EventuallyAsync(() => IsStoredAsync(fixture, batch), stored => stored);
        Assert.Equal(before + Count, await fixture.Messages.LastSequenceAsync(default));
        Assert.Empty((await fixture.Quarantine.ListAsync(IngestionFixture.Administrator(), null, null, 100, default)).Items);
        Assert.Null(await fixture.VerifyAsync());
    }

    // Messages of several kilobytes that do not compress.
    private static List<Delivery> Batch(IngestionFixture fixture) =>
        [.. Enumerable.Range(0, Count).Select(_ => new Delivery(IngestionFixture.Envelope(
            Guid.NewGuid().ToString(), extra: $"<!--{RandomNumberGenerator.GetHexString(20_000)}-->"), "push", fixture.Time.GetUtcNow()))];
}
