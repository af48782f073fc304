using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Benefits.Entry;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Benefits.Page;
using Portal.Features.Chains.Document;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Figures;
using Portal.Ingestion.Letters;
using Portal.Platform.Access;
using Portal.Tests.Features.Chains;
using Portal.Tests.Platform.Ui;
using Xunit;
using static Portal.Tests.Features.Benefits.BenefitsPageParts;

namespace Portal.Tests.Features.Benefits;

public sealed class BenefitsPageTests
{
    [Fact]
    public async Task Benefits_and_negative_benefits_are_shown_alike_and_what_is_not_measured_says_so()
    {
        await using var fixture = await BenefitFixture.OpenAsync();
        var page = Open(fixture);
        Assert.Equal(["g1", "g2", "g3", "n1"], page.FindAll("[data-testid=benefit-row]").Select(r => r.GetAttribute("data-element-id")));
        Assert.Contains("negativ gevinst", Row(page, "n1").TextContent, StringComparison.Ordinal);
        var hours = Row(page, "g2");
        Assert.Equal(
            ("1.000 t", "ingen data", "0 t"), (MessageText(hours, "baseline"), MessageText(hours, "now"), MessageText(hours, "target")));
        Assert.Contains("ingen data", MessageText(hours, "benefit-state"), StringComparison.Ordinal);
        Assert.Contains("mangler", hours.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[data-testid=measurement]"));
        Assert.Equal($"/effektkaeder/{fixture.Chain}/rapport", page.Find("[data-testid=to-report]").GetAttribute("href"));
    }

    [Fact]
    public async Task A_number_that_is_entered_is_a_measurement_and_a_later_one_replaces_it_visibly()
    {
        await using var fixture = await BenefitFixture.OpenAsync();
        var page = Open(fixture);
        Row(page, "n1").QuerySelector("[data-testid=enter]")!.Click();
        page.Find("[data-testid=measurement-day]").Change("28-02-2026");
        page.Find("[data-testid=measurement-value]").Change("mange");
        await page.Find("[data-testid=measurement-form]").SubmitAsync();
        Assert.Contains("»mange« er ikke et tal", page.Find("[data-testid=problem-measurement-value]").TextContent,
            StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[data-testid=measurement]"));
        foreach (var number in new[] { "2,9", "3,1" })
        {
            page.Find("[data-testid=measurement-value]").Change(number);
            await page.Find("[data-testid=measurement-form]").SubmitAsync();
        }

        Assert.Equal(["3,1", "2,9"], page.FindAll("[data-testid=measurement] b").Select(b => b.TextContent));
        Assert.Contains("erstattet", page.FindAll("[data-testid=measurement]")[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("Freja", page.FindAll("[data-testid=measurement]")[0].TextContent, StringComparison.Ordinal);
        Assert.Equal("3,1", MessageText(Row(page, "n1"), "now"));
    }

    [Fact]
    public async Task A_number_is_shown_as_it_was_typed_and_what_was_saved_can_be_undone()
    {
        await using var fixture = await BenefitFixture.OpenAsync();
        var page = Open(fixture);
        Row(page, "n1").QuerySelector("[data-testid=enter]")!.Click();
        page.Find("[data-testid=measurement-day]").Change("28-02-2026");
        foreach (var number in new[] { "1.234,5", "1.235,25" })
        {
            page.Find("[data-testid=measurement-value]").Change(number);
            await page.Find("[data-testid=measurement-form]").SubmitAsync();
            Assert.Equal(number, MessageText(Row(page, "n1"), "now"));
        }

        // The day has the number it had; undone once more, it has none.
        var snackbars = fixture.Render<MudBlazor.MudSnackbarProvider>();
        await Undo().ClickAsync(new());
        page.WaitForAssertion(() => Assert.Equal(
            ["1.234,5", "1.235,25", "1.234,5"], page.FindAll("[data-testid=measurement] b").Select(b => b.TextContent)));
        Assert.Equal("1.234,5", MessageText(Row(page, "n1"), "now"));

        AngleSharp.Dom.IElement Undo() =>
            snackbars.FindAll("button").Last(b => b.TextContent.Contains("Fortryd", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_only_number_of_a_day_is_taken_back_when_saving_it_is_undone()
    {
        await using var fixture = await BenefitFixture.OpenAsync();
        var page = Open(fixture);
        Row(page, "n1").QuerySelector("[data-testid=enter]")!.Click();
        page.Find("[data-testid=measurement-day]").Change("28-02-2026");
        page.Find("[data-testid=measurement-value]").Change("7");
        await page.Find("[data-testid=measurement-form]").SubmitAsync();
        await fixture.Render<MudBlazor.MudSnackbarProvider>().FindAll("button")
            .Last(b => b.TextContent.Contains("Fortryd", StringComparison.Ordinal)).ClickAsync(new());
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("[data-testid=measurement]").Count));
        Assert.Equal("ingen data", MessageText(Row(page, "n1"), "now"));
    }

    [Fact]
    public async Task Pasted_numbers_are_undone_together_and_each_day_has_what_it_had()
    {
        await using var fixture = await BenefitFixture.OpenAsync();
        await fixture.Store.AddMeasurementsAsync(
            fixture.Viewer, fixture.Chain, [new NewMeasurement("n1", January, 3, "journalen")], "form", default);
        var page = Open(fixture);
        Row(page, "n1").QuerySelector("[data-testid=paste]")!.Click();
        var day = DanishTime.DateOf(January);
        await page.InvokeAsync(() => page.FindComponent<PasteDialog>().Instance.SentAsync(
            1, $"{day:dd-MM-yyyy}\t4\n{day.AddDays(1):dd-MM-yyyy}\t5", null));
        await page.Find("[data-testid=paste-save]").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Equal(3, page.FindAll("[data-testid=measurement]").Count));
        var snackbars = fixture.Render<MudBlazor.MudSnackbarProvider>();
        Assert.Contains("2 tal er gemt.", snackbars.Markup, StringComparison.Ordinal);
        await snackbars.FindAll("button").Last(b => b.TextContent.Contains("Fortryd", StringComparison.Ordinal)).ClickAsync(new());
        var read = (await fixture.Store.ReadAsync(fixture.Viewer, fixture.Chain, default))!.Measurements;
        Assert.Equal(
            [(day, 3m, "journalen")], MonthlyValues.Current(read).Select(m => (DanishTime.DateOf(m.At), m.Value!.Value, m.Note!)));

        Assert.Contains("Fortrudt", snackbars.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("2 tal er gemt.", snackbars.Markup, StringComparison.Ordinal);

        // The history keeps all that was entered.
        Assert.Equal(5, read.Count);
    }

    [Fact]
    public async Task Pasted_numbers_that_a_colleague_has_changed_since_are_not_undone()
    {
        await using var fixture = await BenefitFixture.OpenAsync();
        var (_, saved) = await fixture.Store.AddMeasurementsAsync(fixture.Viewer, fixture.Chain,
            [new NewMeasurement("n1", January, 3, null), new NewMeasurement("n1", January.AddDays(1), 4, null)], "paste", default);
        var back = MeasurementUndo.Of(saved, saved);
        await fixture.Store.AddMeasurementsAsync(
            fixture.Viewer with { Name = "Bo" }, fixture.Chain, [new NewMeasurement("n1", January, 9, null)], "form", default);
        var (outcome, _) = await fixture.Store.AddMeasurementsAsync(fixture.Viewer, fixture.Chain, back, "form", default);
        Assert.Equal("Bo", outcome.MeanwhileNumber?.EnteredBy);
        var read = (await fixture.Store.ReadAsync(fixture.Viewer, fixture.Chain, default))!.Measurements;
        Assert.Equal([9m, 4m], MonthlyValues.Current(read).Select(m => m.Value!.Value));
    }

    [Fact]
    public async Task A_benefit_takes_no_numbers_before_it_is_described_how_it_is_measured_and_an_empty_one_is_not_described()
    {
        await using var fixture = await BenefitFixture.OpenAsync();
        await fixture.Fixture.MakeAsync(ChainApply.Apply(ChainDocument.Empty with { Title = "Ny" }, [
            .. ChainOperation.Add("b1", ChainKind.Benefit).Changes,
            .. ChainOperation.Add("b2", ChainKind.Benefit, (ElementProperty.Text, "Kortere ventetid")).Changes]), "ny");
        var read = (await fixture.Figures.ReadAsync(
            fixture.Viewer, "ny", Period.YearUpTo(Month.Of(fixture.Fixture.Time.GetUtcNow())), default))!.Benefits;
        Assert.Equal(
            [("b1", BenefitState.Empty, false), ("b2", BenefitState.Described, false)],
            read.Select(b => (b.Element.Id, b.Standing.State, b.TakesNumbers)).Order());
        var page = Open(fixture);
        Assert.Null(Row(page, "g3").QuerySelector("[data-testid=enter], [data-testid=paste], [data-testid=ask-number]"));
        Assert.Contains("Tal kan indtastes, når", Row(page, "g3").TextContent, StringComparison.Ordinal);
        await fixture.Store.SaveIndicatorAsync(
            fixture.Viewer, fixture.Chain, "g3", new IndicatorDefinition { Key = "g3", Name = "Klager", Kind = IndicatorKind.ByHand }, null,
            default);
        page = Open(fixture);
        Assert.NotNull(Row(page, "g3").QuerySelector("[data-testid=enter]"));
    }

    [Fact]
    public async Task Measurements_have_their_order_and_columns_in_the_address_and_the_file_has_the_same()
    {
        await using var fixture = await BenefitFixture.OpenAsync();
        await fixture.Store.AddMeasurementsAsync(
            fixture.Viewer, fixture.Chain,
            [new NewMeasurement("n1", January, 3, "først"), new NewMeasurement("n1", January.AddDays(7), 9, null)], "form", default);
        var navigation = fixture.Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo($"/effektkaeder/{fixture.Chain}/gevinster?kol=note");
        var page = Open(fixture);
        Assert.Equal(["9", "3"], page.FindAll("[data-testid=measurement] b").Select(b => b.TextContent));
        var table = page.Find("[data-testid=measurement]").Closest("table")!;
        Assert.Equal(["Tal", "Dag", "Note"], table.QuerySelectorAll("thead th").Select(h => h.TextContent.Trim()).Where(h => h != "Slet"));
        Assert.Equal(
            $"/api/effektkaeder/{fixture.Chain}/maalinger/eksport.csv?elementId=n1&kol=note",
            Row(page, "n1").QuerySelector("[data-testid=export-csv]")!.GetAttribute("href"));

        page.Find("[data-testid=filter-name]").Input("Med noter");
        await page.Find(".keep-filter").SubmitAsync();
        Assert.Equal(
            $"/effektkaeder/{fixture.Chain}/gevinster?kol=note",
            page.Find("[data-testid=kept-filter] a").GetAttribute("href"));
        navigation.NavigateTo(page.Find("[data-testid=sort-tal]").GetAttribute("href")!);
        page.WaitForAssertion(
            () => Assert.Equal(["3", "9"], page.FindAll("[data-testid=measurement] b").Select(b => b.TextContent)));
    }

    [Fact]
    public async Task A_change_of_a_locked_baseline_asks_for_the_reason_and_is_shown()
    {
        await using var fixture = await BenefitFixture.OpenAsync();
        await fixture.Store.SaveIndicatorAsync(fixture.Viewer, fixture.Chain, "d1", Disputes, null, default);
        var page = Open(fixture);
        Row(page, "d1").QuerySelector("[data-testid=describe]")!.Click();
        page.Find("[data-testid=baseline-value]").Change("600");
        await page.Find("[data-testid=indicator-form]").SubmitAsync();
        Assert.Contains("Det her er aftalt og låst", page.Find("[data-testid=indicator-problems]").TextContent, StringComparison.Ordinal);
        page.Find("[data-testid=reason]").Change("Journalen var talt forkert");
        await page.Find("[data-testid=indicator-form]").SubmitAsync();
        var text = Row(page, "d1").QuerySelector("[data-testid=deviation]")!.TextContent;
        Assert.Contains("nulpunkt 550 tvister → 600 tvister", text, StringComparison.Ordinal);
        Assert.Contains("Journalen var talt forkert", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_comes_moves_the_number_while_one_looks()
    {
        await using var fixture = await BenefitFixture.OpenAsync();
        await fixture.Store.SaveIndicatorAsync(fixture.Viewer, fixture.Chain, "g1", new IndicatorDefinition { Key = "bevis", Name = "",
            Kind = IndicatorKind.Counted, Unit = "%", Gathering = Aggregation.Whole, Target = 100 }, null, default);
        var page = Open(fixture);
        Assert.Equal("ingen data", MessageText(Row(page, "g1"), "now"));
        var month = Month.Of(fixture.Fixture.Time.GetUtcNow());
        fixture.Counts.Counts = new LetterCounts([(month, Verdict.Delivered.ToWire(), 5, 986), (month, Verdict.Failed.ToWire(), 0, 14)]);
        for (var looks = 0; looks < 50 && MessageText(Row(page, "g1"), "now") != "98,6 %"; looks++)
        {
            fixture.Signal.Raise();
            fixture.Fixture.Time.Advance(TimeSpan.FromSeconds(2));
            await page.InvokeAsync(() => { });
            await Task.Yield();
        }

        page.WaitForAssertion(() => Assert.Equal("98,6 %", MessageText(Row(page, "g1"), "now")));
    }

    [Fact]
    public async Task Behaviour_is_followed_up_with_a_day_and_what_shows_it_and_notes_are_taken_back()
    {
        await using var fixture = await BenefitFixture.OpenAsync();
        var page = Open(fixture);
        page.Find("[data-testid=behaviour-row][data-element-id=b1] [data-testid=follow-behaviour]").Click();
        var form = "[data-testid=behaviour-row][data-element-id=b1]";
        await page.ChooseAsync("happens", Occurrence.Partly);
        page.Find($"{form} [data-testid=note-text]").Change("Seks af ni");
        page.Find($"{form} [data-testid=note-evidence]").Change("samtaler");
        await page.Find($"{form} [data-testid=note-form]").SubmitAsync();
        Assert.Contains("delvist", page.Find($"{form} .chip").TextContent, StringComparison.Ordinal);
        Assert.Contains("Seks af ni · samtaler", page.Find(form).TextContent, StringComparison.Ordinal);
        await page.Find($"{form} p.dim button").ClickAsync(new());
        Assert.Contains("ikke fulgt op", page.Find($"{form} .chip").TextContent, StringComparison.Ordinal);
        await page.Find("[data-testid=add-Decision]").ClickAsync(new());
        page.Find("[data-testid=notes-decision] [data-testid=note-text]").Change("Skal der sendes igen?");
        await page.Find("[data-testid=notes-decision] [data-testid=note-form]").SubmitAsync();
        Assert.Contains("Skal der sendes igen?", page.Find("[data-testid=notes-decision]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_benefits_that_count_the_same_are_reported()
    {
        await using var fixture = await BenefitFixture.OpenAsync();
        foreach (var id in new[] { "g1", "g3" })
        {
            await fixture.Store.SaveIndicatorAsync(fixture.Viewer, fixture.Chain, id, new IndicatorDefinition { Key = id, Name = "",
                Kind = IndicatorKind.Counted, Unit = "%", Gathering = Aggregation.Whole }, null, default);
        }
        Assert.Contains("De tæller det samme", Open(fixture).Find("[data-testid=double-count]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_manager_measures_and_steers_and_another_authority_sees_no_chain()
    {
        await using var fixture = await BenefitFixture.OpenAsync(PortalRoles.Manager);
        var page = Open(fixture);
        Assert.Equal(4, page.FindAll("[data-testid=benefit-row] [data-testid=describe]").Count);
        Assert.True((await fixture.Store.AddMeasurementsAsync(
            fixture.Viewer, fixture.Chain, [new NewMeasurement("g1", January, 1, null)], "form", default)).Outcome.IsDone);
        Assert.Contains("findes ikke", fixture.Render<BenefitsPage>(p => p.Add(x => x.Id, "en-anden")).Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_only_read_is_shown_no_form_and_no_button_that_changes_anything()
    {
        await using var fixture = await BenefitFixture.OpenAsync();
        await fixture.Store.AddMeasurementsAsync(
            fixture.Viewer, fixture.Chain, [new NewMeasurement("n1", January, 1, null)], "form", default);
        var period = Portal.Features.Benefits.Figures.Period.YearUpTo(Month.Of(fixture.Fixture.Time.GetUtcNow()));
        var benefits = (await fixture.Figures.ReadAsync(fixture.Viewer, fixture.Chain, period, default))!;
        var row = fixture.Render<BenefitRow>(p => p.Add(x => x.Figure, benefits.Benefits.Single(b => b.Element.Id == "n1"))
            .Add(x => x.Period, period).Add(x => x.Today, benefits.Today).Add(x => x.Inputs, benefits.Inputs));
        Assert.Equal("1", row.Find("[data-testid=now]").TextContent.Trim());
        Assert.DoesNotContain(row.FindAll("form, button:not([data-testid^=sort-])"), b => b.Closest("[data-testid=list-look]") is null);
    }

    [Fact]
    public async Task What_is_not_revealed_yet_shows_no_benefit_and_no_number_to_those_who_do_not_steer()
    {
        await using var fixture = await BenefitFixture.OpenAsync(PortalRoles.Manager);
        await fixture.Store.AddMeasurementsAsync(
            ChainFixture.Facilitator(), fixture.Chain, [new NewMeasurement("g2", January, 77, "hemmelig")], "form", default);
        var session = await fixture.Fixture.SessionAsync(fixture.Chain);
        await session.ApplyAsync(ChainFixture.Editor("Freja"), ChainOperation.Of(new RevealPlaces([ChainKind.Problem])), default);
        var page = Open(fixture);
        Assert.Empty(page.FindAll("[data-testid=benefit-row], [data-testid=measurement], [data-testid=behaviour-row]"));
        Assert.DoesNotContain("hemmelig", page.Markup, StringComparison.Ordinal);
        Assert.Empty((await fixture.Store.ReadAsync(fixture.Viewer, fixture.Chain, default))!.Measurements);
    }

    [Fact]
    public async Task A_wrong_day_is_deleted_and_leaves_a_gap_and_not_a_zero()
    {
        await using var fixture = await BenefitFixture.OpenAsync();
        await fixture.Store.AddMeasurementsAsync(
            fixture.Viewer, fixture.Chain, [new NewMeasurement("n1", January, 3, null)], "form", default);
        var page = Open(fixture);
        page.Find("[data-testid=measurement-delete]").Click();
        await page.Find("[data-testid=confirm]").ClickAsync(new());
        Assert.Equal(["trukket tilbage", "3"], page.FindAll("[data-testid=measurement] b").Select(b => b.TextContent));
        Assert.Equal("ingen data", MessageText(Row(page, "n1"), "now"));
    }
}
