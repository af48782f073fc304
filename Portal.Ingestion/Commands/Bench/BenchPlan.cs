using System.Diagnostics;
using System.Globalization;

namespace Portal.Ingestion.Commands.Bench;

/// <summary>Runs the measurements in order and prints the results.</summary>
internal sealed class BenchPlan(string folder, int count, int rounds, int stored, string? amqp, string? postgres) : IAsyncDisposable
{
    private const double SecondsADay = 86_400;

    // The same names are used for progress and for the report.
    private static readonly Dictionary<string, string> Names = new()
    {
        ["plain"] = "ren indsættelse i SQLite af de samme byte, 200 ad gangen",
        ["entity"] = "én SaveChanges pr. besked (EF Core, SQLite)",
        ["sqlite"] = "modtagelse → SQLite",
        ["unlogged"] = "modtagelse → SQLite, uden bevisets log",
        ["replay"] = "replay af filer → SQLite",
        ["rubbish"] = "modtagelse → SQLite, 1 % uforståeligt",
        ["copy"] = "ren COPY til PostgreSQL af de samme byte, 200 ad gangen",
        ["postgres"] = "modtagelse → PostgreSQL",
        ["bare"] = "ren forbruger, der kun kvitterer",
        ["amqp-sqlite"] = "dueslag → SQLite",
        ["amqp-postgres"] = "dueslag → PostgreSQL",
        ["empty"] = "modtagelse → SQLite, tom",
        ["full"] = "modtagelse → SQLite, med beskeder i forvejen",
    };

    private readonly BenchDatabases? _postgres = postgres is null ? null : new BenchDatabases(postgres);
    private readonly Dictionary<string, List<double>> _rates = [];
    private int _databases;

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _postgres?.DisposeAsync() ?? ValueTask.CompletedTask;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await PrintAsync($"{count} beskeder i hver måling, {rounds} runder, hver måling en proces for sig; medianer.");
        for (var round = 0; round < rounds; round++)
        {
            await MeasureAsync("plain", "plain", cancellationToken, NewPath());
            await MeasureAsync("sqlite", "receive", cancellationToken, Sqlite(NewPath()));
            await MeasureAsync("unlogged", "unlogged", cancellationToken, Sqlite(NewPath()));
            await MeasureAsync("replay", "replay", cancellationToken, Sqlite(NewPath()));
            await MeasureAsync("rubbish", "receive", cancellationToken, Sqlite(NewPath()), "rubbish");
            await MeasureAsync("entity", "entity", cancellationToken, NewPath());
            if (_postgres is not null)
            {
                await MeasureAsync("copy", "copy", cancellationToken, await PostgresAsync(cancellationToken));
                await MeasureAsync("postgres", "receive", cancellationToken, await PostgresAsync(cancellationToken));
            }

            if (amqp is null) continue;
            await MeasureAsync("bare", "bare", cancellationToken, amqp);
            await MeasureAsync("amqp-sqlite", "amqp", cancellationToken, amqp, Sqlite(NewPath()));
            if (_postgres is not null)
                await MeasureAsync("amqp-postgres", "amqp", cancellationToken, amqp, await PostgresAsync(cancellationToken));
        }

        await PrintReportAsync();
        await MeasureSizeAsync(cancellationToken);
        if (stored > 0) await MeasureStoredAsync(cancellationToken);
    }

    private async Task PrintReportAsync()
    {
        await PrintAsync("");
        await PrintAsync(
            "Et forhold er medianen af rundernes egne forhold, så det kan afvige lidt fra forholdet mellem de to viste medianer.");
        await PrintRateAsync("plain");
        await PrintRateAsync("entity", ("ren indsættelse", "plain"));
        await PrintRateAsync("sqlite", ("ren indsættelse", "plain"), ("én SaveChanges", "entity"), ("uden bevisets log", "unlogged"));
        await PrintRateAsync("replay", ("ren indsættelse", "plain"));
        await PrintRateAsync("rubbish", ("uden", "sqlite"));
        await PrintRateAsync("copy");
        await PrintRateAsync("postgres", ("ren COPY", "copy"), ("én SaveChanges", "entity"));
        await PrintRateAsync("bare");
        await PrintRateAsync("amqp-sqlite", ("ren forbruger", "bare"), ("én SaveChanges", "entity"));
        await PrintRateAsync("amqp-postgres", ("ren forbruger", "bare"));
    }

    private async Task MeasureSizeAsync(CancellationToken cancellationToken)
    {
        var text = await PartAsync("size", cancellationToken, Sqlite(NewPath()));
        await PrintAsync($"på disken, alle indekser med: {text} byte pr. besked (6,4 KB-statusser, placeret og søgbare)");
        if (_postgres is null) return;
        var database = await PostgresAsync(cancellationToken);
        await PartAsync("fill", cancellationToken, database, Number(count));
        var bytes = await _postgres.SizeAsync(database[(database.IndexOf('|', StringComparison.Ordinal) + 1)..], cancellationToken);
        await PrintAsync(string.Create(
            CultureInfo.InvariantCulture, $"på PostgreSQL-serverens disk, alle indekser med: {bytes / (double)count:F1} byte pr. besked"));
    }

    private async Task MeasureStoredAsync(CancellationToken cancellationToken)
    {
        const int Few = 10_000;
        var (few, many) = (Sqlite(NewPath()), Sqlite(NewPath()));
        await PartAsync("fill", cancellationToken, few, Number(Few));
        await PartAsync("fill", cancellationToken, many, Number(stored));
        for (var round = 0; round < rounds; round++)
        {
            await MeasureAsync("empty", "receive", cancellationToken, Sqlite(NewPath()), $"seed{round}");
            await MeasureAsync("full", "receive", cancellationToken, many, $"seed{round}");
        }

        await PrintAsync($"de næste med {stored} gemt i forvejen:");
        await PrintRateAsync("full", ("tom", "empty"));
        await PrintAsync($"lister og søgninger, ms p50/p95, ved {Few} gemt: {await PartAsync("read", cancellationToken, few)}");
        await PrintAsync($"lister og søgninger, ms p50/p95, ved {stored} gemt: {await PartAsync("read", cancellationToken, many)}");
    }

    private async Task MeasureAsync(string name, string part, CancellationToken cancellationToken, params string[] arguments)
    {
        var rate = double.Parse(await PartAsync(part, cancellationToken, arguments), CultureInfo.InvariantCulture);
        if (!_rates.TryGetValue(name, out var rates)) _rates[name] = rates = [];
        rates.Add(rate);
        await Console.Error.WriteLineAsync($"{Names.GetValueOrDefault(name, name)}: {rate:F0}/s");
    }

    private async Task PrintRateAsync(string name, params (string What, string Name)[] besides)
    {
        if (!_rates.TryGetValue(name, out var rates)) return;
        var ratios = string.Concat(besides.Where(b => _rates.ContainsKey(b.Name))
            .Select(b => string.Create(CultureInfo.InvariantCulture, $"  ÷ {b.What} = {Ratio(name, b.Name):F2}")));
        await PrintAsync(string.Create(CultureInfo.InvariantCulture,
            $"{Names.GetValueOrDefault(name, name)}: {Median(rates):F0}/s ({Median(rates) * SecondsADay / 1e6:F0} mio. i døgnet){ratios}"));
    }

    // Computed per round, so that a machine that slows down affects both.
    private double Ratio(string name, string beside) => Median([.. _rates[name].Zip(_rates[beside], (a, b) => a / b)]);

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private string NewPath() => Path.Combine(folder, $"{_databases++}.db");

    private static string Sqlite(string path) => $"Sqlite|Data Source={path}";

    private async Task<string> PostgresAsync(CancellationToken cancellationToken) =>
        $"PostgreSql|{await _postgres!.NewAsync(cancellationToken)}";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static Task PrintAsync(string line) => Console.Out.WriteLineAsync(line);

    private async Task<string> PartAsync(string part, CancellationToken cancellationToken, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(BenchPlan).Assembly.Location);
        foreach (var argument in (string[])[BenchPart.Verb, part, Number(count), .. arguments]) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var text = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 ? text.Trim().Split('\n')[^1] : throw new IOException($"målingen »{part}« mislykkedes: {text.Trim()}");
    }
}
