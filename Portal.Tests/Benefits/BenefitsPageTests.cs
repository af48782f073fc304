using AngleSharp.Dom;
using Bunit;
using Portal.Access;
using Portal.Benefits.Indicators;
using Portal.Benefits.Keeping;
using Portal.Benefits.Page;
using Portal.Chains.Document;
using Portal.Ingestion.Figures;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Time;
using Portal.Tests.Chains;
using Xunit;

namespace Portal.Tests.Benefits;

public sealed class BenefitsPageTests
{
    private static readonly DateTimeOffset January = new(2026, 1, 31, 11, 0, 0, TimeSpan.Zero);

    private static readonly IndicatorDefinition Disputes = new()
    {
        Key = "tvister", Name = "Tvister", Unit = "tvister/år", Gathering = Gathering.Sum, Better = BetterWhen.Lower, Target = 0, Owner = "P. Madsen", EffectFrom = new DateOnly(2026, 1, 1),
        Baseline = new Baseline(550, new DateOnly(2025, 1, 1), new DateOnly(2025, 12, 31), "journal", new DateTimeOffset(2026, 1, 2, 8, 0, 0, TimeSpan.Zero), "Freja"),
    };

    private static IRenderedComponent<BenefitsPage> Open(BenefitHouse house) => house.Render<BenefitsPage>(p => p.Add(x => x.Id, house.Chain));

    private static IElement Row(IRenderedComponent<BenefitsPage> page, string id) => page.Find($"[data-element-id={id}].benefit");

    [Fact]
    public async Task Benefits_and_negative_benefits_stand_alike_and_what_is_not_measured_says_so()
    {
        await using var house = await BenefitHouse.OpenAsync();
        var page = Open(house);
        Assert.Equal(["g1", "g2", "g3", "n1"], page.FindAll("[data-testid=benefit-row]").Select(r => r.GetAttribute("data-element-id")));
        Assert.Contains("negativ gevinst", Row(page, "n1").TextContent, StringComparison.Ordinal);
        var hours = Row(page, "g2");
        Assert.Equal(("1.000 t", "ingen data", "0 t"), (Told(hours, "baseline"), Told(hours, "now"), Told(hours, "target")));
        Assert.Contains("ingen data", Told(hours, "benefit-state"), StringComparison.Ordinal);
        Assert.Contains("mangler", hours.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[data-testid=measurement]"));
        Assert.Equal($"/effektkaeder/{house.Chain}/rapport", page.Find("[data-testid=to-report]").GetAttribute("href"));
    }

    [Fact]
    public async Task A_number_is_entered_stands_as_a_measurement_and_a_later_one_replaces_it_visibly()
    {
        await using var house = await BenefitHouse.OpenAsync();
        var page = Open(house);
        Row(page, "n1").QuerySelector("[data-testid=enter]")!.Click();
        page.Find("[data-testid=measurement-day]").Change("2026-02-28");
        page.Find("[data-testid=measurement-value]").Change("mange");
        await page.Find("[data-testid=measurement-form]").SubmitAsync();
        Assert.Contains("Det er ikke et tal", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[data-testid=measurement]"));
        foreach (var number in new[] { "2,9", "3,1" })
        {
            page.Find("[data-testid=measurement-value]").Change(number);
            await page.Find("[data-testid=measurement-form]").SubmitAsync();
        }

        Assert.Equal(["3,1", "2,9"], page.FindAll("[data-testid=measurement] b").Select(b => b.TextContent));
        Assert.Contains("erstattet", page.FindAll("[data-testid=measurement]")[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("Freja", page.FindAll("[data-testid=measurement]")[0].TextContent, StringComparison.Ordinal);
        Assert.Equal("3,1", Told(Row(page, "n1"), "now"));
    }

    [Fact]
    public async Task A_paste_shows_what_was_understood_and_saves_all_or_nothing()
    {
        await using var house = await BenefitHouse.OpenAsync();
        var page = Open(house);
        Row(page, "n1").QuerySelector("[data-testid=paste]")!.Click();
        page.Find("[data-testid=paste-text]").Input("Måned\tTal\njanuar 2026\t1.234,5\nfebruar 2026\t1,234.5");
        Assert.Equal(["false", "false", "true"], page.FindAll("[data-testid=paste-line]").Select(l => l.GetAttribute("data-understood")));
        Assert.Contains("0 linjer forstået, 2 ikke forstået, 1 udeladt", page.Find("[data-testid=paste-summary]").TextContent, StringComparison.Ordinal);
        Assert.True(page.Find("[data-testid=paste-save]").HasAttribute("disabled"));
        page.Find("[data-testid=paste-text]").Input("januar 2026\t1.234,5\nfebruar 2026\t2,5");
        await page.Find("[data-testid=paste-save]").ClickAsync(new());
        Assert.Empty(page.FindAll("[data-testid=paste-text]"));
        Assert.Equal(["2,5", "1.235"], page.FindAll("[data-testid=measurement] b").Select(b => b.TextContent));
    }

    [Fact]
    public async Task How_a_benefit_is_measured_is_described_and_what_is_wrong_is_said_and_nothing_saved()
    {
        await using var house = await BenefitHouse.OpenAsync();
        Assert.True((await house.Store.SaveIndicatorAsync(house.Viewer, house.Chain, "d1", Disputes, null, default)).IsDone);
        var page = Open(house);
        Row(page, "g2").QuerySelector("[data-testid=describe]")!.Click();
        Assert.Equal("1000", page.Find("[data-testid=baseline-value]").GetAttribute("value"));
        page.Find("[data-testid=kind-Calculated]").Change("on");
        page.Find("[data-testid=formula]").Change("(nulpunkt(tvister) − tvister) × d1.minutter");
        await page.Find("[data-testid=indicator-form]").SubmitAsync();
        Assert.Contains("Divider med 60", page.Find("[data-testid=indicator-problems]").TextContent, StringComparison.Ordinal);
        page.Find("[data-testid=formula]").Change("(nulpunkt(tvister) − tvister) × d1.minutter ÷ 60");
        page.Find("[data-testid=baseline-value]").Change("0");
        page.Find("[data-testid=target-value]").Change("1.000");
        page.Find("[data-testid=owner]").Change("P. Madsen");
        await page.Find("[data-testid=indicator-form]").SubmitAsync();
        Assert.Empty(page.FindAll("[data-testid=indicator-form]"));
        await house.Store.AddMeasurementsAsync(house.Viewer, house.Chain, [new NewMeasurement("d1", January, 9, null)], "form", default);
        var saved = (await house.Store.ReadAsync(house.Viewer, house.Chain, default))!.Indicators["g2"][^1].Definition;
        Assert.Equal((IndicatorKind.Calculated, 1000m, "P. Madsen"), (saved.Kind, saved.Target, saved.Owner));
        var again = Open(house);
        Assert.Equal("66,9 t", Told(Row(again, "g2"), "now"));
        Assert.Equal("9 tvister", Told(Row(again, "d1"), "now"));
    }

    [Fact]
    public async Task A_change_of_a_locked_baseline_asks_for_the_reason_and_is_shown()
    {
        await using var house = await BenefitHouse.OpenAsync();
        await house.Store.SaveIndicatorAsync(house.Viewer, house.Chain, "d1", Disputes, null, default);
        var page = Open(house);
        Row(page, "d1").QuerySelector("[data-testid=describe]")!.Click();
        page.Find("[data-testid=baseline-value]").Change("600");
        await page.Find("[data-testid=indicator-form]").SubmitAsync();
        Assert.Contains("Nulpunktet er låst", page.Find("[data-testid=indicator-problems]").TextContent, StringComparison.Ordinal);
        page.Find("[data-testid=reason]").Change("Journalen var talt forkert");
        await page.Find("[data-testid=indicator-form]").SubmitAsync();
        var told = page.Find("[data-testid=baseline-change]").TextContent;
        Assert.Contains("fra 550 tvister til 600 tvister", told, StringComparison.Ordinal);
        Assert.Contains("Journalen var talt forkert", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_comes_moves_the_number_while_one_looks()
    {
        await using var house = await BenefitHouse.OpenAsync();
        await house.Store.SaveIndicatorAsync(house.Viewer, house.Chain, "g1", new IndicatorDefinition { Key = "bevis", Name = "", Kind = IndicatorKind.Counted, Unit = "%", Gathering = Gathering.Whole, Target = 100 }, null, default);
        var page = Open(house);
        Assert.Equal("ingen data", Told(Row(page, "g1"), "now"));
        var month = Month.Of(house.House.Time.GetUtcNow());
        house.Counts.Counts = new LetterCounts([(month, Verdict.Delivered.ToWire(), 5, 986), (month, Verdict.Failed.ToWire(), 0, 14)]);
        for (var looks = 0; looks < 50 && Told(Row(page, "g1"), "now") != "98,6 %"; looks++)
        {
            house.Signal.Raise();
            house.House.Time.Advance(TimeSpan.FromSeconds(2));
            await page.InvokeAsync(() => { });
            await Task.Yield();
        }

        page.WaitForAssertion(() => Assert.Equal("98,6 %", Told(Row(page, "g1"), "now")));
    }

    [Fact]
    public async Task Behaviour_is_followed_up_with_a_day_and_what_shows_it_and_notes_are_taken_back()
    {
        await using var house = await BenefitHouse.OpenAsync();
        var page = Open(house);
        page.Find("[data-testid=behaviour-row][data-element-id=b1] [data-testid=follow-behaviour]").Click();
        var form = "[data-testid=behaviour-row][data-element-id=b1]";
        page.Find($"{form} [data-testid=happens]").Change("Partly");
        page.Find($"{form} [data-testid=note-text]").Change("Seks af ni");
        page.Find($"{form} [data-testid=note-evidence]").Change("samtaler");
        await page.Find($"{form} [data-testid=note-form]").SubmitAsync();
        Assert.Contains("delvist", page.Find($"{form} .chip").TextContent, StringComparison.Ordinal);
        Assert.Contains("Seks af ni · samtaler", page.Find(form).TextContent, StringComparison.Ordinal);
        await page.Find($"{form} p.dim button").ClickAsync(new());
        Assert.Contains("ikke fulgt op", page.Find($"{form} .chip").TextContent, StringComparison.Ordinal);
        page.Find("[data-testid=notes-decision] [data-testid=note-text]").Change("Skal der sendes igen?");
        await page.Find("[data-testid=notes-decision] [data-testid=note-form]").SubmitAsync();
        Assert.Contains("Skal der sendes igen?", page.Find("[data-testid=notes-decision]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_benefits_that_count_the_same_are_told_of()
    {
        await using var house = await BenefitHouse.OpenAsync();
        foreach (var id in new[] { "g1", "g3" }) await house.Store.SaveIndicatorAsync(house.Viewer, house.Chain, id, new IndicatorDefinition { Key = id, Name = "", Kind = IndicatorKind.Counted, Unit = "%", Gathering = Gathering.Whole }, null, default);
        Assert.Contains("De tæller det samme", Open(house).Find("[data-testid=double-count]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_manager_reads_and_changes_nothing_and_another_authority_sees_no_chain()
    {
        await using var house = await BenefitHouse.OpenAsync(PortalRoles.Manager);
        var page = Open(house);
        Assert.Equal(4, page.FindAll("[data-testid=benefit-row]").Count);
        Assert.Empty(page.FindAll("form, [data-testid=describe], [data-testid=enter], [data-testid=paste]"));
        Assert.False((await house.Store.AddMeasurementsAsync(house.Viewer, house.Chain, [new NewMeasurement("g1", January, 1, null)], "form", default)).Outcome.Found);
        Assert.Contains("findes ikke", house.Render<BenefitsPage>(p => p.Add(x => x.Id, "en-anden")).Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_revealed_yet_shows_no_benefit_and_no_number_to_those_who_do_not_steer()
    {
        await using var house = await BenefitHouse.OpenAsync(PortalRoles.Manager);
        await house.Store.AddMeasurementsAsync(ChainHouse.Facilitator(), house.Chain, [new NewMeasurement("g2", January, 77, "hemmelig")], "form", default);
        var session = await house.House.SessionAsync(house.Chain);
        await session.ApplyAsync(ChainHouse.Editor("Freja"), ChainOperation.Of(new RevealPlaces([ChainKind.Problem])), default);
        var page = Open(house);
        Assert.Empty(page.FindAll("[data-testid=benefit-row], [data-testid=measurement], [data-testid=behaviour-row]"));
        Assert.DoesNotContain("hemmelig", page.Markup, StringComparison.Ordinal);
        Assert.Empty((await house.Store.ReadAsync(house.Viewer, house.Chain, default))!.Measurements);
    }

    private static string Told(IElement row, string what) => row.QuerySelector($"[data-testid={what}]")!.TextContent.Trim();
}
