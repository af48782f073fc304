using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Hosting;
using Portal.Ingestion.Ledger.Keeping;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Log;

namespace Portal.Ingestion.Commands.Bench;

/// <summary>Runs one measurement in a separate process and prints its result. Started by <see cref="BenchPlan"/>.</summary>
internal static class BenchPart
{
    public const string Verb = "bench-part";

    private const string Queue = "beskedportalen-bench";
    private const int Chunk = 200;
    private const int InFlight = 8;
    private const int Warm = 4;

    // Precise enough for measurements of seconds; more frequent polling would use too much CPU.
    private const int PollMilliseconds = 10;

    public static Command Create()
    {
        var part = new Argument<string>("PART");
        var count = new Argument<int>("COUNT");
        var more = new Argument<string[]>("MORE") { Arity = ArgumentArity.ZeroOrMore };
        var command = new Command(Verb, "En enkelt måling") { part, count, more };
        command.Hidden = true;
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await Console.Out.WriteLineAsync(
                await RunAsync(parsed.GetValue(part)!, parsed.GetValue(count), parsed.GetValue(more) ?? [], cancellationToken));
            return 0;
        });
        return command;
    }

    private static async Task<string> RunAsync(string part, int count, string[] more, CancellationToken cancellationToken) => part switch
    {
        "plain" => Text(PlainInsert.Run(more[0], BenchMessages.Of(count), Chunk)),
        "copy" => Text(await PlainCopy.RunAsync(Connection(more[0]), BenchMessages.Of(count), Chunk, cancellationToken)),
        "entity" => Text(await EntityInsert.RunAsync(more[0], BenchMessages.Of(Math.Min(count, 3000)), cancellationToken)),
        "receive" =>
            Text(await ReceiveAsync(more[0], BenchMessages.Of(count, more.ElementAtOrDefault(1)), BenchMessages.Warm(), cancellationToken)),
        "unlogged" => Text(await ReceiveAsync(more[0], BenchMessages.Of(count), BenchMessages.Warm(), cancellationToken,
            services => services.AddSingleton<ILedgerAppender, NoLedger>())),
        "match" => Text(await MatchAsync(more[0], BenchMessages.Of(count), BenchMessages.Warm(), cancellationToken)),
        "replay" => Text(await ReplayAsync(more[0], BenchMessages.Of(count), BenchMessages.Warm(), cancellationToken)),
        "fill" => Text(await FillAsync(more[0], int.Parse(more[1], CultureInfo.InvariantCulture), cancellationToken)),
        "size" => await SizeAsync(more[0], count, cancellationToken),
        "read" => await ReadingTimes.RunAsync(Settings(more[0]), cancellationToken),
        "bare" => Text(await FromQueueAsync(
            more[0], count, () => BareConsumer.RunAsync(new Uri(more[0]), Queue, count, cancellationToken), cancellationToken)),
        "amqp" =>
            Text(await FromQueueAsync(more[0], count, () => DrainAsync(more[0], more[1], count, cancellationToken), cancellationToken)),
        _ => throw new ArgumentOutOfRangeException(nameof(part)),
    };

    private static string Text(double rate) => rate.ToString("F1", CultureInfo.InvariantCulture);

    private static string Connection(string database) => database[(database.IndexOf('|', StringComparison.Ordinal) + 1)..];

    private static string[] Settings(string database)
    {
        var (provider, connection) = (database.Split('|')[0], Connection(database));
        return [$"--Database:Provider={provider}", $"--Database:ConnectionString={connection}", $"--Ledger:KeyPath={KeyOf(connection)}",
            "--Ingestion:MinimumFreeMegabytes=0"];
    }

    // Derived from the database, so that every part that opens it finds its key.
    private static string KeyOf(string connection) =>
        Path.Combine(Path.GetTempPath(), "bench" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(connection)))[..16],
            "ledger.key");

    private static async Task<double> ReceiveAsync(string database, List<byte[]> messages, List<byte[]> warm,
        CancellationToken cancellationToken, Action<IServiceCollection>? more = null)
    {
        using var host = await IngestionHost.OpenAsync(Settings(database), roles: false, cancellationToken, more);
        var receiver = host.Services.GetRequiredService<IReceiver>();
        await ReceiveAsync(receiver, warm, cancellationToken);
        var clock = Stopwatch.StartNew();
        await ReceiveAsync(receiver, messages, cancellationToken);
        var rate = messages.Count / clock.Elapsed.TotalSeconds;
        await ((IAsyncDisposable)host).DisposeAsync();
        return rate;
    }

    /// <summary>Measures matching alone, after all messages are stored.</summary>
    private static async Task<double> MatchAsync(
        string database, List<byte[]> messages, List<byte[]> warm, CancellationToken cancellationToken)
    {
        using var host = await IngestionHost.OpenAsync(Settings(database), roles: false, cancellationToken);
        var (receiver, matcher) = (host.Services.GetRequiredService<IReceiver>(), host.Services.GetRequiredService<LetterMatcher>());
        await ReceiveAsync(receiver, warm, cancellationToken);
        await matcher.CatchUpAsync(cancellationToken);
        await ReceiveAsync(receiver, messages, cancellationToken);
        var clock = Stopwatch.StartNew();
        await matcher.CatchUpAsync(cancellationToken);
        var rate = messages.Count / clock.Elapsed.TotalSeconds;
        await ((IAsyncDisposable)host).DisposeAsync();
        return rate;
    }

    /// <summary>Measures the verb <c>replay</c>, including reading the files. The warm-up and writing the files are not measured.</summary>
    private static async Task<double> ReplayAsync(
        string database, List<byte[]> messages, List<byte[]> warm, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("bench-replay");
        try
        {
            for (var n = 0; n < messages.Count; n++)
                await File.WriteAllBytesAsync(Path.Combine(folder.FullName, $"{n:D7}.xml"), messages[n], cancellationToken);
            using var host = await IngestionHost.OpenAsync(Settings(database), roles: false, cancellationToken);
            await ReceiveAsync(host.Services.GetRequiredService<IReceiver>(), warm, cancellationToken);
            var clock = Stopwatch.StartNew();
            await Replay.RunAsync(host.Services, [folder.FullName], Console.Error, cancellationToken);
            var rate = messages.Count / clock.Elapsed.TotalSeconds;
            await ((IAsyncDisposable)host).DisposeAsync();
            return rate;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Task ReceiveAsync(IReceiver receiver, List<byte[]> messages, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            messages.Chunk(Chunk),
            new ParallelOptions { MaxDegreeOfParallelism = InFlight, CancellationToken = cancellationToken },
            async (chunk, cancel) => await receiver.ReceiveAsync(
                [.. chunk.Select(bytes => new Delivery(bytes, "bench", TimeProvider.System.GetUtcNow()))], cancel));

    private static async Task<double> FillAsync(string database, int stored, CancellationToken cancellationToken)
    {
        using var host = await IngestionHost.OpenAsync(Settings(database), roles: false, cancellationToken);
        var receiver = host.Services.GetRequiredService<IReceiver>();
        foreach (var part in BenchMessages.Stream("stored").Take(stored).Chunk(Chunk * InFlight))
            await ReceiveAsync(receiver, [.. part], cancellationToken);
        await host.Services.GetRequiredService<LetterMatcher>().CatchUpAsync(cancellationToken);
        await ((IAsyncDisposable)host).DisposeAsync();
        return stored;
    }

    private static async Task<string> SizeAsync(string database, int count, CancellationToken cancellationToken)
    {
        await FillAsync(database, count, cancellationToken);
        SqliteConnection.ClearAllPools();
        var path = new SqliteConnectionStringBuilder(database.Split('|')[1]).DataSource;
        return Text(new FileInfo(path).Length / (double)count);
    }

    private static async Task<double> FromQueueAsync(
        string broker, int count, Func<Task<double>> measure, CancellationToken cancellationToken)
    {
        await QueueFiller.FillAsync(new Uri(broker), Queue, BenchMessages.Of(count), cancellationToken);
        var rate = await measure();
        await QueueFiller.RemoveAsync(new Uri(broker), Queue, cancellationToken);
        return rate;
    }

    /// <summary>
    /// Measures a worker as in production, with transport and matching, from the first quarter (warm-up) to the last message stored.
    /// </summary>
    private static async Task<double> DrainAsync(string broker, string database, int count, CancellationToken cancellationToken)
    {
        string[] settings = [.. Settings(database), "--Ingestion:Amqp:Enabled=true", $"--Ingestion:Amqp:Uri={broker}",
            $"--Ingestion:Amqp:Queue={Queue}", "--Logging:LogLevel:Default=Warning"];
        using var host = await IngestionHost.OpenAsync(settings, roles: true, cancellationToken);
        await ReceiveAsync(host.Services.GetRequiredService<IReceiver>(), BenchMessages.Warm(), cancellationToken);
        var messages = host.Services.GetRequiredService<IMessageReader>();
        var from = await messages.LastSequenceAsync(cancellationToken);
        await host.StartAsync(cancellationToken);
        var (clock, begun) = (new Stopwatch(), 0L);
        while (await messages.LastSequenceAsync(cancellationToken) is var last && last < from + count)
        {
            if (last >= from + (count / Warm) && !clock.IsRunning)
            {
                clock.Start();
                begun = last;
            }

            await Task.Delay(PollMilliseconds, cancellationToken);
        }

        var rate = (from + count - begun) / clock.Elapsed.TotalSeconds;
        await host.StopAsync(cancellationToken);
        await ((IAsyncDisposable)host).DisposeAsync();
        return rate;
    }
}
