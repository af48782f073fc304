using System.Diagnostics;
using System.Globalization;
using Portal.Tests.Ingestion.Letters;
using Xunit;

namespace Portal.Tests.Benchmarks;

/// <summary>
/// The time of a search for cases among 10,000 letters and among 1,000,000. Runs only when asked for, on a Release build: <c>dotnet build
/// Portal.Tests -c Release</c>, then <c>dotnet exec Portal.Tests/bin/Release/net10.0/Portal.Tests.dll --explicit only --filter-class
/// "*LetterSearchBench" --show-live-output on</c>.
/// </summary>
public sealed class LetterSearchBench(ITestOutputHelper output)
{
    private const int Small = 10_000;
    private const int Large = 1_000_000;
    private const int Rounds = 12;

    private static readonly string[] Titles =
    [
        "Afgørelse om huslejenedsættelse", "Afgørelse om depositum", "Partshøring", "Indkaldelse til besigtigelse",
        "Påbud om lovliggørelse", "Byggetilladelse", "Afgørelse om varmeregnskab",
        "Rykker for betaling", "Afgørelse om aktindsigt", "Orientering om ændret sagsbehandling",
    ];

    private static readonly string[] First = ["Anna", "Bent", "Carla", "Dines", "Åse", "Ærø", "Øjvind", "Mohammad", "Sofie", "Jens",
        "Karen", "Lars", "Mette", "Niels", "Peter", "Rikke"];
    private static readonly string[] Syllables = ["al", "ber", "cas", "dal", "eng", "fri", "gran", "høj", "isak", "jul", "kar", "lund",
        "mad", "nør", "ost", "pil", "ras", "søn", "tor", "ul", "vin", "ål"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Explicit = true)]
    public async Task Among_a_million_letters_a_search_takes_at_most_twice_as_long_as_among_ten_thousand()
    {
        var (small, large) = (await MeasureAsync(Small), await MeasureAsync(Large));
        foreach (var (kind, _) in small)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kind,-22} {Small:N0}: p50 {At(small[kind], .5):F1} ms, "
                + $"p95 {At(small[kind], .95):F1} ms; {Large:N0}: p50 {At(large[kind], .5):F1} ms, p95 {At(large[kind], .95):F1} ms"));
        }

        var (few, many) = (At([.. small.Values.SelectMany(v => v)], .95), At([.. large.Values.SelectMany(v => v)], .95));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"all: p95 {few:F1} ms and {many:F1} ms, ratio {many / few:F2}"));
        Assert.True(many / few <= 2, "The search grows with the number of letters.");
    }

    private async Task<Dictionary<string, List<double>>> MeasureAsync(int letters)
    {
        await using var fixture = await LettersFixture.OpenAsync();
        var clock = Stopwatch.StartNew();
        await FillAsync(fixture, letters);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{letters:N0} letters made in {clock.Elapsed.TotalSeconds:F0} s"));
        var random = new Random(7);
        var times = new Dictionary<string, List<double>>();
        for (var round = -2; round < Rounds; round++)
        {
            foreach (var (kind, text) in Queries(random, letters))
            {
                var began = Stopwatch.GetTimestamp();
                await fixture.Cases.SearchAsync(LettersFixture.Caseworker(), text, null, 50, Stop);

                // The first rounds include JIT compilation and are not measured.
                if (round < 0) continue;
                if (!times.TryGetValue(kind, out var list)) times[kind] = list = [];
                list.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        }

        return times;
    }

    private static IEnumerable<(string Kind, string? Text)> Queries(Random random, int letters)
    {
        var n = random.Next(letters);
        yield return ("latest", null);
        yield return ("case number", CaseOf(n));
        yield return ("letter id", $"L-{n}");
        yield return ("surname", SurnameOf(n));
        yield return ("full name", $"{First[n % First.Length]} {SurnameOf(n)}");
        yield return ("beginning of surname", SurnameOf(n)[..5]);
        yield return ("one letter", SurnameOf(n)[..1]);
        yield return ("common word", "afgørelse");
        yield return ("common and name", $"afgørelse {First[n % First.Length]}");
        yield return ("common and surname", $"afgørelse {SurnameOf(n)}");
        yield return ("no such word", "zzyzx");
    }

    private static string CaseOf(int n) => string.Create(CultureInfo.InvariantCulture, $"{20 + (n / 3 % 7)}-{n / 3:000000}");

    private static string SurnameOf(int n)
    {
        var seed = (uint)n * 2654435761u;
        return $"{Syllables[seed % 22]}{Syllables[seed / 22 % 22]}{Syllables[seed / 484 % 22]}sen";
    }

    private static async Task FillAsync(LettersFixture fixture, int letters)
    {
        var start = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        for (var from = 0; from < letters; from += 5000)
        {
            await using var db = fixture.CreateDbContext();
            await using var transaction = await db.Database.BeginTransactionAsync(Stop);
            await using var rows = db.Inserting(
                "Letters", "Authority", "CaseNumber", "CaseType", "LetterId", "Title", "RecipientName", "Channel", "Decision", "SentAt",
                "RegistrationJson", "RegisteredAt", "RegisteredBy", "Version", "Verdict", "Contradiction");
            for (var n = from; n < Math.Min(from + 5000, letters); n++)
            {
                var sent = start.AddMinutes(n);
                await rows.AddAsync(
                    Stop, LettersFixture.Own, CaseOf(n), "huslejenaevn", $"L-{n}", Titles[n % 7 == 0 ? n % Titles.Length : 0],
                    $"{First[n % First.Length]} {SurnameOf(n)}", "DigitalPost", 1, sent.UtcTicks, "{}", sent.UtcTicks, "bench", 1,
                    "delivered", 0);
            }

            await rows.FlushAsync(Stop);
            await transaction.CommitAsync(Stop);
        }

        Assert.Equal(letters, await fixture.Backfill.RunAsync(Stop));
    }

    private static double At(List<double> values, double share) =>
        values.Order().ElementAt((int)Math.Min(values.Count - 1, values.Count * share));
}
