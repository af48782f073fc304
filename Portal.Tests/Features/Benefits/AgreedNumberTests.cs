using Bunit;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Inputs;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Benefits.Page;
using Portal.Features.Chains.Document;
using Portal.Ingestion.Domain.Time;
using Portal.Tests.Features.Chains;
using Portal.Tests.Platform.Ui;
using Xunit;

namespace Portal.Tests.Features.Benefits;

/// <summary>The agreed numbers on the page, and the history of a benefit.</summary>
public sealed class AgreedNumberTests
{
    private const string Minutes = "[data-input='d1.Minutes']";

    private static readonly IndicatorDefinition Disputes = new()
    {
        Key = "tvister", Name = "Tvister", Unit = "tvister/år", Gathering = Aggregation.Sum, Better = BetterWhen.Lower, Target = 0,
        EffectFrom = new DateOnly(2026, 1, 1), Baseline = Baseline.None with { Value = 550, Source = "journal" },
    };

    private static readonly IndicatorDefinition Hours = new()
    {
        Key = "timer", Name = "Timer", Kind = IndicatorKind.Calculated, Formula = "(nulpunkt(tvister) − tvister) × d1.minutter ÷ 60",
        Unit = "timer/år", Gathering = Aggregation.Sum, Target = 900, EffectFrom = new DateOnly(2026, 1, 1),
    };

    private static async Task<BenefitFixture> OpenAsync()
    {
        var fixture = await BenefitFixture.OpenAsync();
        Assert.True((await fixture.Store.SaveIndicatorAsync(fixture.Viewer, fixture.Chain, "d1", Disputes, null, default)).IsDone);
        Assert.True((await fixture.Store.SaveIndicatorAsync(fixture.Viewer, fixture.Chain, "g2", Hours, null, default)).IsDone);
        return fixture;
    }

    private static IRenderedComponent<BenefitsPage> Page(BenefitFixture fixture) =>
        fixture.Render<BenefitsPage>(p => p.Add(x => x.Id, fixture.Chain));

    private static async Task<InputFact> FactAsync(BenefitFixture fixture, InputKey key) =>
        (await fixture.Store.ReadAsync(fixture.Viewer, fixture.Chain, default))!.Inputs[key];

    [Fact]
    public async Task A_number_that_a_calculation_uses_is_changed_only_with_a_reason_and_counts_from_its_day()
    {
        await using var fixture = await OpenAsync();
        var page = Page(fixture);
        Assert.Equal("109 min", page.Find($"{Minutes} [data-testid=input-value]").TextContent.Trim());
        page.Find($"{Minutes} [data-testid=input-edit]").Click();
        page.Find("[data-testid=input-number]").Change("200");
        await page.Find("[data-testid=input-form]").SubmitAsync();
        Assert.Contains("hvorfor det bliver ændret", page.Find("[data-testid=problem-Reason]").TextContent, StringComparison.Ordinal);
        page.Find("[data-testid=input-reason]").Change("Målt på ny");
        page.Find("[data-testid=input-source]").Change("tidsstudie");
        await page.Find("[data-testid=input-form]").SubmitAsync();
        Assert.Empty(page.FindAll("[data-testid=input-form]"));
        var today = DanishTime.DateOf(fixture.Fixture.Time.GetUtcNow());
        var fact = await FactAsync(fixture, new InputKey("d1", InputPart.Minutes));
        Assert.Equal((2, 200m, new DateOnly(today.Year, today.Month, 1), "Målt på ny"),
            (fact.Versions.Count, fact.Latest.Value, fact.Latest.From!.Value, fact.Latest.Reason));
        Assert.Equal(109m, fact.ValueIn(Month.Of(today) + -1));
        Assert.Contains("Målt på ny", page.Find($"{Minutes} [data-testid=input-version]").TextContent, StringComparison.Ordinal);
        Assert.Contains(page.FindAll("[data-element-id=g2].benefit [data-testid=deviation]"),
            d => d.TextContent.Contains("Målt på ny", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_change_on_the_canvas_is_pending_until_it_is_explained_in_a_form_that_is_filled_in()
    {
        await using var fixture = await OpenAsync();
        var session = await fixture.Fixture.SessionAsync(fixture.Chain);
        await session.ApplyAsync(
            ChainFixture.Editor("Freja"), ChainOperation.Of(new SetValue("d1", ElementProperty.MinutesEach, "200")), default);
        var page = Page(fixture);
        Assert.Contains("På kanvassen står 200 min; regnestykket bruger 109 min", page.Find("[data-testid=input-pending]").TextContent,
            StringComparison.Ordinal);
        page.Find("[data-testid=input-take]").Click();
        Assert.Equal("200", page.Find("[data-testid=input-number]").GetAttribute("value"));
        page.Find("[data-testid=input-reason]").Change("Målt på ny");
        await page.Find("[data-testid=input-form]").SubmitAsync();
        Assert.Empty(page.FindAll("[data-testid=input-pending]"));
        Assert.Equal("200 min", page.Find($"{Minutes} [data-testid=input-value]").TextContent.Trim());
    }

    [Fact]
    public async Task The_price_of_an_hour_is_added_with_its_source_and_its_owner()
    {
        await using var fixture = await OpenAsync();
        var page = Page(fixture);
        page.Find("[data-testid=add-HourPrice]").Click();
        page.Find("[data-testid=input-number]").Change("385 kr.");
        await page.Find("[data-testid=input-form]").SubmitAsync();
        Assert.NotEmpty(page.FindAll("[data-testid=problem-Source]"));
        Assert.NotEmpty(page.FindAll("[data-testid=problem-Owner]"));
        page.Find("[data-testid=input-source]").Change("Økonomi, 2026");
        await page.NameAsync("input-owner", "K. Jensen");
        await page.Find("[data-testid=input-form]").SubmitAsync();
        Assert.Equal("385 kr.", page.Find("[data-input=HourPrice] [data-testid=input-value]").TextContent.Trim());
        Assert.Empty(page.FindAll("[data-testid=add-HourPrice]"));
    }

    [Fact]
    public async Task A_share_is_asked_in_percent_and_kept_as_a_share()
    {
        await using var fixture = await OpenAsync();
        var page = Page(fixture);
        page.Find("[data-input='d1.Share'] [data-testid=input-edit]").Click();
        Assert.Equal("10", page.Find("[data-testid=input-number]").GetAttribute("value"));
        page.Find("[data-testid=input-number]").Change("12,5 %");
        page.Find("[data-testid=input-reason]").Change("Talt igen");
        await page.Find("[data-testid=input-form]").SubmitAsync();
        Assert.Equal(0.125m, (await FactAsync(fixture, new InputKey("d1", InputPart.Share))).Latest.Value);
    }

    [Fact]
    public async Task A_colleagues_change_meanwhile_is_shown_before_mine_is_saved()
    {
        await using var fixture = await OpenAsync();
        var (page, key) = (Page(fixture), new InputKey("d1", InputPart.Minutes));
        page.Find($"{Minutes} [data-testid=input-edit]").Click();
        page.Find("[data-testid=input-number]").Change("200");
        page.Find("[data-testid=input-reason]").Change("Målt på ny");
        await fixture.Store.SaveInputAsync(
            fixture.Viewer, fixture.Chain, new NewInput(key, 120, null, "", null, false, "Talt forkert", 1), default);
        await page.InvokeAsync(() => page.Find("[data-testid=input-form]").SubmitAsync());
        Assert.Contains("120 min", page.Find("[data-testid=input-conflict]").TextContent, StringComparison.Ordinal);
        await page.InvokeAsync(() => page.Find("[data-testid=keep-mine]").ClickAsync(new()));
        Assert.Equal([109m, 120m, 200m], (await FactAsync(fixture, key)).Versions.Select(v => v.Value!.Value));
    }

    [Fact]
    public async Task The_history_lists_a_changed_target_a_changed_number_and_a_corrected_measurement_with_who_and_why()
    {
        await using var fixture = await OpenAsync();
        fixture.Fixture.Time.Advance(TimeSpan.FromMinutes(1));
        await fixture.Store.SaveIndicatorAsync(
            fixture.Viewer, fixture.Chain, "g2", Hours with { Target = 400, Owner = "K. Jensen" }, "Halveret", default);
        fixture.Fixture.Time.Advance(TimeSpan.FromMinutes(1));
        await fixture.Store.SaveInputAsync(fixture.Viewer, fixture.Chain,
            new NewInput(new InputKey("d1", InputPart.Minutes), 200, null, "tidsstudie", null, false, "Målt på ny", 1), default);
        var at = new DateTimeOffset(2026, 1, 31, 11, 0, 0, TimeSpan.Zero);
        foreach (var number in new[] { 9m, 7m })
        {
            await fixture.Store.AddMeasurementsAsync(
                fixture.Viewer, fixture.Chain, [new NewMeasurement("d1", at, number, "rettet")], "form", default);
        }

        var page = Page(fixture);
        var history = page.FindAll("[data-element-id=g2].benefit [data-testid=history-entry]").Select(e => e.TextContent).ToList();
        Assert.Contains("109 min → 200 min", history[0], StringComparison.Ordinal);
        Assert.Contains("Målt på ny", history[0], StringComparison.Ordinal);
        Assert.Contains("Freja", history[0], StringComparison.Ordinal);
        var target = history.Single(h => h.Contains("Mål: 900 t → 400 t", StringComparison.Ordinal));
        Assert.Contains("Halveret", target, StringComparison.Ordinal);
        Assert.Contains(history, h => h.Contains("Ejer: (tomt) → K. Jensen", StringComparison.Ordinal));
        Assert.Contains("Målingen blev beskrevet", string.Concat(history), StringComparison.Ordinal);
        Assert.Contains(page.FindAll("[data-element-id=d1].benefit [data-testid=history-entry]"),
            e => e.TextContent.Contains("9 tvister → 7 tvister", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_number_that_the_formula_uses_no_more_stays_in_the_benefits_history_also_when_its_box_is_deleted()
    {
        await using var fixture = await OpenAsync();
        fixture.Fixture.Time.Advance(TimeSpan.FromMinutes(1));
        await fixture.Store.SaveInputAsync(fixture.Viewer, fixture.Chain,
            new NewInput(new InputKey("d1", InputPart.Minutes), 200, null, "tidsstudie", null, false, "Målt på ny", 1), default);
        await fixture.Store.SaveIndicatorAsync(
            fixture.Viewer, fixture.Chain, "g2", Hours with { Formula = "(nulpunkt(tvister) − tvister) × 2 ÷ 60", Unit = "tvister/år" },
            "Regnes enklere", default);
        Assert.Contains(History(), h => h.Contains("109 min → 200 min", StringComparison.Ordinal));
        var session = await fixture.Fixture.SessionAsync(fixture.Chain);
        await session.ApplyAsync(ChainFixture.Editor("Freja"), ChainOperation.Of(new DeleteElement("d1")), default);
        Assert.Contains(History(), h => h.Contains("109 min → 200 min", StringComparison.Ordinal));

        IEnumerable<string> History() => Page(fixture).FindAll("[data-element-id=g2].benefit [data-testid=history-entry]")
            .Select(e => e.TextContent).ToList();
    }

    [Fact]
    public void The_form_the_histories_and_the_import_call_a_field_the_same()
    {
        Assert.Equal(DefinitionFields.All.Select(f => f.Label).Order(), DraftField.All.Select(f => f.Label).Order());
        Assert.All(DefinitionFields.All, f => Assert.NotEqual(f.Name.In(new("da")), f.Label));
    }
}
