using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Portal.Features.Benefits;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Chains;
using Portal.Features.Chains.Examples;
using Portal.Features.Chains.Storage;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Figures;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Storage;
using Portal.Platform.Storage;
using Portal.Tests.Ingestion.Log;
using Portal.Tests.Stories;
using Xunit;

namespace Portal.Tests.Benchmarks;

/// <summary>
/// The cost of refreshing an indicator after one new message, with 10,000 and with 1,000,000 letters of one message each, and the time
/// until a page with 50 indicators is interactive. Runs only when asked for, on a Release build: <c>dotnet build Portal.Tests -c
/// Release</c>, then <c>dotnet exec Portal.Tests/bin/Release/net10.0/Portal.Tests.dll --explicit only --filter-class "*BenefitBench"
/// --show-live-output on</c>.
/// </summary>
public sealed class BenefitBench(ITestOutputHelper output)
{
    private const int Small = 10_000;
    private const int Large = 1_000_000;
    private const int Rounds = 30;
    private const int Indicators = 50;

    private static readonly Viewer Freja = new("freja", "Freja",
        ViewerRights.Chains | ViewerRights.EditChains | ViewerRights.SteerBenefits | ViewerRights.RegisterLetters,
        [IngestionFixture.Own], TypeScope.None);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Explicit = true)]
    public async Task Behind_a_million_messages_a_refresh_costs_at_most_half_more_than_behind_ten_thousand()
    {
        var (small, large) = (await RefreshAsync(Small), await RefreshAsync(Large));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"refresh after one new message: {Small:N0}: p50 {At(small, .5):F1} ms, p95 {At(small, .95):F1} ms; {Large:N0}: "
                + $"p50 {At(large, .5):F1} ms, p95 {At(large, .95):F1} ms; ratio of p50 {At(large, .5) / At(small, .5):F2}"));
        Assert.True(At(large, .5) / At(small, .5) <= 1.5, "The refresh grows with the number of messages.");
    }

    [Fact(Explicit = true)]
    public async Task A_page_with_fifty_indicators_becomes_interactive()
    {
        await using var portal = await PortalProcess.StartAsync();
        var boxes = Enumerable.Range(0, Indicators).Select(n => new { id = $"g{n}", kind = "benefit", text = $"Gevinst nummer {n}",
            indicator = new { name = $"mål {n}", unit = "timer/år", baseline = 100 + n, target = 10 } });
        (await portal.Http.PostAsJsonAsync(
            "/api/effektkaeder", new { id = "bench", title = "Halvtreds gevinster", elements = boxes }, Stop)).EnsureSuccessStatusCode();
        var now = DateTimeOffset.UtcNow;
        var numbers = Enumerable.Range(0, Indicators)
            .SelectMany(n => Enumerable.Range(1, 12).Select(m => new { elementId = $"g{n}", at = now.AddDays(-30 * m), value = n + m }));
        (await portal.Http.PostAsJsonAsync("/api/effektkaeder/bench/maalinger", numbers, Stop)).EnsureSuccessStatusCode();
        await using var browser = await Browser.SignInAsync(portal.Address, "facilitator");
        var times = new List<double>();
        for (var round = -2; round < 8; round++)
        {
            await browser.Page.GotoAsync("about:blank");
            var began = Stopwatch.GetTimestamp();
            await browser.Page.GotoAsync("/effektkaeder/bench/gevinster");
            await Assertions.Expect(browser.Page.Locator("[data-testid=benefit-row]").Last.GetByTestId("describe")).ToBeEnabledAsync();
            if (round >= 0) times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"page with {Indicators} indicators to interactive: p50 {At(times, .5):F0} ms, slowest {times.Max():F0} ms"));
        Assert.Equal(Indicators, await browser.Page.GetByTestId("benefit-row").CountAsync());
    }

    private async Task<List<double>> RefreshAsync(int letters)
    {
        await using var fixture =
            await IngestionFixture.OpenAsync(more: services => services.AddLocalization().AddPortalStorage().AddChains().AddBenefits());
        await fixture.Services.GetRequiredService<PortalDatabase>().PrepareAsync(Stop);
        var service = fixture.Services.GetRequiredService<LetterCountingService>();
        var clock = Stopwatch.StartNew();
        await FillAsync(fixture, letters);
        var counted = await service.CatchUpAsync(Stop);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{letters:N0} letters made and counted for the first time in {clock.Elapsed.TotalSeconds:F0} s"));
        Assert.True(counted >= letters, "Every letter is counted once.");
        var chain = (await fixture.Services.GetRequiredService<IChainStore>()
            .CreateAsync(Freja, null, new ChainExamples().All[0].Document, Stop)).Id;
        var indicator = new IndicatorDefinition { Key = "bevis", Name = "", Kind = IndicatorKind.Counted,
            Measure = LogMeasure.DocumentedShare, Unit = "%", Gathering = Aggregation.Whole };
        Assert.True((await fixture.Services.GetRequiredService<IBenefitStore>()
            .SaveIndicatorAsync(Freja, chain, "g1", indicator, null, Stop)).IsDone);
        var figures = fixture.Services.GetRequiredService<IBenefitFigures>();
        var times = new List<double>();
        for (var round = -5; round < Rounds; round++)
        {
            await fixture.ReceiveAsync(Stories.Envelopes.With(KnownHandlinger.AfleveretDigitalPost,
                $"<MessageUUID>{UuidOf(round + 5)}</MessageUUID><TransaktionsDatoTid>2026-03-01T12:00:00Z</TransaktionsDatoTid>").Bytes);
            await fixture.Services.GetRequiredService<LetterMatcher>().CatchUpAsync(Stop);
            var began = Stopwatch.GetTimestamp();
            Assert.Equal(1, await service.CatchUpAsync(Stop));
            var read = await figures.ReadAsync(Freja, chain, Period.YearUpTo(Month.Of(2026, 3)), Stop);
            if (round >= 0) times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            Assert.Equal(letters, read!.Letters);
        }

        return times;
    }

    private static string UuidOf(int n) => new Guid(n, 0, 0, new byte[8]).ToString();

    // Letters spread over a year, all failed; the measured messages later deliver the first of them.
    private static async Task FillAsync(IngestionFixture fixture, int letters)
    {
        var start = new DateTimeOffset(2025, 4, 2, 0, 0, 0, TimeSpan.Zero);
        var step = TimeSpan.FromDays(330) / letters;
        var contexts = fixture.Services.GetRequiredService<IDbContextFactory<IngestionDbContext>>();
        var first = Enumerable.Range(0, Rounds + 5).Select(n => new LetterRegistration
        {
            CaseNumber = "24-1", CaseType = "huslejenaevn", LetterId = UuidOf(n), Title = "Afgørelse", Recipient =
                new LetterRecipient("Anna", null, null), SentAt = start, Identifiers = new LetterIdentifiers { MessageUuid = UuidOf(n) },
        }).ToList();
        await fixture.Services.GetRequiredService<ILetterRegistry>().RegisterAsync(Freja, first, Stop);
        for (var from = first.Count; from < letters; from += 5000)
        {
            await using var db = await contexts.CreateDbContextAsync(Stop);
            await using var transaction = await db.Database.BeginTransactionAsync(Stop);
            await using var rows = db.Inserting(
                "Letters", "Authority", "CaseNumber", "CaseType", "LetterId", "Title", "RecipientName", "Channel", "Decision", "SentAt",
                "RegistrationJson", "RegisteredAt", "RegisteredBy", "Version", "Verdict", "Contradiction");
            for (var n = from; n < Math.Min(from + 5000, letters); n++)
            {
                var sent = (start + (step * n)).UtcTicks;
                await rows.AddAsync(Stop, IngestionFixture.Own, "24-1", "huslejenaevn", $"L-{n}", "Afgørelse", "Anna", "DigitalPost", 1,
                    sent, "{}", sent, "bench", 1, n % 50 == 0 ? "failed" : "delivered", 0);
            }

            await rows.FlushAsync(Stop);
            await transaction.CommitAsync(Stop);
        }
    }

    private static double At(List<double> values, double share) =>
        values.Order().ElementAt((int)Math.Min(values.Count - 1, values.Count * share));
}
