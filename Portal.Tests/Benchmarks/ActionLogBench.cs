using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Journal;
using Portal.Ingestion.Letters;
using Portal.Tests.Ingestion.Journal;
using Portal.Tests.Ingestion.Letters;
using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Benchmarks;

/// <summary>
/// The time of registering 1,000 letters on SQLite with the log of actions ÷ without it, in alternation. Runs only when asked for:
/// <c>dotnet build Portal.Tests -c Release</c>, then <c>dotnet exec Portal.Tests/bin/Release/net10.0/Portal.Tests.dll --explicit only
/// --filter-class "*ActionLogBench" --show-live-output on</c>.
/// </summary>
public sealed class ActionLogBench(ITestOutputHelper output)
{
    private const int Letters = 1000;
    private const int Rounds = 11;

    [Fact(Explicit = true)]
    public async Task Registering_costs_little_more_with_the_log()
    {
        await using var with = await IngestionFixture.OpenAsync();
        await using var without = await IngestionFixture.OpenAsync(more: s => s.AddSingleton<IJournalAppender, NoJournal>());
        var (on, off) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            on.Add(await RegisterAsync(with, round));
            off.Add(await RegisterAsync(without, round));
        }

        var (a, b) = (on.Order().ElementAt(Rounds / 2), off.Order().ElementAt(Rounds / 2));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Letters} letters: {a:F0} ms with the log, {b:F0} ms without, ratio {a / b:F2} (medians of {Rounds})"));
        var clock = Stopwatch.StartNew();
        Assert.Null((await with.VerdictAsync()).First);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{Rounds * Letters} entries verified in {clock.Elapsed.TotalMilliseconds:F0} ms"));
    }

    private static async Task<double> RegisterAsync(IngestionFixture fixture, int round)
    {
        var letters = Enumerable.Range(round * Letters, Letters)
            .Select(n => LettersFixture.Letter($"brev-{n}", ActionLogFixture.Uuid(n)) with { CaseNumber = $"26-{n}" }).ToList();
        var clock = Stopwatch.StartNew();
        await fixture.Services.GetRequiredService<ILetterRegistry>().RegisterAsync(ActionLogFixture.Anna, letters, default);
        return clock.Elapsed.TotalMilliseconds;
    }

    private sealed class NoJournal : IJournalAppender
    {
        public Task AppendAsync(
            DbTransaction transaction, JournalLog log, IReadOnlyList<JournalDraft> drafts, CancellationToken cancellationToken) =>
            Task.CompletedTask;
    }
}
