using Bunit;
using CsCheck;
using Portal.Features.Benefits.Arithmetic;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Inputs;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Benefits.Portfolio;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Examples;
using Portal.Features.Demo;
using Portal.Features.Overview;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Settings;
using Portal.Platform.Access;
using Portal.Platform.Text.Numbers;
using Xunit;

namespace Portal.Tests.Features.Benefits;

public sealed class PortfolioTests
{
    [Fact]
    public async Task The_demo_measures_the_first_chain_as_the_seed_tells_it_and_is_laid_once()
    {
        await using var fixture = await BenefitFixture.OpenAsync(PortalRoles.Manager);
        fixture.Fixture.Time.SetUtcNow(new DateTimeOffset(2026, 11, 23, 13, 0, 0, TimeSpan.Zero));
        await fixture.Fixture.MakeAsync(new ChainExamples().All[0].Document, "demo-digital-post-huslejenaevn");
        var demo = new DemoBenefits(fixture.Store, new PortalSettings(), fixture.Fixture.Time);
        await demo.RunAsync(default);
        await demo.RunAsync(default);
        var benefits = (await fixture.Figures.ReadAsync(
            fixture.Viewer, "demo-digital-post-huslejenaevn", Period.YearUpTo(Month.Of(2026, 11)), default))!;
        var hours = benefits.Benefits.Single(b => b.Element.Id == "g2");
        Assert.Equal(Math.Round(((550m * 10 / 12) - 41) * 109 / 60, 6), Math.Round(hours.Series.Value!.Value, 6));
        Assert.Equal((10, BenefitState.Behind, true), (hours.Series.Covered, hours.Standing.State, hours.BaselineLocked));
        Assert.Equal((41m, 12), (benefits.Helpers.Single().Series.Value, benefits.All.Sum(b => b.Measurements.Count)));
        Assert.Equal(BenefitState.Worse, benefits.Benefits.Single(b => b.IsNegative).Standing.State);
        Assert.Equal(2, benefits.Behaviours.Count(b => b.Notes.Count == 1));

        var line = ChainProgress.From(benefits);
        Assert.Equal(
            (1000m, 758m, 1, 1, 1), (Math.Round(line.Time!.Expected), Math.Round(line.Time.Realised!.Value), line.Benefits.Behind,
                line.Negative.Behind, line.Benefits.Ownerless));
        Assert.Null(line.Cash);

        var card = fixture.Render<BenefitsCard>(p => p.Add(x => x.Viewer, fixture.Viewer));
        Assert.Contains("758\u00A0t af 1.000\u00A0t aftalt",
            card.Find("[data-testid=portfolio-row][data-chain-id=demo-digital-post-huslejenaevn]").TextContent, StringComparison.Ordinal);
        Assert.Equal("/effektkaeder/demo-digital-post-huslejenaevn/rapport",
            card.Find("[data-chain-id=demo-digital-post-huslejenaevn] [data-testid=portfolio-report]").GetAttribute("href"));
        Assert.Equal(["Skulle følges op 20.11.2026", "Følg op 03.12.2026"],
            card.FindAll("[data-testid=reminders] .chip").Select(c => c.TextContent[1..].Trim()));
    }

    [Fact]
    public async Task A_portfolio_of_forty_chains_costs_no_more_reads_than_one_of_two_and_says_the_same_as_each_by_itself()
    {
        await using var fixture = await BenefitFixture.OpenAsync();
        var period = Period.YearUpTo(Month.Of(fixture.Fixture.Time.GetUtcNow()));
        async Task<(string Id, decimal Value)> MeasuredAsync(int n)
        {
            var id = await fixture.Fixture.MakeAsync(new ChainExamples().All[0].Document);
            var (outcome, _) = await fixture.Store.AddMeasurementsAsync(
                fixture.Viewer, id, [new NewMeasurement("d1", fixture.Fixture.Time.GetUtcNow(), n, null)], "form", default);
            Assert.True(outcome.IsDone);
            return (id, n);
        }

        await MeasuredAsync(1);
        var few = await CostAsync();
        var made = new List<(string Id, decimal Value)>();
        for (var n = 2; n < 40; n++) made.Add(await MeasuredAsync(n));
        var many = await CostAsync();

        Assert.Equal((2, 40), (few.Read.Count, many.Read.Count));
        Assert.Equal(few.Commands, many.Commands);
        foreach (var (id, value) in made.Take(5))
        {
            var alone = (await fixture.Figures.ReadAsync(fixture.Viewer, id, period, default))!;
            var together = many.Read.Single(c => c.Chain.Id == id);
            Assert.Equal([value], together.All.Where(f => f.Element.Id == "d1").Select(f => f.Measurements.Single().Value!.Value));
            Assert.Equal(alone.All.Select(f => (f.Element.Id, f.Series.Value, f.Standing.State)),
                together.All.Select(f => (f.Element.Id, f.Series.Value, f.Standing.State)));
        }

        async Task<(IReadOnlyList<ChainBenefits> Read, int Commands)> CostAsync()
        {
            var before = fixture.Fixture.Commands;
            var read = await fixture.Figures.ReadAllAsync(fixture.Viewer, null, period, default);
            return (read, fixture.Fixture.Commands - before);
        }
    }

    [Fact]
    public void The_workshops_arithmetic_shows_its_formula_and_flows_on_to_difference_and_benefit()
    {
        var document = new ChainExamples().All[0].Document;
        var own = WorkshopArithmetic.Of(document.Find("d1")!)!;
        Assert.Equal((908, 999, 1090),
            ((int)Math.Round(own.Hours!.Low!.Value), (int)Math.Round(own.Hours.Likely), (int)Math.Round(own.Hours.High!.Value)));
        Assert.Equal((5500m, "d1.timer"), (own.All, own.Formula));
        Assert.Equal("d1", Assert.Single(WorkshopArithmetic.LeadingTo(document, "g2")).Box.Id);
        Assert.Null(WorkshopArithmetic.Of(document.Find("d2")!));

        // The formula uses the new value when the workshop changes it.
        var changed = ChainApply.Apply(document, new SetValue("d1", ElementProperty.VolumeLikely, "600"));
        Assert.Equal(1090, (int)Math.Round(InputBook.Of(changed).Latest(own.Formula)!.Value.Value!.Value));
        var future = ChainApply.Apply(
            document, [new SetValue("f1", ElementProperty.VolumeLikely, "50"), new SetValue("f1", ElementProperty.MinutesEach, "109")]);
        var difference = Assert.Single(WorkshopArithmetic.Differences(WorkshopArithmetic.LeadingTo(future, "x1")));
        Assert.Equal((500m, "d1.timer − f1.timer"), (difference.PerYear, difference.Formula));
    }

    [Fact]
    public void Whatever_a_box_says_its_arithmetic_stays_within_the_rule_or_says_that_it_is_too_large()
    {
        var document = new ChainExamples().All[0].Document;
        var number = Gen.OneOf(Gen.Double[0, 1e13], Gen.Double[0, 1e-20], Gen.Const(1e12), Gen.Const(1e300), Gen.Const(double.Epsilon));
        Gen.Select(number, number, number, Gen.Int[0, 4]).Sample((count, minutes, share, period) =>
        {
            var per = new[] { "day", "week", "month", "quarter", "year" }[period];
            var box = document.Find("d1")!;
            foreach (var (property, value) in new[] { (ElementProperty.VolumeLikely, count), (ElementProperty.MinutesEach, minutes),
                (ElementProperty.VolumeShare, share) })
            {
                box = box.With(property, value.ToString("R", System.Globalization.CultureInfo.InvariantCulture));
            }

            if (WorkshopArithmetic.Of(box.With(ElementProperty.VolumePer, per)) is not { TooLarge: false } sum) return;
            decimal?[] all = [sum.PerYear.Likely, sum.Hours?.Likely, sum.Hours?.Low, sum.Hours?.High, sum.All, sum.Minutes];
            Assert.All(all, amount => Assert.True(amount is null || Amount.Fits(amount.Value)));
        });
    }

    [Fact]
    public async Task The_panel_shows_volume_times_minutes_and_low_likely_high()
    {
        await using var fixture = await BenefitFixture.OpenAsync();
        var document = new ChainExamples().All[0].Document;
        var panel = fixture.Render<ArithmeticPanel>(p => p.Add(x => x.Box, document.Find("d1")!).Add(x => x.Document, document));
        Assert.Equal("550 om året × 109 min ÷ 60 = 999 t om året", panel.Find("[data-testid=hours]").TextContent);
        Assert.Contains("lavt 908 t · sandsynligt 999 t · højt 1.090 t", panel.Markup, StringComparison.Ordinal);
        Assert.Contains("10 % × 5.500 om året = 550 sager om året", panel.Markup, StringComparison.Ordinal);
        var forGuest = fixture.Render<ArithmeticPanel>(p => p.Add(x => x.Box, document.Find("x1")!).Add(x => x.Document, document));
        Assert.Contains("= 999 t om året", forGuest.Find("[data-testid=hours]").TextContent, StringComparison.Ordinal);
        Assert.Empty(forGuest.FindAll("code, a"));
        Assert.Null(WorkshopArithmetic.Of(document.Find("d1")! with { Withheld = true }));
        var benefit = fixture.Render<ArithmeticPanel>(p => p.Add(x => x.Box, document.Find("g2")!).Add(x => x.Document, document)
            .Add(x => x.ChainId, "k"));
        Assert.Equal("d1.timer", benefit.Find("code").TextContent);
        Assert.Empty(
            fixture.Render<ArithmeticPanel>(p => p.Add(x => x.Box, document.Find("p1")!).Add(x => x.Document, document)).Markup.Trim());
    }

    [Fact]
    public void Boxes_with_other_ids_are_named_in_brackets()
    {
        var document = ChainApply.Apply(ChainDocument.Empty, ChainOperation.Add(
            "1-a", ChainKind.Problem, (ElementProperty.VolumeLikely, "12"), (ElementProperty.MinutesEach, "60")).Changes);
        Assert.Equal(["[1-a].antal", "[1-a].lav", "[1-a].høj", "[1-a].minutter", "[1-a].timer"], InputBook.Of(document).Names);
        Assert.Equal(12, InputBook.Of(document).Latest("[1-a].timer")!.Value.Value);
    }
}
