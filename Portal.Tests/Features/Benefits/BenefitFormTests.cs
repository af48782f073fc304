using Bunit;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Benefits.Page;
using Portal.Tests.Features.Cases;
using Portal.Tests.Features.FollowUp;
using Portal.Tests.Platform.Ui;
using Xunit;
using static Portal.Tests.Features.Benefits.BenefitsPageParts;

namespace Portal.Tests.Features.Benefits;

/// <summary>The forms of a benefit: what is wrong is said at its field, and nothing that was typed is lost.</summary>
public sealed class BenefitFormTests
{
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
        foreach (var error in PageErrors.Errors().Select(t => t.Data))
        {
            store.Error = PageErrors.Error(error);
            await page.Find("[data-testid=paste-save]").ClickAsync(new());
            Assert.Contains("Din tekst er bevaret; prøv igen", page.Find("[data-testid=not-saved]").TextContent, StringComparison.Ordinal);
            Assert.Equal(2, page.FindAll("[data-testid=paste-line]").Count);
        }

        store.Error = null;
        await page.Find("[data-testid=paste-save]").ClickAsync(new());
        Assert.Equal(3, (await fixture.Store.ReadAsync(fixture.Viewer, fixture.Chain, default))!.Measurements.Count);

        store.Error = PageErrors.Error("model");
        await page.Find("[data-testid=decision-withdraw]").ClickAsync(new());
        Assert.Contains("det blev ikke gjort", page.Find("[data-testid=not-saved]").TextContent, StringComparison.Ordinal);
        Assert.Single(page.FindAll("[data-testid=decision-withdraw]"));
    }

    private static async Task RefusedThenSaved(
        IRenderedComponent<BenefitsPage> page, RefusingStore store, string form, string field, string text, Func<bool> saved)
    {
        foreach (var error in PageErrors.Errors().Select(t => t.Data))
        {
            store.Error = PageErrors.Error(error);
            await page.Find($"[data-testid={form}]").SubmitAsync();
            Assert.Contains("Din tekst er bevaret; prøv igen", page.Find("[data-testid=not-saved]").TextContent, StringComparison.Ordinal);
            Assert.Equal(text, page.Find($"[data-testid={field}]").GetAttribute("value"));
        }

        store.Error = null;
        await page.Find($"[data-testid={form}]").SubmitAsync();
        page.WaitForState(saved);
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
}
