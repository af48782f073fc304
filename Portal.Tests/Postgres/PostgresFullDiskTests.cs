using System.Security.Cryptography;
using Npgsql;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Receiving;
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
        await using var house = await server.OpenAsync();
        await house.ReceiveAsync(IngestionHouse.Envelope("before"));

        disk.Fill();
        var batch = Batch(house);
        for (var n = 0; n < 3; n++)
        {
            var refused = await Assert.ThrowsAsync<StorageUnavailableException>(() => house.Receiver.ReceiveAsync(batch, default));
            Assert.Equal(("Databaseserverens disk er fuld.", true), (refused.Message, refused.IsFull));
        }

        Assert.Empty((await house.Quarantine.ListAsync(IngestionHouse.Administrator(), null, null, 100, default)).Items);

        disk.Free();
        await AreStoredAsync(house, batch);
    }

    [Fact]
    public async Task A_server_that_falls_for_want_of_room_for_its_log_is_a_pause_and_the_same_messages_are_stored_when_it_is_back()
    {
        await using var disk = SmallDisk.TryMount(48);
        if (disk is null) Assert.Skip(SmallDisk.OnlyRoot);
        await using var server = new PostgresServer { LogDisk = disk.Path };
        await server.InitializeAsync();
        await using var house = await server.OpenAsync();
        await house.ReceiveAsync(IngestionHouse.Envelope("before"));

        disk.Fill();
        var (stored, batch) = (1, Batch(house));
        while (await IsStoredAsync(house, batch))
        {
            (stored, batch) = (stored + Count, Batch(house));
            Assert.True(stored < 20 * Count, "The disk does not fill.");
        }

        Assert.False(await IsStoredAsync(house, batch));
        disk.Free();
        await server.KillAsync();
        await server.StartAsync();

        // What idles in the pool was cut with the server, and these reads do not try again as pages do.
        NpgsqlConnection.ClearAllPools();
        await AreStoredAsync(house, batch, stored);
    }

    private static async Task<bool> IsStoredAsync(IngestionHouse house, IReadOnlyList<Delivery> batch)
    {
        try
        {
            await house.Receiver.ReceiveAsync(batch, default);
            return true;
        }
        catch (StorageUnavailableException)
        {
            return false;
        }
    }

    // A connection that the server left when it fell may cost one more refusal.
    private static async Task AreStoredAsync(IngestionHouse house, IReadOnlyList<Delivery> batch, int before = 1)
    {
        await Stories.PortalProcess.EventuallyAsync(() => IsStoredAsync(house, batch), stored => stored);
        Assert.Equal(before + Count, await house.Messages.LastSequenceAsync(default));
        Assert.Empty((await house.Quarantine.ListAsync(IngestionHouse.Administrator(), null, null, 100, default)).Items);
        Assert.Null(await house.VerifyAsync());
    }

    // Of kilobytes that no compression makes smaller.
    private static List<Delivery> Batch(IngestionHouse house) =>
        [.. Enumerable.Range(0, Count).Select(_ => new Delivery(IngestionHouse.Envelope(Guid.NewGuid().ToString(), extra: $"<!--{RandomNumberGenerator.GetHexString(20_000)}-->"), "push", house.Time.GetUtcNow()))];
}
