using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Benefits.Page;
using Portal.Features.Chains.Document;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Figures;
using Portal.Ingestion.Letters;
using Portal.Platform.Access;
using Portal.Tests.Features.Cases;
using Portal.Tests.Features.Chains;
using Portal.Tests.Features.FollowUp;
using Portal.Tests.Platform.Ui;
using Xunit;

namespace Portal.Tests.Features.Benefits;

public sealed class BenefitsPageTests
{
    private static readonly DateTimeOffset January = new(2026, 1, 31, 11, 0, 0, TimeSpan.Zero);

    private static readonly IndicatorDefinition Disputes = new()
    {
        Key = "tvister", Name = "Tvister", Unit = "tvister/år", Gathering = Aggregation.Sum, Better = BetterWhen.Lower, Target = 0,
        Owner = "P. Madsen", EffectFrom = new DateOnly(2026, 1, 1), Baseline = new Baseline(550, new DateOnly(2025, 1, 1),
            new DateOnly(2025, 12, 31), "journal", new DateTimeOffset(2026, 1, 2, 8, 0, 0, TimeSpan.Zero), "Freja"),
    };

    private static readonly Viewer Anna =
        new("anna", "Anna", ViewerRights.Chains | ViewerRights.EditChains | ViewerRights.SteerBenefits, [ChainFixture.Own], TypeScope.None);

    private static IRenderedComponent<BenefitsPage> Open(BenefitFixture fixture) =>
        fixture.Render<BenefitsPage>(p => p.Add(x => x.Id, fixture.Chain));

    private static IElement Row(IRenderedComponent<BenefitsPage> page, string id) => page.Find($"[data-element-id={id}].benefit");

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
    public async Task A_paste_shows_what_was_understood_and_saves_all_or_nothing()
    {
        await using var fixture = await BenefitFixture.OpenAsync();
        var page = Open(fixture);
        Row(page, "n1").QuerySelector("[data-testid=paste]")!.Click();
        await Pasted(page, 1, "Måned\tTal\njanuar 2026\t1.234,5\nfebruar 2026\t1,234.5");
        Assert.Equal(["false", "false", "true"], page.FindAll("[data-testid=paste-line]").Select(l => l.GetAttribute("data-understood")));
        Assert.Contains("0 linjer forstået, 2 ikke forstået, 1 udeladt", page.Find("[data-testid=paste-summary]").TextContent,
            StringComparison.Ordinal);
        Assert.True(page.Find("[data-testid=paste-save]").HasAttribute("disabled"));
        await Pasted(page, 2, "januar 2026\t1.234,5\nfebruar 2026\t2,5");
        Assert.Equal(["1.234,5", "2,5"], page.FindAll("[data-testid=paste-line] td.num[data-label=Tal]").Select(c => c.TextContent));
        await page.Find("[data-testid=paste-save]").ClickAsync(new());
        Assert.Empty(page.FindAll("[data-testid=paste-text]"));
        Assert.Equal(["2,5", "1.234,5"], page.FindAll("[data-testid=measurement] b").Select(b => b.TextContent));
    }

    [Fact]
    public async Task How_a_benefit_is_measured_is_described_and_what_is_wrong_is_said_and_nothing_saved()
    {
        await using var fixture = await BenefitFixture.OpenAsync();
        Assert.True((await fixture.Store.SaveIndicatorAsync(fixture.Viewer, fixture.Chain, "d1", Disputes, null, default)).IsDone);
        var page = Open(fixture);
        Row(page, "g2").QuerySelector("[data-testid=describe]")!.Click();
        Assert.Equal("1000", page.Find("[data-testid=baseline-value]").GetAttribute("value"));
        page.Find("[data-testid=kind-Calculated]").Click();
        page.Find("[data-testid=formula]").Change("(nulpunkt(tvister) − tvister) × d1.minutter");
        await page.Find("[data-testid=indicator-form]").SubmitAsync();
        Assert.Contains("Divider med 60", page.Find("[data-testid=indicator-problems]").TextContent, StringComparison.Ordinal);
        page.Find("[data-testid=formula]").Change("(nulpunkt(tvister) − tvister) × d1.minutter ÷ 60");
        page.Find("[data-testid=baseline-value]").Change("0");
        page.Find("[data-testid=target-value]").Change("1.000");
        await page.NameAsync("owner", "P. Madsen");
        await page.Find("[data-testid=indicator-form]").SubmitAsync();
        Assert.Empty(page.FindAll("[data-testid=indicator-form]"));
        await fixture.Store.AddMeasurementsAsync(
            fixture.Viewer, fixture.Chain, [new NewMeasurement("d1", January, 9, null)], "form", default);
        var saved = (await fixture.Store.ReadAsync(fixture.Viewer, fixture.Chain, default))!.Indicators["g2"][^1].Definition;
        Assert.Equal((IndicatorKind.Calculated, 1000m, "P. Madsen"), (saved.Kind, saved.Target, saved.Owner));
        var again = Open(fixture);
        Assert.Equal("66,9 t", MessageText(Row(again, "g2"), "now"));
        Assert.Equal("9 tvister", MessageText(Row(again, "d1"), "now"));
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

    private static Task Pasted(IRenderedComponent<BenefitsPage> page, int version, string text) =>
        page.InvokeAsync(() => page.FindComponent<PasteDialog>().Instance.SentAsync(version, text, null));

    [Fact]
    public async Task An_older_preview_is_never_saved_and_a_thousand_lines_are_taken()
    {
        await using var fixture = await BenefitFixture.OpenAsync();
        var page = Open(fixture);
        Row(page, "n1").QuerySelector("[data-testid=paste]")!.Click();
        await Pasted(page, 1, "januar 2026\t1\nfebruar 2026\t2");
        Assert.False(page.Find("[data-testid=paste-save]").HasAttribute("disabled"));
        var dialog = page.FindComponent<PasteDialog>();
        await page.InvokeAsync(() => dialog.Instance.Changed(2));
        Assert.True(page.Find("[data-testid=paste-save]").HasAttribute("disabled"));
        Assert.NotEmpty(page.FindAll("[data-testid=paste-reading]"));

        // A late result for an older text must not be shown for the present one.
        await page.InvokeAsync(() => dialog.Instance.Changed(4));
        await Pasted(page, 3, "marts 2026\t3");
        Assert.True(page.Find("[data-testid=paste-save]").HasAttribute("disabled"));
        var day = new DateOnly(2023, 1, 1);
        await Pasted(page, 4, string.Join('\n', Enumerable.Range(0, 1_000).Select(n => $"{day.AddDays(n):dd-MM-yyyy}\t{n},5")));
        await page.Find("[data-testid=paste-save]").ClickAsync(new());
        Assert.Equal(1_000, (await fixture.Store.ReadAsync(fixture.Viewer, fixture.Chain, default))!.Measurements.Count);
    }

    [Fact]
    public async Task A_formula_is_reported_at_its_field_while_it_is_written()
    {
        await using var fixture = await BenefitFixture.OpenAsync();
        await fixture.Store.SaveIndicatorAsync(fixture.Viewer, fixture.Chain, "d1",
            Disputes with { EffectFrom = null, Baseline = Baseline.None with { Value = 900 } }, null, default);
        await fixture.Store.AddMeasurementsAsync(
            fixture.Viewer, fixture.Chain, [new NewMeasurement("d1", January, 30, null)], "form", default);
        var page = Open(fixture);
        Row(page, "g2").QuerySelector("[data-testid=describe]")!.Click();
        page.Find("[data-testid=kind-Calculated]").Click();
        page.Find("[data-testid=unit]").Change("timer/år");
        foreach (var (formula,
            text) in new[] { ("(nulpunkt(tvister) − tvister) × 45 ÷ 60", "Skriv min bag det tal, der er minutter, fx × 45 min ÷ 60."),
                ("50000000000000000000000000000", "større end 1.000.000.000.000"), ("frigjort + 1", "navnet »frigjort« er ukendt") })
        {
            var typing = page.Find("[data-testid=formula]")
                .InputAsync(new Microsoft.AspNetCore.Components.ChangeEventArgs { Value = formula });
            await fixture.Fixture.Time.AdvanceUntilAsync(typing);
            page.WaitForAssertion(
                () => Assert.Contains(text, page.Find("[data-testid=formula-problem]").TextContent, StringComparison.Ordinal));
        }

        page.Find("[data-testid=formula]").Change("(nulpunkt(tvister) − tvister) × 45 min ÷ 60");
        page.WaitForAssertion(() => Assert.Contains(
            "Giver nu 33,8 t i perioden", page.Find("[data-testid=formula-result]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_taken_key_is_reported_at_its_field_and_nothing_typed_is_lost()
    {
        await using var fixture = await BenefitFixture.OpenAsync();
        await fixture.Store.SaveIndicatorAsync(fixture.Viewer, fixture.Chain, "d1", Disputes, null, default);
        var page = Open(fixture);
        Row(page, "g2").QuerySelector("[data-testid=describe]")!.Click();
        page.Find("[data-testid=kind-Calculated]").Click();
        page.Find("[data-testid=formula]").Change("tvister");
        page.Find("[data-testid=key]").Change("tvister");
        await page.NameAsync("owner", "P. Madsen");
        await page.Find("[data-testid=indicator-form]").SubmitAsync();
        Assert.Contains("er i brug", page.Find("[data-testid=problem-Key]").TextContent, StringComparison.Ordinal);
        Assert.Equal("P. Madsen", page.Find("[data-testid=owner]").GetAttribute("value"));
    }

    [Fact]
    public async Task Who_saves_over_a_colleagues_change_sees_both_field_by_field_and_chooses()
    {
        await using var fixture = await BenefitFixture.OpenAsync();
        var first = Disputes with { EffectFrom = null, Baseline = Baseline.None with { Value = 550 } };
        await fixture.Store.SaveIndicatorAsync(fixture.Viewer, fixture.Chain, "d1", first, null, default);
        var page = Open(fixture);
        Row(page, "d1").QuerySelector("[data-testid=describe]")!.Click();
        await fixture.Store.SaveIndicatorAsync(
            Anna, fixture.Chain, "d1", first with { Owner = "A. Holm", Target = 10, Measurer = "Sekretariatet", Low = 5 }, null, default);

        // On the renderer's thread, since Anna's save renders the page again.
        await page.NameAsync("owner", "K. Jensen");
        foreach (var (field, value) in new[] { ("target-value", "20"), ("baseline-value", "500") })
            await page.InvokeAsync(() => page.Find($"[data-testid={field}]").ChangeAsync(new() { Value = value }));
        await page.Find("[data-testid=indicator-form]").SubmitAsync();

        var text = page.Find("[data-testid=indicator-conflict]").TextContent;
        Assert.Contains("Anna", text, StringComparison.Ordinal);
        Assert.Equal(["FieldTarget", "FieldOwner"], page.FindAll("[data-testid=conflict]").Select(c => c.GetAttribute("data-field")));
        Assert.Equal(["10", "20"], page.FindAll("[data-testid=conflict][data-field=FieldTarget] q").Select(q => q.TextContent));
        Assert.Equal(["Forventning, lav: 5", "Måles af: Sekretariatet"],
            page.FindAll("[data-testid=conflict-taken]").Select(t => t.TextContent));
        Assert.Equal("K. Jensen", page.Find("[data-testid=owner]").GetAttribute("value"));
        await page.Find("[data-testid=indicator-form]").SubmitAsync();
        Assert.Contains("Vælg øverst", page.Find("[data-testid=indicator-problems]").TextContent, StringComparison.Ordinal);
        page.Find("[data-field=FieldTarget] [data-testid=keep-theirs]").Click();
        page.Find("[data-field=FieldOwner] [data-testid=keep-mine]").Click();
        await page.Find("[data-testid=indicator-form]").SubmitAsync();
        Assert.Empty(page.FindAll("[data-testid=indicator-form]"));
        var saved = (await fixture.Store.ReadAsync(fixture.Viewer, fixture.Chain, default))!.Indicators["d1"];
        Assert.Equal((3, "K. Jensen", 10m, "Sekretariatet", 5m, 500m), (saved.Count, saved[^1].Definition.Owner,
            saved[^1].Definition.Target, saved[^1].Definition.Measurer, saved[^1].Definition.Low, saved[^1].Definition.Baseline.Value));
    }

    [Fact]
    public async Task A_number_that_a_colleague_entered_meanwhile_is_shown_before_it_is_replaced()
    {
        await using var fixture = await BenefitFixture.OpenAsync();
        var page = Open(fixture);
        Row(page, "n1").QuerySelector("[data-testid=enter]")!.Click();
        page.Find("[data-testid=measurement-day]").Change("31-01-2026");
        page.Find("[data-testid=measurement-value]").Change("2,9");
        await fixture.Store.AddMeasurementsAsync(Anna, fixture.Chain, [new NewMeasurement("n1", January, 3.125m, null)], "form", default);
        await page.Find("[data-testid=measurement-form]").SubmitAsync();
        Assert.Contains("Anna har imens indtastet et tal for 31.01.2026: 3,125", page.Find("[data-testid=number-conflict]").TextContent,
            StringComparison.Ordinal);
        await page.Find("[data-testid=keep-mine]").ClickAsync(new());
        Assert.Equal(["2,9", "3,125"], page.FindAll("[data-testid=measurement] b").Select(b => b.TextContent));
    }

    [Fact]
    public async Task The_same_number_with_another_note_is_shown_too_before_its_note_is_replaced()
    {
        await using var fixture = await BenefitFixture.OpenAsync();
        var page = Open(fixture);
        Row(page, "n1").QuerySelector("[data-testid=enter]")!.Click();
        page.Find("[data-testid=measurement-day]").Change("31-01-2026");
        page.Find("[data-testid=measurement-value]").Change("2,9");
        await fixture.Store.AddMeasurementsAsync(
            Anna, fixture.Chain, [new NewMeasurement("n1", January, 2.9m, "uden Lindebo")], "form", default);
        await page.Find("[data-testid=measurement-form]").SubmitAsync();
        Assert.Equal("uden Lindebo", page.Find("[data-testid=number-conflict] q").TextContent);
        await page.Find("[data-testid=keep-theirs]").ClickAsync(new());
        Assert.Equal(
            "uden Lindebo", Assert.Single((await fixture.Store.ReadAsync(fixture.Viewer, fixture.Chain, default))!.Measurements).Note);
        Assert.Empty(page.FindAll("[data-testid=number-conflict]"));
    }

    [Theory]
    [InlineData(NoteKind.Behaviour, "b1", "[data-testid=behaviour-row][data-element-id=b1]", "follow-behaviour")]
    [InlineData(NoteKind.Cause, "g2", "[data-element-id=g2].benefit", "add-cause")]
    [InlineData(NoteKind.Decision, "", "[data-testid=notes-decision]", "add-Decision")]
    [InlineData(NoteKind.Unplanned, "", "[data-testid=notes-unplanned]", "add-Unplanned")]
    public async Task A_note_that_a_colleague_wrote_meanwhile_is_shown_before_mine_is_saved(
        NoteKind kind, string box, string place, string opener)
    {
        await using var fixture = await BenefitFixture.OpenAsync();
        var today = new DateOnly(2026, 2, 1);
        Occurrence? yes = kind == NoteKind.Behaviour ? Occurrence.Yes : null;
        await fixture.Store.AddNoteAsync(Anna, fixture.Chain, kind, box, today, yes, "Set før der skrives", null, default);
        var page = Open(fixture);
        await page.Find($"{place} [data-testid={opener}]").ClickAsync(new());

        // A colleague's note that was written after the typing began counts as unseen, even if the page shows it before the save.
        await WriteAsync(page, place, "Min");
        await fixture.Store.AddNoteAsync(Anna, fixture.Chain, kind, box, today, yes, "Annas", null, default);
        await page.InvokeAsync(() => page.Find($"{place} [data-testid=note-form]").SubmitAsync());
        var element = page.Find("[data-testid=note-conflict]");
        Assert.Contains("Anna skrev her", element.TextContent, StringComparison.Ordinal);
        Assert.Equal(["Annas", "Min"], element.QuerySelectorAll($"[data-field=Write{kind}] q").Select(q => q.TextContent));
        Assert.Equal("Min", page.Find($"{place} [data-testid=note-text]").GetAttribute("value"));
        Assert.Equal(2, (await fixture.Store.ReadAsync(fixture.Viewer, fixture.Chain, default))!.Notes.Count);
        Assert.DoesNotContain(fixture.JSInterop.Invocations, i => i.Identifier == "portalDrafts.forget");

        await page.Find("[data-testid=keep-mine]").ClickAsync(new());
        Assert.Equal(["Set før der skrives", "Annas", "Min"],
            (await fixture.Store.ReadAsync(fixture.Viewer, fixture.Chain, default))!.Notes.Select(n => n.Text));
        Assert.Empty(page.FindAll("[data-testid=note-conflict]"));
        Assert.Contains(
            fixture.JSInterop.Invocations, i => i.Identifier == "portalDrafts.forget" && (string?)i.Arguments[0] == $"note-{kind}-{box}");
    }

    // On the renderer's thread, as a browser's event is: another person's change may render the page again.
    private static async Task WriteAsync(IRenderedComponent<BenefitsPage> page, string place, string text)
    {
        await page.InvokeAsync(() => page.Find($"{place} [data-testid=note-text]").InputAsync(new() { Value = text }));
        await page.InvokeAsync(() => page.Find($"{place} [data-testid=note-text]").ChangeAsync(new() { Value = text }));
    }

    [Fact]
    public async Task A_note_is_given_up_for_a_colleagues_and_no_question_is_asked_about_what_was_seen_or_says_the_same()
    {
        await using var fixture = await BenefitFixture.OpenAsync();
        var page = Open(fixture);
        await page.Find("[data-testid=add-Decision]").ClickAsync(new());
        await WriteAsync(page, "[data-testid=notes-decision]", "Min");
        await fixture.Store.AddNoteAsync(
            Anna, fixture.Chain, NoteKind.Decision, "", new DateOnly(2026, 2, 1), null, "Annas", null, default);
        await page.Find("[data-testid=notes-decision] [data-testid=note-form]").SubmitAsync();
        await page.Find("[data-testid=keep-theirs]").ClickAsync(new());
        Assert.Equal("Annas", Assert.Single((await fixture.Store.ReadAsync(fixture.Viewer, fixture.Chain, default))!.Notes).Text);

        // Her note has now been seen.
        await page.Find("[data-testid=add-Decision]").ClickAsync(new());
        await WriteAsync(page, "[data-testid=notes-decision]", "Næste");
        await page.Find("[data-testid=notes-decision] [data-testid=note-form]").SubmitAsync();
        Assert.Empty(page.FindAll("[data-testid=note-conflict]"));
        Assert.Equal(2, (await fixture.Store.ReadAsync(fixture.Viewer, fixture.Chain, default))!.Notes.Count);
    }

    [Fact]
    public async Task A_database_that_takes_nothing_is_reported_at_each_form_and_what_was_typed_stays_and_is_saved_at_the_next_try()
    {
        await using var fixture = await BenefitFixture.OpenAsync();
        var (store, page) = (fixture.Pages, Open(fixture));
        Row(page, "n1").QuerySelector("[data-testid=enter]")!.Click();
        page.Find("[data-testid=measurement-value]").Change("2,9");
        await RefusedThenSaved(
            page, store, "measurement-form", "measurement-value", "2,9", saved: () => page.FindAll("[data-testid=measurement]").Count == 1);

        await page.Find("[data-testid=add-Decision]").ClickAsync(new());
        page.Find("[data-testid=notes-decision] [data-testid=note-text]").Change("Skal der sendes igen?");
        await RefusedThenSaved(page, store, "notes-decision] [data-testid=note-form", "notes-decision] [data-testid=note-text",
            "Skal der sendes igen?", saved: () => page.FindAll("[data-testid=decision-withdraw]").Count == 1);

        Row(page, "g2").QuerySelector("[data-testid=describe]")!.Click();
        await page.NameAsync("owner", "P. Madsen");
        await RefusedThenSaved(
            page, store, "indicator-form", "owner", "P. Madsen", saved: () => page.FindAll("[data-testid=indicator-form]").Count == 0);

        Row(page, "n1").QuerySelector("[data-testid=paste]")!.Click();
        await Pasted(page, 1, "januar 2026\t1\nfebruar 2026\t2");
        foreach (var error in FollowUpPageTests.Errors().Select(t => t.Data))
        {
            store.Error = FollowUpPageTests.Error(error);
            await page.Find("[data-testid=paste-save]").ClickAsync(new());
            Assert.Contains("Din tekst er bevaret; prøv igen", page.Find("[data-testid=not-saved]").TextContent, StringComparison.Ordinal);
            Assert.Equal(2, page.FindAll("[data-testid=paste-line]").Count);
        }

        store.Error = null;
        await page.Find("[data-testid=paste-save]").ClickAsync(new());
        Assert.Equal(3, (await fixture.Store.ReadAsync(fixture.Viewer, fixture.Chain, default))!.Measurements.Count);

        store.Error = FollowUpPageTests.Error("model");
        await page.Find("[data-testid=decision-withdraw]").ClickAsync(new());
        Assert.Contains("det blev ikke gjort", page.Find("[data-testid=not-saved]").TextContent, StringComparison.Ordinal);
        Assert.Single(page.FindAll("[data-testid=decision-withdraw]"));
    }

    private static async Task RefusedThenSaved(
        IRenderedComponent<BenefitsPage> page, RefusingStore store, string form, string field, string text, Func<bool> saved)
    {
        foreach (var error in FollowUpPageTests.Errors().Select(t => t.Data))
        {
            store.Error = FollowUpPageTests.Error(error);
            await page.Find($"[data-testid={form}]").SubmitAsync();
            Assert.Contains("Din tekst er bevaret; prøv igen", page.Find("[data-testid=not-saved]").TextContent, StringComparison.Ordinal);
            Assert.Equal(text, page.Find($"[data-testid={field}]").GetAttribute("value"));
        }

        store.Error = null;
        await page.Find($"[data-testid={form}]").SubmitAsync();
        page.WaitForState(saved);
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

    [Fact]
    public async Task A_formula_that_an_older_version_let_in_is_a_message_on_the_page_and_is_mended_where_it_was_written()
    {
        await using var fixture = await BenefitFixture.OpenAsync();
        await fixture.KeepAsync("g2", Disputes with { Key = "stor", Kind = IndicatorKind.Calculated,
            Formula = "50000000000000000000000000000", Unit = "", EffectFrom = null, Baseline = Baseline.None });
        var page = Open(fixture);
        Assert.Equal("kan ikke regnes", MessageText(Row(page, "g2"), "now"));
        Assert.Contains("Kan ikke regnes: Tegn 1: tallet bliver større end 1.000.000.000.000", MessageText(Row(page, "g2"), "trouble"),
            StringComparison.Ordinal);
        Row(page, "g2").QuerySelector("[data-testid=describe]")!.Click();
        Assert.Contains("større end", page.Find("[data-testid=formula-problem]").TextContent, StringComparison.Ordinal);
        page.Find("[data-testid=formula]").Change("5");
        await page.Find("[data-testid=indicator-form]").SubmitAsync();
        Assert.Equal("60", MessageText(Row(page, "g2"), "now"));
    }

    private static string MessageText(IElement row, string what) => row.QuerySelector($"[data-testid={what}]")!.TextContent.Trim();
}
