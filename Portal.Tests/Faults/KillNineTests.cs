using System.Data.Common;
using System.Globalization;
using System.Net;
using Microsoft.Data.Sqlite;
using Npgsql;
using Portal.Ingestion.Commands.Bench;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Log;
using Portal.Tests.Ingestion.Transports.Amqp;
using Portal.Tests.Postgres;
using Portal.Tests.Stories;
using Xunit;

namespace Portal.Tests.Faults;

/// <summary>
/// Processes are killed while messages arrive by queue and push at once: every message is stored once, sequence numbers have no gaps, and
/// the queue ends empty.
/// </summary>
[Collection(RabbitMqTests.Name)]
public sealed class KillNineTests(RabbitMqServer broker)
{
    private const int Seen = 10;

    [Fact]
    public Task Nothing_is_lost_or_doubled_when_worker_and_broker_are_killed_while_messages_flow() =>
        OnSqliteAsync(3_000, ["worker", "broker"]);

    [Fact, Long]
    public Task Nothing_is_lost_or_doubled_when_worker_and_broker_are_killed_again_and_again() =>
        OnSqliteAsync(20_000, ["worker", "broker", "worker", "broker", "worker"]);

    // Only in the long run, since it starts seven servers and programs; the one on SQLite runs each time.
    [Fact, Long]
    public Task Nothing_is_lost_or_doubled_when_PostgreSQL_worker_and_broker_are_killed_while_messages_flow() =>
        OnPostgresAsync(4_000, ["database", "worker", "broker"]);

    [Fact, Long]
    public Task Nothing_is_lost_or_doubled_when_PostgreSQL_worker_and_broker_are_killed_again_and_again() =>
        OnPostgresAsync(20_000, ["database", "worker", "broker", "database", "worker", "database"]);

    private async Task OnSqliteAsync(int messages, string[] deaths)
    {
        var folder = Directory.CreateTempSubdirectory("kill").FullName;
        var database = $"Data Source={Path.Combine(folder, "portal.db")}";
        await FlowAsync(folder, [$"--Database:ConnectionString={database}"], messages, deaths, null,
            sql => OpenAsync(new SqliteConnection(database + ";Mode=ReadOnly;Pooling=False"), sql));
        Directory.Delete(folder, recursive: true);
    }

    private async Task OnPostgresAsync(int messages, string[] deaths)
    {
        await using var server = new PostgresServer();
        await server.InitializeAsync();
        var database = server.ConnectionString("kill");
        var folder = Directory.CreateTempSubdirectory("kill").FullName;
        await FlowAsync(
            folder,
            ["--Database:Provider=PostgreSql", $"--Database:ConnectionString={database}"],
            messages,
            deaths,
            server,
            sql => OpenAsync(new NpgsqlConnection(database + "Pooling=false"), sql));
        Directory.Delete(folder, recursive: true);
    }

    private async Task FlowAsync(string folder, string[] database, int messages, string[] deaths, PostgresServer? server,
        Func<string, Task<List<(byte[] Id, long Sequence)>>> readAsync)
    {
        var queue = Guid.NewGuid().ToString();
        var repeats = messages / 20;
        var fresh = Enumerable.Range(0, messages - repeats)
            .Select(n => Stories.Envelopes.Status(Guid.NewGuid().ToString(), KnownHandlinger.Klar, "2026-02-13T12:00:00Z")).ToList();
        var random = new Random(20_26);
        var all = fresh.Concat(Enumerable.Range(0, repeats).Select(_ => fresh[random.Next(fresh.Count)])).Select(m => m.Bytes).ToArray();
        random.Shuffle(all);
        var (byQueue, byPush) = (all[..(messages * 3 / 4)], all[(messages * 3 / 4)..]);

        await using var portal = await HostedPortal.StartAsync(folder, settings: ["--Ingestion:RunInPortal=false", .. database]);
        string[] settings =
        [
            .. database, $"--Ledger:KeyPath={Path.Combine(folder, "ledger.key")}",
            "--Ingestion:Amqp:Enabled=true", $"--Ingestion:Amqp:Uri={broker.Address}", $"--Ingestion:Amqp:Queue={queue}",
        ];
        async Task<long> CountAsync() =>
            (await readAsync("""SELECT "BeskedId", COALESCE("Sequence", 0) FROM "Messages" ORDER BY "Sequence" DESC LIMIT 1"""))
                .Select(m => m.Sequence).SingleOrDefault();
        using var paused = await EventStream.OpenAsync(portal, 0);
        await QueueFiller.FillAsync(broker.Address, queue, byQueue, default);

        // RabbitMQ keeps a newly declared queue in memory for a while, and would lose it if killed now: written to disk here, since that
        // loss is not the portal's.
        await broker.ControlAsync("eval", "mnesia:sync_log().");
        var pushed = PushAllAsync(portal, byPush);

        var worker = WorkerProcess.Start(folder, settings);
        Assert.Equal(Numbers(1, Seen), await paused.ReadAsync(Seen));
        paused.Dispose();
        var threshold = 0;
        foreach (var dies in deaths)
        {
            threshold += random.Next(messages / 16, messages / 7);
            await PortalProcess.EventuallyAsync(CountAsync, stored => stored >= threshold);
            switch (dies)
            {
                case "worker":
                    await worker.KillAsync();
                    await worker.DisposeAsync();
                    worker = WorkerProcess.Start(folder, settings);
                    break;
                case "broker":
                    await broker.KillAsync();
                    await broker.StartAsync();
                    break;
                default:
                    await server!.KillAsync();
                    await server.StartAsync();
                    break;
            }
        }

        await pushed;
        try
        {
            await PortalProcess.EventuallyAsync(CountAsync, stored => stored == fresh.Count);
            await PortalProcess.EventuallyAsync(() => LeftAsync(queue), left => left == 0);
        }
        catch (InvalidOperationException late)
        {
            throw new InvalidOperationException(
                $"{late.Message} of {fresh.Count}, {await LeftAsync(queue)} in the queue. The worker's last lines:\n"
                + string.Join('\n', worker.Lines.TakeLast(20)), late);
        }

        await worker.DisposeAsync();
        Assert.Equal(0, await QueueFiller.CountAsync(broker.Address, queue, default));

        var stored = await readAsync("""SELECT "BeskedId", "Sequence" FROM "Messages" ORDER BY "Sequence" """);
        Assert.Equal(Numbers(1, fresh.Count), stored.Select(m => m.Sequence));
        Assert.Equal(fresh.Select(m => m.BeskedId).Order(StringComparer.Ordinal),
            stored.Select(m => BeskedIdBytes.From(m.Id)).Order(StringComparer.Ordinal));

        // The ledger is intact, whenever the crash came.
        Assert.Equal("True", (await portal.GetAsync("/api/bevis/verificer"))["intact"]!.ToString(), ignoreCase: true);

        // A reader that was disconnected all that time resumes at its position.
        using var resumed = await EventStream.OpenAsync(portal, Seen, comesBack: true);
        Assert.Equal(Numbers(Seen + 1, fresh.Count - Seen), await resumed.ReadAsync(fresh.Count - Seen));
    }

    // Counts also deliveries that the worker has not acknowledged; a passive declaration counts only waiting ones.
    private async Task<int> LeftAsync(string queue)
    {
        var text = await broker.ControlAsync(
            "list_queues", "--quiet", "--no-table-headers", "--vhost", RabbitMqServer.VirtualHost, "name", "messages");
        var line = text.Split('\n').Single(l => l.StartsWith(queue, StringComparison.Ordinal));
        return int.Parse(line.Split('\t')[1], CultureInfo.InvariantCulture);
    }

    private static IEnumerable<long> Numbers(int from, int count) => Enumerable.Range(from, count).Select(n => (long)n);

    private static async Task<List<(byte[] Id, long Sequence)>> OpenAsync(DbConnection connection, string sql)
    {
        await using (connection)
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await using var rows = await command.ExecuteReaderAsync();
            var read = new List<(byte[] Id, long Sequence)>();
            while (await rows.ReadAsync()) read.Add((rows.GetFieldValue<byte[]>(0), rows.GetInt64(1)));
            return read;
        }
    }

    // Like the distributor, sends again what was not answered 200.
    private static Task PushAllAsync(RunningPortal portal, byte[][] messages) => Parallel.ForEachAsync(
        messages,
        new ParallelOptions { MaxDegreeOfParallelism = 8 },
        async (bytes, _) =>
        {
            using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(5));
            while ((await portal.PushAsync(bytes)).StatusCode != HttpStatusCode.OK)
            {
                timeout.Token.ThrowIfCancellationRequested();
            }
        });
}
