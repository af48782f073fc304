using Bunit;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Benefits.Page;
using Portal.Tests.Features.Cases;
using Portal.Tests.Platform.Ui;
using Xunit;

namespace Portal.Tests.Features.Benefits;

/// <summary>The two steps of the form that defines how a benefit is measured.</summary>
public sealed class IndicatorFormTests
{
    private static readonly IndicatorDefinition Hours = new()
    {
        Key = "timer", Name = "Frigjorte timer", Unit = "timer/år", Gathering = Aggregation.Sum, Target = 30, Owner = "P. Madsen",
        EffectFrom = new DateOnly(2026, 1, 1), Form = BenefitForm.Time,
        Baseline = new Baseline(0, null, null, "skøn", new DateTimeOffset(2026, 1, 2, 8, 0, 0, TimeSpan.Zero), "Freja"),
    };

    private static IRenderedComponent<BenefitsPage> Describe(BenefitFixture fixture, string box)
    {
        var page = fixture.Render<BenefitsPage>(p => p.Add(x => x.Id, fixture.Chain));
        page.Find($"[data-element-id={box}].benefit [data-testid=describe]").Click();
        return page;
    }

    private static bool IsHidden(IRenderedComponent<BenefitsPage> page, int step) =>
        page.Find($"[data-testid=form-step-{step}]").HasAttribute("hidden");

    private static async Task<IndicatorVersion> SavedAsync(BenefitFixture fixture, string box) =>
        (await fixture.Store.ReadAsync(fixture.Viewer, fixture.Chain, default))!.Indicators[box][^1];

    [Fact]
    public async Task The_first_step_is_what_everyone_needs_the_second_the_rest_and_both_are_saved_together()
    {
        await using var fixture = await BenefitFixture.OpenAsync();
        var page = Describe(fixture, "g1");
        Assert.Equal((false, true), (IsHidden(page, 1), IsHidden(page, 2)));
        page.Find("[data-testid=kind-ByHand]").Click();
        Assert.All(["measure-name", "kind-ByHand", "baseline-source", "owner", "follow-up-on", "benefit-form"],
            id => Assert.Single(page.FindAll($"[data-testid=form-step-1] [data-testid={id}]")));
        Assert.All(["field-Likely", "field-WhoChanges", "field-Risk", "field-RiskLikelihood", "field-RiskResponse", "target-from", "key"],
            id => Assert.Single(page.FindAll($"[data-testid=form-step-2] [data-testid={id}]")));
        await page.NameAsync("owner", "K. Jensen");
        page.Find("[data-testid=step-2]").Click();
        Assert.Equal((true, false), (IsHidden(page, 1), IsHidden(page, 2)));
        page.Find("[data-testid=field-Risk]").Change("Ingen sender digitalt");
        await page.ChooseAsync<RiskLikelihood?>("field-RiskLikelihood", RiskLikelihood.High);
        page.Find("[data-testid=field-RiskResponse]").Change("Kursus i marts");
        page.Find("[data-testid=field-WhoChanges]").Change("Sekretariatet");
        await page.Find("[data-testid=indicator-form]").SubmitAsync();
        var saved = (await SavedAsync(fixture, "g1")).Definition;
        Assert.Equal(("K. Jensen", "Ingen sender digitalt", RiskLikelihood.High, "Kursus i marts", "Sekretariatet"),
            (saved.Owner, saved.Risk, saved.RiskLikelihood, saved.RiskResponse, saved.WhoChanges));
    }

    [Fact]
    public async Task Freed_time_asks_what_it_is_used_for_who_sees_to_it_and_from_when()
    {
        await using var fixture = await BenefitFixture.OpenAsync();
        var page = Describe(fixture, "g2");
        Assert.Empty(page.FindAll("[data-testid=time-use-fields]"));
        await page.ChooseAsync("benefit-form", BenefitForm.Time);
        page.Find("[data-testid=time-use-text]").Change("Flere syn");
        await page.NameAsync("time-use-owner", "L. Holm");
        page.Find("[data-testid=time-use-from]").Change("01-12-2026");
        await page.Find("[data-testid=indicator-form]").SubmitAsync();
        Assert.Equal("Flere syn", page.Find("[data-element-id=g2].benefit [data-testid=time-use]").TextContent.Trim());

        // It does not wait; who decided it can still be written.
        Assert.Contains("besluttet, men ikke af hvem",
            page.Find($"[data-decision='{DecisionKey.OfTimeUse("g2")}'] .chip").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_locked_target_that_is_changed_asks_why_and_holds_from_this_month()
    {
        await using var fixture = await BenefitFixture.OpenAsync();
        await fixture.Store.SaveIndicatorAsync(fixture.Viewer, fixture.Chain, "g2", Hours, null, default);
        var page = Describe(fixture, "g2");
        Assert.Empty(page.FindAll("[data-testid=reason-section]"));
        page.Find("[data-testid=target-value]").Change("20");
        var today = Portal.Ingestion.Domain.Time.DanishTime.DateOf(fixture.Fixture.Time.GetUtcNow());
        var first = new DateOnly(today.Year, today.Month, 1);
        Assert.Contains("30 t → 20 t", page.Find("[data-testid=reason-section]").TextContent, StringComparison.Ordinal);
        Assert.Equal(first.ToString("dd-MM-yyyy", System.Globalization.CultureInfo.InvariantCulture),
            page.Find("[data-testid=target-from]").GetAttribute("value"));

        // Nothing is changed in the end: no reason is asked, and the day is as it was.
        page.Find("[data-testid=target-value]").Change("30");
        Assert.Empty(page.FindAll("[data-testid=reason-section]"));
        page.Find("[data-testid=target-value]").Change("20");
        await page.Find("[data-testid=indicator-form]").SubmitAsync();
        Assert.NotEmpty(page.FindAll("[data-testid=problem-Reason]"));
        page.Find("[data-testid=reason]").Change("Budgettet er halveret");
        await page.Find("[data-testid=indicator-form]").SubmitAsync();
        var saved = await SavedAsync(fixture, "g2");
        Assert.Equal((20m, first, "Budgettet er halveret"), (saved.Definition.Target, saved.Definition.TargetFrom, saved.Reason));
        Assert.Contains(page.FindAll("[data-element-id=g2].benefit [data-testid=deviation]"),
            d => d.TextContent.Contains("Budgettet er halveret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_target_that_was_agreed_and_is_not_locked_yet_asks_why_too()
    {
        await using var fixture = await BenefitFixture.OpenAsync();
        await fixture.Store.SaveIndicatorAsync(
            fixture.Viewer, fixture.Chain, "g2", Hours with { EffectFrom = null, Baseline = Baseline.None }, null, default);
        var page = Describe(fixture, "g2");
        page.Find("[data-testid=target-value]").Change("20");
        page.Find("[data-testid=reason]").Change("Færre sager");
        await page.Find("[data-testid=indicator-form]").SubmitAsync();
        Assert.Equal("Færre sager", (await SavedAsync(fixture, "g2")).Reason);
    }

    [Fact]
    public async Task A_field_that_is_wrong_in_the_second_step_opens_it_and_is_reported_at_the_field()
    {
        await using var fixture = await BenefitFixture.OpenAsync();
        var page = Describe(fixture, "g2");
        page.Find("[data-testid=field-Low]").Change("mange");
        await page.Find("[data-testid=indicator-form]").SubmitAsync();
        Assert.Equal((true, false), (IsHidden(page, 1), IsHidden(page, 2)));
        Assert.Equal("true", page.Find("[data-testid=field-Low]").GetAttribute("aria-invalid"));
        Assert.Contains("»mange« er ikke et tal", page.Find("[data-testid=problem-Low]").TextContent, StringComparison.Ordinal);
        Assert.Contains(fixture.JSInterop.Invocations, i => i.Identifier == "import"
            && (i.Arguments[0] as string)!.Contains("FirstErrorFocus", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_formula_tells_its_limit_before_it_is_full_and_names_only_what_it_can_use()
    {
        await using var fixture = await BenefitFixture.OpenAsync();
        await fixture.Store.SaveIndicatorAsync(fixture.Viewer, fixture.Chain, "g2", Hours, null, default);
        await fixture.Store.SaveIndicatorAsync(fixture.Viewer, fixture.Chain, "g3", new IndicatorDefinition
        {
            Key = "af_timer", Name = "", Kind = IndicatorKind.Calculated, Formula = "timer × 2", Unit = "timer/år",
            Gathering = Aggregation.Sum,
        }, null, default);
        var page = Describe(fixture, "g2");
        page.Find("[data-testid=kind-Calculated]").Click();
        Assert.Equal("Højst 500 tegn.", page.Find("[data-testid=formula-length]").TextContent.Trim());
        var typing = page.Find("[data-testid=formula]").InputAsync(new() { Value = new string('1', 450) });
        await fixture.Fixture.Time.AdvanceUntilAsync(typing);
        Assert.Equal("450 af højst 500 tegn.", page.Find("[data-testid=formula-length]").TextContent.Trim());
        var help = page.Find("#i-formel-hjaelp").TextContent;
        Assert.Contains("d1.minutter", help, StringComparison.Ordinal);
        Assert.DoesNotContain("af_timer", help, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MeasuringRhythm.Month, "Månedens tal (tvister)")]
    [InlineData(MeasuringRhythm.Quarter, "Kvartalets tal (tvister)")]
    public async Task The_field_of_a_number_says_that_it_is_the_months_and_never_a_yearly_rate(MeasuringRhythm every, string label)
    {
        await using var fixture = await BenefitFixture.OpenAsync();
        await fixture.Store.SaveIndicatorAsync(
            fixture.Viewer, fixture.Chain, "n1", Hours with { Unit = "tvister/år", Every = every }, null, default);
        var page = fixture.Render<BenefitsPage>(p => p.Add(x => x.Id, fixture.Chain));
        page.Find("[data-element-id=n1].benefit [data-testid=enter]").Click();
        Assert.Equal(label, page.Find("label[for=maaling-n1-tal]").TextContent.Trim());
    }
}
