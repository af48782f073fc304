using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
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
using Portal.Ingestion.Letters.Work;
using Portal.Ingestion.Storage;
using Portal.Platform.Storage;
using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Features.Benefits;

/// <summary>
/// The first example chain over a simulated year of statuses: compares the portal's figures with a count made here from the simulated
/// letters. The derived classes choose the database.
/// </summary>
public abstract class RecountTests
{
    private static readonly Viewer Freja = new("freja", "Freja",
        ViewerRights.Chains | ViewerRights.EditChains | ViewerRights.SteerBenefits | ViewerRights.RegisterLetters,
        [IngestionFixture.Own], TypeScope.None);
    private static readonly TimeZoneInfo Copenhagen = TimeZoneInfo.FindSystemTimeZoneById("Europe/Copenhagen");
    private static readonly Period Year = new(Month.Of(2026, 4), Month.Of(2027, 3));
    private static readonly string[] Outcomes = ["afleveret", "afleveret", "afleveret", "fejlet", "retur", "post", "tavs", "fejlet-så-post",
        "modsagt", "tilbagekaldt"];

    private sealed record StatusMessage(string Action, DateTimeOffset At, bool Return = false);

    private sealed record Story(string Uuid, string CaseType, DateTimeOffset SentAt, IReadOnlyList<StatusMessage> Statuses);

    /// <summary>A message side and the portal's side over a separate database.</summary>
    private protected abstract Task<IngestionFixture> OpenAsync(Action<IServiceCollection> more);

    [Fact]
    public async Task The_first_chains_numbers_over_a_year_are_those_of_an_independent_recount()
    {
        await using var fixture = await OpenAsync(services => services.AddLocalization().AddPortalStorage().AddChains().AddBenefits());
        await fixture.Services.GetRequiredService<PortalDatabase>().PrepareAsync(default);
        var service = fixture.Services.GetRequiredService<LetterCountingService>();
        var random = new Random(20260404);
        var stories = Enumerable.Range(0, 12)
            .SelectMany(month => Enumerable.Range(0, 10).Select(_ => Invent(random, Year.First + month))).ToList();

        // Letters and statuses arrive in any order, some statuses before their letter, some twice; counting runs now and then in between.
        var received = 0L;
        foreach (var part in stories.OrderBy(_ => random.Next()).Chunk(40))
        {
            var early = part.Where(_ => random.Next(3) == 0).ToHashSet();
            await RegisterAsync(fixture, [.. part.Where(s => !early.Contains(s))]);
            var envelopes = part.SelectMany(s => s.Statuses.Select(t => Envelope(s, t))).OrderBy(_ => random.Next()).ToList();
            received += envelopes.Count;
            await Task.WhenAll(envelopes.Concat(envelopes.Where(_ => random.Next(4) == 0)).Select(fixture.ReceiveAsync));
            await MatchAsync(fixture);
            await service.CatchUpAsync(default);
            await RegisterAsync(fixture, [.. early]);
            await service.CatchUpAsync(default);
        }

        fixture.Time.SetUtcNow(new DateTimeOffset(2027, 6, 1, 8, 0, 0, TimeSpan.Zero));
        await service.CatchUpAsync(default);
        var chain = await ChainAsync(fixture);
        await ExpectAsync(fixture, chain, stories);

        // A receipt that arrives months late is counted at once.
        var late = stories.First(s => s.Statuses.Count == 0);
        var arrival = new StatusMessage(KnownHandlinger.AfleveretDigitalPost, late.SentAt.AddHours(3));
        await fixture.ReceiveAsync(Envelope(late, arrival));
        await MatchAsync(fixture);
        await service.CatchUpAsync(default);
        await ExpectAsync(fixture, chain, [.. stories.Select(s => s == late ? s with { Statuses = [arrival] } : s)]);
        Assert.Equal(received + 1, (await FiguresAsync(fixture, chain, new Period(Month.Of(2026, 1), Month.Of(2027, 12)))).Messages);
    }

    [Fact]
    public async Task A_follow_up_is_counted_when_it_opens_when_it_is_solved_by_hand_or_by_itself_and_when_it_opens_again()
    {
        await using var fixture = await OpenAsync(_ => { });
        var service = fixture.Services.GetRequiredService<LetterCountingService>();
        var anna = new Viewer("anna", "Anna", ViewerRights.Cases | ViewerRights.Counts | ViewerRights.RegisterLetters,
            [IngestionFixture.Own], TypeScope.None);
        var worklist = fixture.Services.GetRequiredService<IWorklistService>();
        var now = fixture.Time.GetUtcNow();
        async Task<(long Opened, long Solved, double? Hours)> CountAsync()
        {
            await MatchAsync(fixture);
            await service.CatchUpAsync(default);
            var counts = await fixture.Services.GetRequiredService<IFigureReader>()
                .LettersAsync(anna, null, Month.Of(2026, 3), Month.Of(2026, 4), default);
            return (counts.Opened([Month.Of(2026, 3)]), counts.Solved([Month.Of(2026, 3)]),
                counts.SolutionTime([Month.Of(2026, 3)], 0.5)?.TotalHours);
        }

        var story = new Story(
            Guid.NewGuid().ToString(), "huslejenaevn", now.AddHours(-2), [new StatusMessage(KnownHandlinger.Fejlet, now.AddHours(-1))]);
        await RegisterAsync(fixture, [story]);
        Assert.Equal((0, 0, null), await CountAsync());
        await fixture.ReceiveAsync(Envelope(story, story.Statuses[0]));
        Assert.Equal((1, 0, null), await CountAsync());

        fixture.Time.Advance(TimeSpan.FromHours(3));
        var row = Assert.Single((await worklist.ReadAsync(anna, new WorkQuery(), null, 10, default)).Items);
        Assert.Equal([WorkOutcome.Done], await worklist.ActAsync(
            anna, new WorkAction(WorkActionKind.Solved, "afleveret i hånden"), [new WorkTarget(row.Id, row.Work.Revision)], default));
        Assert.Equal((1, 1, 4), await CountAsync());
        Assert.Equal((1, 1, 4), await CountAsync());

        // A second failure opens a new follow-up, which a late receipt then solves.
        await fixture.ReceiveAsync(Envelope(story, new StatusMessage(KnownHandlinger.Fejlet, now.AddHours(1))));
        Assert.Equal(2, (await CountAsync()).Opened);
        await fixture.ReceiveAsync(Envelope(story, new StatusMessage(KnownHandlinger.AfleveretDigitalPost, now.AddHours(2))));
        Assert.Equal((2, 2), await CountAsync() is var figures ? (figures.Opened, figures.Solved) : default);
    }

    [Fact]
    public async Task A_contested_arrival_is_no_evidence_and_a_database_that_counted_it_as_one_is_counted_again()
    {
        await using var fixture = await OpenAsync(_ => { });
        var sent = fixture.Time.GetUtcNow().AddDays(-1);
        Story With(params StatusMessage[] statuses) => new(Guid.NewGuid().ToString(), "huslejenaevn", sent, statuses);
        var arrived = new StatusMessage(KnownHandlinger.AfleveretDigitalPost, sent.AddMinutes(10));
        Story[] stories =
        [
            With(arrived), With(arrived, new StatusMessage(KnownHandlinger.Fejlet, sent.AddHours(1))),
            With(arrived with { At = sent.AddHours(-1) }),
        ];
        await RegisterAsync(fixture, stories);
        foreach (var story in stories) foreach (var status in story.Statuses) await fixture.ReceiveAsync(Envelope(story, status));
        await MatchAsync(fixture);
        Assert.Equal((1, 3, 3), await CountAsync());

        var contexts = fixture.Services.GetRequiredService<IDbContextFactory<IngestionDbContext>>();
        await using (var db = await contexts.CreateDbContextAsync())
        {
            await db.DatabaseFacts.Where(f => f.Name == "letter-counting-rules").ExecuteDeleteAsync();
            await db.LetterFigures.ExecuteUpdateAsync(f => f.SetProperty(x => x.Verdict, "delivered"));
            await db.LetterTallies.Where(t => t.What == "contested").ExecuteUpdateAsync(t => t.SetProperty(x => x.What, "delivered"));
        }

        Assert.Equal((1, 3, 3), await CountAsync());

        async Task<(long Documented, long Delivered, long Letters)> CountAsync()
        {
            using var service = ActivatorUtilities.CreateInstance<LetterCountingService>(fixture.Services);
            await service.CatchUpAsync(default);
            Month[] months = [Month.Of(sent)];
            var counts = await fixture.Services.GetRequiredService<IFigureReader>()
                .LettersAsync(Freja, null, months[0], months[0], default);
            return (counts.Documented(months), counts.Of(months, Portal.Ingestion.Letters.Verdict.Delivered), counts.Letters(months));
        }
    }

    [Fact]
    public async Task A_year_without_disputes_frees_about_a_thousand_hours_and_a_month_without_numbers_none()
    {
        await using var fixture = await OpenAsync(services => services.AddLocalization().AddPortalStorage().AddChains().AddBenefits());
        await fixture.Services.GetRequiredService<PortalDatabase>().PrepareAsync(default);
        var chain = await ChainAsync(fixture);
        fixture.Time.SetUtcNow(new DateTimeOffset(2027, 4, 2, 8, 0, 0, TimeSpan.Zero));
        await MeasureAsync(fixture, chain, Year.Months.Select(m => (m, 0m)));
        var whole = Of(await FiguresAsync(fixture, chain, Year), "g2");
        Assert.Equal("999 t", BenefitFormat.Value(whole.Series.Value, whole.Definition.Unit));
        Assert.Equal(BenefitState.OnTrack, whole.Standing.State);

        // A withdrawn month is a gap and frees no hours.
        var (outcome, _) = await Store(fixture)
            .AddMeasurementsAsync(Freja, chain, [new NewMeasurement("d1", Noon(Year.First), null, "talt forkert")], "form", default);
        Assert.True(outcome.IsDone);
        var eleven = Of(await FiguresAsync(fixture, chain, Year), "g2");
        Assert.Equal(11, eleven.Series.Covered);
        Assert.Equal(Math.Round(550m * 11 / 12 * 109 / 60, 6), Math.Round(eleven.Series.Value!.Value, 6));
        Assert.Null(Of(await FiguresAsync(fixture, chain, new Period(Month.Of(2024, 1), Month.Of(2024, 12))), "g2").Series.Value);
    }

    private static async Task ExpectAsync(IngestionFixture fixture, string chain, IReadOnlyList<Story> stories)
    {
        var now = fixture.Time.GetUtcNow();
        var rent = stories.Where(s => s.CaseType == "huslejenaevn").ToList();
        var shown = await FiguresAsync(fixture, chain, Year);
        var share = Of(shown, "g1");
        Assert.Equal(Rounded(100m * rent.Count(Documented) / rent.Count), Rounded(share.Series.Value));
        foreach (var month in rent.GroupBy(s => MonthOf(s.SentAt)))
        {
            Assert.Equal(Rounded(100m * month.Count(Documented) / month.Count()),
                Rounded(share.Series.Points.Single(p => (p.Month.Year, p.Month.OfYear) == month.Key).Value));
        }

        Assert.Equal(rent.Count, share.Series.Basis);
        Assert.Equal(stories.Count, shown.Letters);
        var reader = fixture.Services.GetRequiredService<IFigureReader>();
        var counts = await reader.LettersAsync(Freja, null, Year.First, Year.Last, default);
        Assert.Equal(
            stories.GroupBy(s => Verdict(s)).ToDictionary(g => g.Key, g => (long)g.Count()).OrderBy(v => v.Key, StringComparer.Ordinal),
            Enum.GetValues<Verdict>().Select(v => KeyValuePair.Create(v.ToWire(), counts.Of(Year.Months, v))).Where(v => v.Value > 0)
                .OrderBy(v => v.Key, StringComparer.Ordinal));
        var minutes = stories.Where(Documented)
            .Select(s => (s.Statuses.Where(t => t.Action == KnownHandlinger.AfleveretDigitalPost).Min(t => t.At) - s.SentAt).TotalMinutes)
            .Order().ToList();
        Assert.Equal(minutes[(int)Math.Ceiling(minutes.Count * 0.5) - 1], counts.Arrival(Year.Months, 0.5)?.TotalMinutes);
        Assert.Equal(minutes[(int)Math.Ceiling(minutes.Count * 0.95) - 1], counts.Arrival(Year.Months, 0.95)?.TotalMinutes);
        Assert.True(now > stories.Max(s => s.SentAt).AddDays(20));
        Assert.Equal(LetterCounts.None.Letters(Year.Months), (await reader.LettersAsync(
            Freja with { Authorities = ["11111111"] }, null, Year.First, Year.Last, default)).Letters(Year.Months));
    }

    // The verdict rules of DOMAIN §2, as far as these simulated letters need them.
    private static string Verdict(Story story)
    {
        if (Arrived(story)) return "delivered";
        return story.Statuses.OrderBy(t => t.At).LastOrDefault() is not { } last ? "evidence-missing"
            : last.Return ? "returned"
            : last.Action == KnownHandlinger.Fejlet ? "failed"
            : last.Action == KnownHandlinger.Tilbagekaldt ? "recalled"
            : "handed-to-post";
    }

    private static bool Arrived(Story story) => story.Statuses.Any(t => t.Action == KnownHandlinger.AfleveretDigitalPost);

    // A failure after the arrival contests it: delivered, and no evidence.
    private static bool Documented(Story story) => Arrived(story) && !story.Statuses.Any(t => t.Action == KnownHandlinger.Fejlet);

    private static (int Year, int Month) MonthOf(DateTimeOffset at) =>
        TimeZoneInfo.ConvertTime(at, Copenhagen) is var local ? (local.Year, local.Month) : default;

    private static decimal? Rounded(decimal? value) => value is { } number ? Math.Round(number, 8) : null;

    private static Story Invent(Random random, Month month)
    {
        // Some in the first and last minutes of a month in Copenhagen, which may fall in another month in UTC.
        var days = DateTime.DaysInMonth(month.Year, month.OfYear);
        var local = random.Next(6) switch { 0 => new DateTime(month.Year, month.OfYear, 1, 0, 5, 0), 1 =>
            new DateTime(month.Year, month.OfYear, days, 23, 50, 0), _ =>
                new DateTime(month.Year, month.OfYear, random.Next(2, days), random.Next(7, 18), random.Next(60), 0) };
        var sent = new DateTimeOffset(local, Copenhagen.GetUtcOffset(local)).ToUniversalTime();
        StatusMessage At(int minutes, string action, bool returned = false) => new(action, sent.AddMinutes(minutes), returned);
        var quick = random.Next(1, 235);
        IReadOnlyList<StatusMessage> statuses = Outcomes[random.Next(Outcomes.Length)] switch
        {
            "afleveret" => [At(random.Next(3) == 0 ? 240 + (15 * random.Next(100)) : quick, KnownHandlinger.AfleveretDigitalPost)],
            "fejlet" => [At(quick, KnownHandlinger.Fejlet)],
            "retur" => [At(quick, KnownHandlinger.ModtagetPostDanmark), At(quick + 5000, KnownHandlinger.OpdateringPostDanmark, true)],
            "post" => [At(quick, KnownHandlinger.ModtagetPostDanmark), At(quick + 600, KnownHandlinger.ModtagetPostDanmark)],
            "fejlet-så-post" => [At(quick, KnownHandlinger.Fejlet), At(quick + 900, KnownHandlinger.ModtagetPostDanmark)],
            "modsagt" => [At(quick, KnownHandlinger.AfleveretDigitalPost), At(quick + 60, KnownHandlinger.Fejlet)],
            "tilbagekaldt" => [At(quick, KnownHandlinger.Tilbagekaldt)],
            _ => [],
        };
        return new Story(new Guid(random.Next(), 0, 0, BitConverter.GetBytes(random.NextInt64())).ToString(),
            random.Next(4) == 0 ? "byggesag" : "huslejenaevn", sent, statuses);
    }

    private static byte[] Envelope(Story story, StatusMessage announcement) => Stories.Envelopes.With(
        announcement.Action,
        $"<MessageUUID>{story.Uuid}</MessageUUID><KanalKode>Digital "
            + $"Post</KanalKode><TransaktionsDatoTid>{announcement.At:yyyy-MM-ddTHH:mm:ssZ}</TransaktionsDatoTid>"
            + (announcement.Return ? "<ForsendelseHaendelseSamling><ForsendelseHaendelse><ForsendelseHaendelseTypeKode>1"
                + "</ForsendelseHaendelseTypeKode></ForsendelseHaendelse></ForsendelseHaendelseSamling>" : "")).Bytes;

    private static async Task RegisterAsync(IngestionFixture fixture, IReadOnlyList<Story> stories)
    {
        if (stories.Count == 0) return;
        await fixture.Services.GetRequiredService<ILetterRegistry>().RegisterAsync(Freja, [.. stories.Select(s => new LetterRegistration
        {
            CaseNumber = s.Uuid[..8], CaseType = s.CaseType, LetterId = s.Uuid, Title = "Afgørelse",
            Recipient = new LetterRecipient("Anna Lejer", null, null), Channel = LetterChannel.DigitalPost,
            SentAt = s.SentAt, Identifiers = new LetterIdentifiers { MessageUuid = s.Uuid },
        })], default);
    }

    private static Task<int> MatchAsync(IngestionFixture fixture) =>
        fixture.Services.GetRequiredService<LetterMatcher>().CatchUpAsync(default);

    private static IBenefitStore Store(IngestionFixture fixture) => fixture.Services.GetRequiredService<IBenefitStore>();

    private static async Task<ChainBenefits> FiguresAsync(IngestionFixture fixture, string chain, Period period) =>
        (await fixture.Services.GetRequiredService<IBenefitFigures>().ReadAsync(Freja, chain, period, default))!;

    private static BenefitFigure Of(ChainBenefits benefits, string id) => benefits.All.Single(b => b.Element.Id == id);

    private static DateTimeOffset Noon(Month month) => new(month.Year, month.OfYear, 15, 11, 0, 0, TimeSpan.Zero);

    // The example chain with the demo's indicators: a baseline of 550 disputes a year, the share of letters with proof as a count, the
    // hours as a formula.
    private static async Task<string> ChainAsync(IngestionFixture fixture)
    {
        var example = new ChainExamples().All[0];
        var chain = (await fixture.Services.GetRequiredService<IChainStore>().CreateAsync(Freja, null, example.Document, default)).Id;
        async Task DescribeAsync(string id, IndicatorDefinition definition) =>
            Assert.Empty((await Store(fixture).SaveIndicatorAsync(Freja, chain, id, definition, null, default)).Problems);
        await DescribeAsync("d1", new IndicatorDefinition
        {
            Key = "tvister", Name = "Tvister om modtaget post", Unit = "tvister/år", Gathering = Aggregation.Sum, Better = BetterWhen.Lower,
            Target = 0, EffectFrom = new DateOnly(2026, 4, 1), Baseline = new Baseline(
                550, new DateOnly(2025, 1, 1), new DateOnly(2025, 12, 31), "nævnets journal", fixture.Time.GetUtcNow(), "Freja"),
        });
        await DescribeAsync("g1", new IndicatorDefinition { Key = "bevis", Name = "", Kind = IndicatorKind.Counted,
            Measure = LogMeasure.DocumentedShare, CaseType = "huslejenaevn", Unit = "%", Gathering = Aggregation.Whole, Target = 100 });
        await DescribeAsync("g2", new IndicatorDefinition
        {
            Key = "frigjort", Name = "", Kind = IndicatorKind.Calculated, Formula = "(nulpunkt(tvister) − tvister) × d1.minutter ÷ 60",
            Unit = "timer/år", Gathering = Aggregation.Sum, Form = BenefitForm.Time,
            Baseline = Baseline.None with { Value = 0 }, Target = 1000,
        });
        return chain;
    }

    private static async Task MeasureAsync(IngestionFixture fixture, string chain, IEnumerable<(Month Month, decimal Value)> months)
    {
        var (outcome, _) = await Store(fixture).AddMeasurementsAsync(
            Freja, chain, [.. months.Select(m => new NewMeasurement("d1", Noon(m.Month), m.Value, null))], "form", default);
        Assert.Empty(outcome.Problems);
    }
}

/// <summary>On SQLite.</summary>
public sealed class SqliteRecountTests : RecountTests
{
    private protected override Task<IngestionFixture> OpenAsync(Action<IServiceCollection> more) => IngestionFixture.OpenAsync(more: more);
}
