using System.Net;
using Microsoft.Data.Sqlite;
using Portal.Ingestion.Commands.Bench;
using Portal.Ingestion.Envelopes;
using Portal.Tests.Amqp;
using Portal.Tests.Stories;
using Xunit;

namespace Portal.Tests.Faults;

/// <summary>Whatever dies while messages flow by queue and push together: every message is stored once, numbers have no gaps, the queue is empty in the end.</summary>
[Collection(RabbitMqTests.Name)]
public sealed class KillNineTests(RabbitMqServer broker)
{
    private const int Messages = 20_000;
    private const int Repeats = Messages / 20;

    [Fact]
    public async Task Nothing_is_lost_or_doubled_when_worker_and_broker_are_killed_while_messages_flow()
    {
        var queue = Guid.NewGuid().ToString();
        var fresh = Enumerable.Range(0, Messages - Repeats).Select(n => Stories.Envelopes.Status(Guid.NewGuid().ToString(), KnownHandlinger.Klar, "2026-02-13T12:00:00Z")).ToList();
        var random = new Random(20_26);
        var all = fresh.Concat(Enumerable.Range(0, Repeats).Select(_ => fresh[random.Next(fresh.Count)])).Select(m => m.Bytes).ToArray();
        random.Shuffle(all);
        var (byQueue, byPush) = (all[..(Messages * 3 / 4)], all[(Messages * 3 / 4)..]);

        await using var portal = await PortalProcess.StartAsync(settings: ["--Ingestion:RunInPortal=false"]);
        var database = Path.Combine(portal.Folder, "portal.db");
        string[] settings =
        [
            $"--Database:ConnectionString=Data Source={database}", $"--Ledger:KeyPath={Path.Combine(portal.Folder, "ledger.key")}",
            "--Ingestion:Amqp:Enabled=true", $"--Ingestion:Amqp:Uri={broker.Address}", $"--Ingestion:Amqp:Queue={queue}",
        ];
        await QueueFiller.FillAsync(broker.Address, queue, byQueue, default);
        var pushed = PushAllAsync(portal, byPush);

        var worker = WorkerProcess.Start(portal.Folder, settings);
        var threshold = 0;
        string[] deaths = ["worker", "broker", "worker", "broker", "worker"];
        foreach (var dies in deaths)
        {
            threshold += random.Next(1000, 2500);
            await PortalProcess.EventuallyAsync(() => Task.FromResult(Count(database)), stored => stored >= threshold);
            if (dies == "worker")
            {
                await worker.KillAsync();
                await worker.DisposeAsync();
                worker = WorkerProcess.Start(portal.Folder, settings);
            }
            else
            {
                await broker.KillAsync();
                await broker.StartAsync();
            }
        }

        await pushed;
        await PortalProcess.EventuallyAsync(() => Task.FromResult(Count(database)), stored => stored == fresh.Count);
        await PortalProcess.EventuallyAsync(() => QueueFiller.CountAsync(broker.Address, queue, default), left => left == 0);
        await worker.DisposeAsync();
        Assert.Equal(0, await QueueFiller.CountAsync(broker.Address, queue, default));

        await using var connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = """SELECT hex("BeskedId"), "Sequence" FROM "Messages" ORDER BY "Sequence" """;
        await using var rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var stored = new List<(string Id, long Sequence)>();
        while (await rows.ReadAsync(TestContext.Current.CancellationToken)) stored.Add((rows.GetString(0), rows.GetInt64(1)));
        Assert.Equal(Enumerable.Range(1, fresh.Count).Select(n => (long)n), stored.Select(m => m.Sequence));
        Assert.Equal(
            fresh.Select(m => m.BeskedId.Replace("-", "", StringComparison.Ordinal).ToUpperInvariant()).Order(StringComparer.Ordinal),
            stored.Select(m => m.Id).Order(StringComparer.Ordinal));
    }

    // As the distributor does: whatever is not answered 200 is sent again.
    private static Task PushAllAsync(PortalProcess portal, byte[][] messages) => Parallel.ForEachAsync(
        messages,
        new ParallelOptions { MaxDegreeOfParallelism = 8 },
        async (bytes, _) =>
        {
            while ((await portal.PushAsync(bytes)).StatusCode != HttpStatusCode.OK)
            {
            }
        });

    private static long Count(string database)
    {
        using var connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """SELECT COUNT(*) FROM "Messages" """;
        return (long)command.ExecuteScalar()!;
    }
}
