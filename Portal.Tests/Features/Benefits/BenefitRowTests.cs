using Bunit;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Benefits.Page;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Figures;
using Portal.Ingestion.Letters;
using Portal.Platform.Text;
using Xunit;

namespace Portal.Tests.Features.Benefits;

/// <summary>What a benefit's row says about its number.</summary>
public sealed class BenefitRowTests
{
    private static string In(string box, string what) => $"[data-element-id={box}].benefit [data-testid={what}]";

    private static IRenderedComponent<BenefitsPage> Open(BenefitFixture fixture) =>
        fixture.Render<BenefitsPage>(p => p.Add(x => x.Id, fixture.Chain));

    private static async Task MeasureAsync(BenefitFixture fixture, string box, params decimal[] months)
    {
        var at = Month.Of(fixture.Fixture.Time.GetUtcNow()) + -months.Length;
        var numbers = months.Select((value, n) => new NewMeasurement(box, (at + n).Begins.AddDays(10), value, null));
        var (outcome, _) = await fixture.Store.AddMeasurementsAsync(fixture.Viewer, fixture.Chain, [.. numbers], "form", default);
        Assert.True(outcome.IsDone);
    }

    [Fact]
    public async Task A_sum_is_shown_of_the_whole_agreed_target_with_the_months_that_are_measured()
    {
        await using var fixture = await BenefitFixture.OpenAsync();
        await fixture.Store.SaveIndicatorAsync(fixture.Viewer, fixture.Chain, "g2", new IndicatorDefinition
        {
            Key = "timer", Name = "", Unit = "timer/år", Gathering = Aggregation.Sum, Target = 30,
            Baseline = Baseline.None with { Value = 12 },
        }, null, default);
        await MeasureAsync(fixture, "g2", 2.5m, 3, 2.8m, 2.9m);
        var page = Open(fixture);
        Assert.Equal(("11,2 t", "af 30 t", "30 t", "12 t", "4 i lige så mange måneder"),
            (Text(page, "now"), Text(page, "of-target"), Text(page, "target"), Text(page, "baseline"), Text(page, "baseline-so-far")));
        Assert.StartsWith("målt i 4 af årets 12 måneder · sidst i ", Text(page, "coverage"), StringComparison.Ordinal);
        Assert.DoesNotContain("✓", Text(page, "benefit-state"), StringComparison.Ordinal);
        Assert.Contains("31,2–35,2 t", Text(page, "forecast"), StringComparison.Ordinal);
        Assert.Contains("indtastet ved håndkraft", Text(page, "sureness"), StringComparison.Ordinal);
        Assert.Equal("2,5 + 3 + 2,8 + 2,9 = 11,2 timer", page
            .Find($"{In("g2", "calculation-step")} [data-testid=calculation-sum]").TextContent.Trim());

        static string Text(IRenderedComponent<BenefitsPage> page, string what) => page.Find(In("g2", what)).TextContent.Trim();
    }

    [Fact]
    public async Task A_share_is_shown_with_how_many_of_how_many()
    {
        await using var fixture = await BenefitFixture.OpenAsync();
        await fixture.Store.SaveIndicatorAsync(fixture.Viewer, fixture.Chain, "g1", new IndicatorDefinition
        {
            Key = "bevis", Name = "", Kind = IndicatorKind.Counted, Unit = "%", Gathering = Aggregation.Whole, Target = 100,
        }, null, default);
        var month = Month.Of(fixture.Fixture.Time.GetUtcNow());
        fixture.Counts.Counts = new LetterCounts([(month, Verdict.Delivered.ToWire(), 5, 22), (month, Verdict.Failed.ToWire(), 0, 26)]);
        var page = Open(fixture);
        Assert.Equal(["45,8 %", "22 af 48"], new[] { "now", "part-of-whole" }.Select(w => page.Find(In("g1", w)).TextContent.Trim()));
    }

    [Fact]
    public async Task The_graph_draws_the_target_that_held_in_each_month_and_its_text_names_the_change()
    {
        await using var fixture = await BenefitFixture.OpenAsync();
        var target = new IndicatorDefinition
        {
            Key = "timer", Name = "", Unit = "timer/år", Gathering = Aggregation.Sum, Target = 1200, EffectFrom = new DateOnly(2025, 1, 1),
        };
        await fixture.Store.SaveIndicatorAsync(fixture.Viewer, fixture.Chain, "g2", target, null, default);
        await MeasureAsync(fixture, "g2", 50, 50, 50, 50);
        var page = Open(fixture);
        Assert.Single(page.FindAll(In("g2", "target-line")));
        Assert.Empty(page.FindAll(In("g2", "target-step")));
        var from = Month.Of(fixture.Fixture.Time.GetUtcNow()) + -2;
        Assert.True((await fixture.Store.SaveIndicatorAsync(fixture.Viewer, fixture.Chain, "g2",
            target with { Target = 480, TargetFrom = from.First }, "Halveret", default)).IsDone);
        page = Open(fixture);
        var lines = page.FindAll(In("g2", "target-line"));
        Assert.Equal(2, lines.Count);
        Assert.NotEqual(lines[0].GetAttribute("y1"), lines[1].GetAttribute("y1"));
        Assert.Equal(lines[0].GetAttribute("x2"), lines[1].GetAttribute("x1"));
        Assert.Single(page.FindAll(In("g2", "target-step")));
        Assert.Contains($"målet blev ændret fra 1.200 t til 480 t fra {new MonthText(from).In(DanishFormat.Danish)}",
            page.Find("[data-element-id=g2].benefit svg").GetAttribute("aria-label"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_words_of_states_and_sureness_are_explained_once_on_the_page()
    {
        await using var fixture = await BenefitFixture.OpenAsync();
        var text = Assert.Single(Open(fixture).FindAll("[data-testid=states-explained]")).TextContent;
        Assert.Contains("Højst 10 procentpoint bagefter", text, StringComparison.Ordinal);
        Assert.Contains("Usikkert: færre end halvdelen", text, StringComparison.Ordinal);
    }
}
