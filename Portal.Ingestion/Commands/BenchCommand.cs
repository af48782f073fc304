using System.CommandLine;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Pipeline;
using Portal.Ingestion.Storage;
using Portal.Ingestion.Storage.Sqlite;
using Portal.Ingestion.Transports.Simulator;

namespace Portal.Ingestion.Commands;

/// <summary><c>bench</c>: what the message log costs beside a plain insert of the same bytes, as a ratio, since machines differ.</summary>
internal static class BenchCommand
{
    private const int BatchSize = 200;
    private const int InFlight = 800;

    public static Command Create()
    {
        var count = new Option<int>("--count") { Description = "Antal beskeder", DefaultValueFactory = _ => 20_000 };
        var command = new Command("bench", "Måler modtagelsen ved siden af en ren indsættelse af de samme byte") { count };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(count), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(int count, CancellationToken cancellationToken)
    {
        if (count < BatchSize)
        {
            await Console.Error.WriteLineAsync($"--count skal være mindst {BatchSize}.");
            return 1;
        }

        var messages = new PostStatusTraffic(1, new DateTimeOffset(2026, 1, 5, 7, 0, 0, TimeSpan.Zero), "55133018").Messages().Take(count).Select(m => m.Bytes).ToList();
        var folder = Directory.CreateTempSubdirectory("bench").FullName;
        try
        {
            // Turn about, so that a machine that slows down slows both.
            var (plain, log) = (0.0, 0.0);
            for (var round = 0; round < 3; round++)
            {
                plain = Math.Max(plain, Plain(Path.Combine(folder, $"plain{round}.db"), messages));
                log = Math.Max(log, await LogAsync(Path.Combine(folder, $"log{round}.db"), messages, cancellationToken));
            }

            await Console.Out.WriteLineAsync($"ren indsættelse {plain:F0}/s, modtagelse {log:F0}/s, forhold {log / plain:F2}");
            return 0;
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Plain(string path, List<byte[]> messages)
    {
        using var connection = SqliteDatabase.OpenDurable($"Data Source={path}");
        using var setup = connection.CreateCommand();
        setup.CommandText = "PRAGMA journal_mode=WAL; CREATE TABLE Messages (Sequence INTEGER PRIMARY KEY, Content BLOB NOT NULL)";
        setup.ExecuteNonQuery();
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO Messages (Content) VALUES (@p0)";
        var content = insert.Parameters.Add("@p0", SqliteType.Blob);
        var clock = Stopwatch.StartNew();
        foreach (var batch in messages.Chunk(BatchSize))
        {
            using var transaction = connection.BeginTransaction(deferred: false);
            insert.Transaction = transaction;
            foreach (var bytes in batch)
            {
                content.Value = bytes;
                insert.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        return messages.Count / clock.Elapsed.TotalSeconds;
    }

    private static async Task<double> LogAsync(string path, List<byte[]> messages, CancellationToken cancellationToken)
    {
        using var host = await IngestionHost.OpenAsync([$"--Database:ConnectionString=Data Source={path}", $"--Ledger:KeyPath={path}.key"], roles: false, cancellationToken);
        var receiver = host.Services.GetRequiredService<IReceiver>();
        var clock = Stopwatch.StartNew();
        await Parallel.ForEachAsync(
            messages,
            new ParallelOptions { MaxDegreeOfParallelism = InFlight, CancellationToken = cancellationToken },
            async (bytes, cancel) => await receiver.ReceiveAsync(new Delivery(bytes, "bench", TimeProvider.System.GetUtcNow()), cancel));
        var rate = messages.Count / clock.Elapsed.TotalSeconds;
        await ((IAsyncDisposable)host).DisposeAsync();
        return rate;
    }
}
