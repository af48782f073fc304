using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Inputs;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Chains.Document;
using Portal.Ingestion.Domain.Time;
using Xunit;

namespace Portal.Tests.Features.Benefits;

/// <summary>Numbers that calculations use are facts with a history: a change counts from its day on and is never unseen.</summary>
public sealed class BenefitInputTests
{
    private static readonly InputKey Minutes = new("d1", InputPart.Minutes);
    private static readonly Baseline Before = new(1200, new DateOnly(2025, 1, 1), new DateOnly(2025, 12, 31), "Journalen", null, null);

    // Disputes of a year in d1, and the hours freed in g2, both from 1 January 2026; it is the 23 November.
    private static async Task<BenefitFixture> OpenAsync()
    {
        var fixture = await BenefitFixture.OpenAsync();
        fixture.Fixture.Time.SetUtcNow(new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.Zero));
        await SaveAsync(fixture, "d1", new IndicatorDefinition
        {
            Key = "tvister", Name = "Tvister", Unit = "tvister/år", Gathering = Aggregation.Sum, Better = BetterWhen.Lower,
            Baseline = Before, EffectFrom = new DateOnly(2026, 1, 1),
        });
        await SaveAsync(fixture, "g2", new IndicatorDefinition
        {
            Key = "timer", Name = "", Kind = IndicatorKind.Calculated, Formula = "(nulpunkt(tvister) − tvister) × d1.minutter ÷ 60",
            Unit = "timer/år", Gathering = Aggregation.Sum, Target = 2_000, EffectFrom = new DateOnly(2026, 1, 1), Form = BenefitForm.Time,
        });
        await MeasureAsync(fixture, [.. Enumerable.Range(1, 10).Select(m => (m, 40m))]);
        fixture.Fixture.Time.Advance(TimeSpan.FromDays(1));
        return fixture;
    }

    private static async Task SaveAsync(BenefitFixture fixture, string box, IndicatorDefinition definition, string? reason = null) =>
        Assert.True((await fixture.Store.SaveIndicatorAsync(fixture.Viewer, fixture.Chain, box, definition, reason, default)).IsDone);

    private static async Task MeasureAsync(BenefitFixture fixture, params (int Month, decimal? Value)[] months) =>
        Assert.True((await fixture.Store.AddMeasurementsAsync(fixture.Viewer, fixture.Chain, [.. months.Select(m => new NewMeasurement(
            "d1", new DateTimeOffset(2026, m.Month, 28, 12, 0, 0, TimeSpan.Zero), m.Value, null))], "form", default)).Outcome.IsDone);

    private static async Task<BenefitFigure> HoursAsync(BenefitFixture fixture, int last = 12) =>
        (await ReadAsync(fixture, last)).Benefits.Single(b => b.Element.Id == "g2");

    private static async Task<ChainBenefits> ReadAsync(BenefitFixture fixture, int last = 12) => (await fixture.Figures.ReadAsync(
        fixture.Viewer, fixture.Chain, new Period(Month.Of(2026, 1), Month.Of(2026, last)), default))!;

    private static async Task DrawAsync(BenefitFixture fixture, string minutes)
    {
        var session = (await fixture.Fixture.Node().OpenAsync(fixture.Viewer, fixture.Chain, default))!;
        await session.ApplyAsync(ChainEditor.Of(fixture.Viewer, session.Authority),
            ChainOperation.Of(new SetValue("d1", ElementProperty.MinutesEach, minutes)), default);
    }

    private static Task<BenefitOutcome> AgreeAsync(
        BenefitFixture fixture, decimal? value, DateOnly? from, string? reason, int basedOn = 1) => fixture.Store.SaveInputAsync(
        fixture.Viewer, fixture.Chain, new NewInput(Minutes, value, from, "Tidsmåling", "P. Madsen", false, reason, basedOn), default);

    [Fact]
    public async Task A_number_changed_on_the_canvas_moves_nothing_and_is_pointed_out()
    {
        await using var fixture = await OpenAsync();
        var before = await HoursAsync(fixture);
        Assert.Equal(1_090, before.Series.Value);
        await DrawAsync(fixture, "200");
        var after = await HoursAsync(fixture);
        Assert.Equal(before.Series.Points, after.Series.Points);
        Assert.Contains(after.Deviations, d => d.In(Portal.Platform.Text.DanishFormat.Danish).StartsWith(
            "På kanvassen står minutter for hver", StringComparison.Ordinal));
        var book = (await ReadAsync(fixture)).Inputs;
        Assert.Equal((true, 200m), book.PendingOf(book.Find(Minutes)!));
    }

    [Fact]
    public async Task A_change_asks_why_counts_from_its_day_on_and_old_months_keep_the_old_value()
    {
        await using var fixture = await OpenAsync();
        var unexplained = await AgreeAsync(fixture, 200, new DateOnly(2026, 7, 1), null);
        Assert.Equal(nameof(NewInput.Reason), Assert.Single(unexplained.Problems).Field);
        Assert.True((await AgreeAsync(fixture, 200, new DateOnly(2026, 7, 1), "Ny tidsmåling i juni")).IsDone);
        var hours = await HoursAsync(fixture);
        Assert.Equal([.. Enumerable.Repeat(109m, 6), .. Enumerable.Repeat(200m, 4)], hours.Series.Points.Select(p => p.Value));
        Assert.Equal((6 * 109) + (4 * 200), hours.Series.Value);
        Assert.Contains(hours.Deviations.Select(d => d.In(Portal.Platform.Text.DanishFormat.Danish)), d => d
            == "Den 23.11.2026 ændrede Freja minutter for hver (»Parterne er uenige om, hvorvidt et digitalt brev er kommet frem«) "
                + "fra 109 min til 200 min, fra 01.07.2026. Begrundelse: Ny tidsmåling i juni");
        Assert.Equal(654, (await HoursAsync(fixture, last: 6)).Series.Value);
    }

    [Fact]
    public async Task Two_who_change_the_same_number_see_each_other()
    {
        await using var fixture = await OpenAsync();
        Assert.True((await AgreeAsync(fixture, 120, null, "Rettet")).IsDone);
        var late = await AgreeAsync(fixture, 130, null, "Også rettet");
        Assert.Equal((2, 120m), (late.MeanwhileInput!.Version, late.MeanwhileInput.Value));
        Assert.True((await AgreeAsync(fixture, 130, null, "Også rettet", basedOn: 2)).IsDone);
        Assert.Equal(3, (await ReadAsync(fixture)).Inputs.Find(Minutes)!.Versions.Count);
    }

    [Fact]
    public async Task The_price_of_an_hour_belongs_to_the_chain_and_can_be_used_in_formulas()
    {
        await using var fixture = await OpenAsync();
        var price = new NewInput(InputKey.OfChain(InputPart.HourPrice), 400, null, "Økonomi", "Ø. Holm", true, null, 0);
        Assert.True((await fixture.Store.SaveInputAsync(fixture.Viewer, fixture.Chain, price, default)).IsDone);
        await SaveAsync(fixture, "g3", new IndicatorDefinition
        {
            Key = "kroner", Name = "", Kind = IndicatorKind.Calculated, Formula = "timer × timepris", Unit = "kr.",
            Gathering = Aggregation.Sum, Form = BenefitForm.Cash,
        });
        Assert.Equal(436_000, (await ReadAsync(fixture)).Benefits.Single(b => b.Element.Id == "g3").Series.Value);
        Assert.Equal(BenefitOutcome.Missing, await fixture.Store.SaveInputAsync(fixture.Viewer, fixture.Chain,
            price with { Key = new InputKey("d1", InputPart.HourPrice) }, default));
        Assert.NotEmpty((await fixture.Store.SaveInputAsync(
            fixture.Viewer, fixture.Chain, price with { Value = -1, BasedOn = 1 }, default)).Problems);
    }

    [Fact]
    public async Task No_change_of_any_input_moves_a_closed_month_without_a_line_under_deviations()
    {
        await using var fixture = await OpenAsync();
        var told = await HoursAsync(fixture);
        var lines = await AllLinesAsync(fixture);
        foreach (var (n, change) in Changes(fixture).Index())
        {
            await change();
            var now = await HoursAsync(fixture);
            var nowLines = await AllLinesAsync(fixture);
            if (!now.Series.Points.Take(10).SequenceEqual(told.Series.Points.Take(10)) || now.Standing.Target != told.Standing.Target)
                Assert.True(nowLines.Except(lines).Any(), $"Change {n} moved a month and no line says why.");
            (told, lines) = (now, nowLines);
            fixture.Fixture.Time.Advance(TimeSpan.FromDays(1));
        }
    }

    private static async Task<IReadOnlyList<string>> AllLinesAsync(BenefitFixture fixture) =>
        [.. (await ReadAsync(fixture)).All.SelectMany(f => f.Deviations).Select(d => d.In(Portal.Platform.Text.DanishFormat.Danish))];

    private static Func<Task>[] Changes(BenefitFixture fixture) =>
    [
        () => DrawAsync(fixture, "200"),
        () => AgreeAsync(fixture, 200, null, "Fra begyndelsen"),
        () => AgreeAsync(fixture, 90, new DateOnly(2026, 3, 1), "Fra marts", basedOn: 2),
        () => MeasureAsync(fixture, (3, 60)),
        () => MeasureAsync(fixture, (4, null)),
        () => MeasureAsync(fixture, (4, 10)),
        async () => await SaveAsync(fixture, "d1", (await ReadAsync(fixture)).Helpers.Single().Latest with
        {
            Baseline = Before with { Value = 2400 },
        }, "Talt igen"),
        async () => await SaveAsync(fixture, "g2", (await HoursAsync(fixture)).Latest with
        {
            Formula = "(nulpunkt(tvister) − tvister) × 2 × d1.minutter ÷ 60",
        }, "To personer ad gangen"),
        async () => await SaveAsync(fixture, "g2", (await HoursAsync(fixture)).Latest with { Target = 30 }, "Lavere mål"),
        async () => await SaveAsync(fixture, "d1", (await ReadAsync(fixture)).Helpers.Single().Latest with
        {
            Gathering = Aggregation.Latest,
        }, "Nyeste tal"),
    ];

    [Fact]
    public async Task A_changed_target_asks_why_and_the_months_before_keep_the_old_one()
    {
        await using var fixture = await OpenAsync();
        var latest = (await HoursAsync(fixture)).Latest;
        var silent = await fixture.Store.SaveIndicatorAsync(
            fixture.Viewer, fixture.Chain, "g2", latest with { Target = 30 }, null, default);
        Assert.Equal(IndicatorRules.ReasonField, Assert.Single(silent.Problems).Field);
        await SaveAsync(fixture, "g2", latest with { Target = 30, TargetFrom = new DateOnly(2026, 11, 1) }, "Byrådet har sænket målet");
        Assert.Equal((30m, 2_000m), ((await HoursAsync(fixture)).Standing.Target, (await HoursAsync(fixture, last: 10)).Standing.Target));
        Assert.Contains((await HoursAsync(fixture)).Deviations, d => d.In(Portal.Platform.Text.DanishFormat.Danish)
            .Contains("mål: 2.000 t → 30 t", StringComparison.Ordinal));
        Assert.Equal(30, (await HoursAsync(fixture, last: 10)).Latest.Target);
    }

    [Fact]
    public async Task A_target_that_the_chains_own_numbers_cannot_reach_is_pointed_out()
    {
        await using var fixture = await OpenAsync();
        Assert.Null((await HoursAsync(fixture)).Limit);
        await SaveAsync(fixture, "g2", (await HoursAsync(fixture)).Latest with { Target = 2_181 }, "Højere mål");
        var hours = await HoursAsync(fixture);
        Assert.Equal(2_180, hours.Limit);
        Assert.Contains(hours.Deviations, d => d.In(Portal.Platform.Text.DanishFormat.Danish)
            == "Målet på 2.181 t kan ikke nås: de aftalte tal giver højst 2.180 t.");
    }

    [Fact]
    public async Task What_can_be_reached_counts_each_month_with_its_own_number_and_is_never_below_the_forecast()
    {
        await using var fixture = await OpenAsync();
        var before = (await HoursAsync(fixture)).Standing.Achieved;
        var minutes = (await ReadAsync(fixture)).Inputs.Find(Minutes)!.Latest.Value!.Value;
        Assert.True((await AgreeAsync(fixture, minutes / 2, new DateOnly(2026, 7, 1), "Ny tidsmåling")).IsDone);
        var hours = await HoursAsync(fixture);
        Assert.Equal(2_180 * 0.75m, hours.Limit);
        Assert.True(hours.Standing.Achieved < before);
        Assert.True(hours.Standing.Forecast!.High <= hours.Limit);
        Assert.Equal(BenefitState.Behind, hours.Standing.State);
    }
}
