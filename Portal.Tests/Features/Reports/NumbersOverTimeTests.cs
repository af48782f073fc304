using Bunit;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Inputs;
using Portal.Features.Reports.Documents;
using Portal.Features.Reports.Workbooks;
using Portal.Ingestion.Domain.Time;
using Portal.Platform.Text;
using Portal.Tests.Features.Benefits;
using Portal.Tests.Features.Reports.Workbooks;
using Xunit;

namespace Portal.Tests.Features.Reports;

/// <summary>A report in whose year an agreed number was changed says which number is which, and where each comes from.</summary>
public sealed class NumbersOverTimeTests
{
    private static readonly InputKey Minutes = new("d1", InputPart.Minutes);

    private static readonly IndicatorDefinition Hours = new()
    {
        Key = "timer", Name = "Timer", Kind = IndicatorKind.Calculated, Formula = "(nulpunkt(tvister) − tvister) × d1.minutter ÷ 60",
        Unit = "timer/år", Gathering = Aggregation.Sum, Target = 900, EffectFrom = new DateOnly(2026, 1, 1), Low = 757, High = 908,
        Assumptions = "En tvist koster 109 minutter",
    };

    private static async Task<BenefitFixture> OpenAsync()
    {
        var fixture = await BenefitFixture.OpenAsync();
        fixture.Fixture.Time.SetUtcNow(Given.Now);
        Assert.True((await fixture.Store.SaveIndicatorAsync(fixture.Viewer, fixture.Chain, "d1", new IndicatorDefinition
        {
            Key = "tvister", Name = "Tvister", Unit = "tvister/år", Gathering = Aggregation.Sum, Better = BetterWhen.Lower, Target = 0,
            Baseline = Baseline.None with { Value = 550, Source = "journal" },
        }, null, default)).IsDone);
        Assert.True((await fixture.Store.SaveIndicatorAsync(fixture.Viewer, fixture.Chain, "g2", Hours, null, default)).IsDone);
        foreach (var month in Enumerable.Range(1, 10))
        {
            await fixture.Store.AddMeasurementsAsync(fixture.Viewer, fixture.Chain,
                [new("d1", new DateTimeOffset(2026, month, 10, 11, 0, 0, TimeSpan.Zero), 4, null)], "form", default);
        }

        return fixture;
    }

    private static async Task ChangeAsync(BenefitFixture fixture)
    {
        fixture.Fixture.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.True((await fixture.Store.SaveInputAsync(fixture.Viewer, fixture.Chain,
            new NewInput(Minutes, 120, new DateOnly(2026, 7, 1), "tidsstudie", null, false, "Målt på ny", 1), default)).IsDone);
    }

    private static async Task<ChainBenefits> ReadAsync(BenefitFixture fixture) =>
        (await fixture.Figures.ReadAsync(fixture.Viewer, fixture.Chain, Given.Year, default))!;

    private static async Task<string> TextAsync(ChainBenefits benefits)
    {
        await using var reports = new ReportFixture();
        return ReportReading.Text(ReportDocumentBuilder.Build(reports.Build(benefits), DanishFormat.Danish));
    }

    [Fact]
    public async Task The_chains_own_numbers_say_which_number_they_are_calculated_with_and_what_it_was_before()
    {
        await using var fixture = await OpenAsync();
        Assert.DoesNotContain("; før ", await TextAsync(await ReadAsync(fixture)), StringComparison.Ordinal);
        await ChangeAsync(fixture);
        var text = await TextAsync(await ReadAsync(fixture));
        Assert.Contains(
            "Minutter for hver: 120 min, gælder fra 1. juli 2026; før 109 min; kilde: tidsstudie.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_count_says_where_it_comes_from_where_it_is_calculated_with_on_the_page_in_the_report_and_in_the_workbook()
    {
        await using var fixture = await OpenAsync();
        const string unwritten = "minutter for hver: 109 min; fra kæden, ingen kilde skrevet";
        Assert.Contains(unwritten[1..], await TextAsync(await ReadAsync(fixture)), StringComparison.Ordinal);
        var page = fixture.Render<Portal.Features.Benefits.Page.BenefitsPage>(p => p.Add(x => x.Id, fixture.Chain));
        Assert.Equal(unwritten, page.Find("[data-element-id=g2].benefit [data-testid=calculation-source]").TextContent.Trim());
        await ChangeAsync(fixture);
        var rows = new WorkbookReading(BenefitWorkbook.Write(await ReadAsync(fixture))).Rows("Regnestykker");
        Assert.Equal("minutter for hver: 120 min, gælder fra 01.07.2026; før 109 min; kilde: tidsstudie",
            rows.Single(r => r["Boks"].Text == "g2" && r.ContainsKey("Gevinstens tal"))["Hvor tallene kommer fra"].Text);
    }

    [Fact]
    public async Task What_was_written_when_a_number_was_another_one_says_so_where_it_stands()
    {
        await using var fixture = await OpenAsync();
        Assert.DoesNotContain("skrevet, da", await TextAsync(await ReadAsync(fixture)), StringComparison.Ordinal);
        await ChangeAsync(fixture);
        var benefits = await ReadAsync(fixture);
        var text = await TextAsync(benefits);
        Assert.Contains("En tvist koster 109 minutter (skrevet, da minutter for hver var 109 min)", text, StringComparison.Ordinal);
        Assert.Contains("757–908 t (skrevet, da minutter for hver var 109 min)", text, StringComparison.Ordinal);
        var figure = benefits.All.Single(f => f.Element.Id == "g2");
        Assert.Contains("skrevet, da minutter for hver var 109 min",
            Portal.Features.Reports.ReportRows.Of(benefits, figure, new ReportLanguage(DanishFormat.Danish)).Target.Notes);
        var page = fixture.Render<Portal.Features.Benefits.Page.BenefitsPage>(p => p.Add(x => x.Id, fixture.Chain));
        Assert.Contains(
            "109 min", page.Find("[data-element-id=g2].benefit [data-testid=expected-older]").TextContent, StringComparison.Ordinal);
        page.Find("[data-element-id=g2].benefit [data-testid=describe]").Click();
        Assert.Contains(page.Find("#i-forudsat").GetAttribute("aria-describedby")!.Split(' '),
            id => page.FindAll($"#{id}").Any(e => e.TextContent.Contains("109 min", StringComparison.Ordinal)));

        // Whoever writes it again knows the new number.
        fixture.Fixture.Time.Advance(TimeSpan.FromMinutes(1));
        await fixture.Store.SaveIndicatorAsync(fixture.Viewer, fixture.Chain, "g2",
            Hours with { Low = 830, High = 1_000, Assumptions = "En tvist koster 120 minutter" }, null, default);
        Assert.DoesNotContain("skrevet, da", await TextAsync(await ReadAsync(fixture)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Locked_means_on_the_page_in_the_report_and_in_the_workbook_that_a_change_asks_why()
    {
        await using var fixture = await OpenAsync();
        var benefits = await ReadAsync(fixture);
        var byEffect = "låst, fordi effekten er begyndt";
        Assert.Equal(byEffect, benefits.LockOf(benefits.Inputs.Find(Minutes)!)!.In(DanishFormat.Danish));
        Assert.Null(benefits.LockOf(benefits.Inputs.Find(new InputKey("d1", InputPart.Share))!));
        var page = fixture.Render<Portal.Features.Benefits.Page.BenefitsPage>(p => p.Add(x => x.Id, fixture.Chain));
        Assert.Equal(byEffect, page.Find("[data-input='d1.Minutes'] [data-testid=input-locked]").TextContent);
        Assert.Empty(page.FindAll("[data-input='d1.Share'] [data-testid=input-locked]"));
        page.Find("[data-input='d1.Minutes'] [data-testid=input-edit]").Click();
        Assert.Empty(page.FindAll("[data-testid=input-lock]"));
        Assert.Contains(byEffect, page.Find("[data-testid=input-is-locked]").TextContent, StringComparison.Ordinal);
        var rows = new WorkbookReading(BenefitWorkbook.Write(benefits)).Rows("Forudsætninger");
        Assert.Equal(byEffect, rows.Single(r => r["Forudsætning"].Text.StartsWith("minutter", StringComparison.Ordinal))["Låst"].Text);
        Assert.Contains("Låst: en ændring skal begrundes.", await TextAsync(benefits), StringComparison.Ordinal);

        // The day after, what was agreed is locked by itself.
        fixture.Fixture.Time.Advance(TimeSpan.FromDays(1));
        benefits = await ReadAsync(fixture);
        Assert.Equal("låst, fra dagen efter at tallet blev aftalt",
            benefits.LockOf(benefits.Inputs.Find(new InputKey("d1", InputPart.Share))!)!.In(DanishFormat.Danish));
    }

    [Fact]
    public async Task The_price_of_an_hour_is_followed_from_the_report_the_workbook_and_the_front_page()
    {
        await using var fixture = await OpenAsync();
        await fixture.Store.SaveIndicatorAsync(
            fixture.Viewer, fixture.Chain, "g2", Hours with { Form = BenefitForm.Time }, "Frigjort tid", default);
        Assert.True((await fixture.Store.SaveInputAsync(fixture.Viewer, fixture.Chain, new NewInput(
            InputKey.OfChain(InputPart.HourPrice), 412.5m, null, "Økonomi, 2026", "K. Jensen", false, null, 0), default)).IsDone);
        var benefits = await ReadAsync(fixture);
        var text = await TextAsync(benefits);
        Assert.Contains("når en time regnes til 412,50 kr., angivet af K. Jensen (kilde: Økonomi, 2026)", text, StringComparison.Ordinal);

        // (550 × 10 ÷ 12 − 40) × 109 ÷ 60 hours, multiplied once.
        var hours = ((550m * 10 / 12) - 40) * 109 / 60;
        var kroner = Math.Round(hours * 412.5m, 0, MidpointRounding.AwayFromZero).ToString("N0", DanishFormat.Danish);
        Assert.Contains($"svarer til {kroner} kr.", text, StringComparison.Ordinal);
        var row = new WorkbookReading(BenefitWorkbook.Write(benefits)).Rows("Regnestykker")
            .Single(r => r["Hvad der regnes ud"].Text == "Timer gange prisen for en time");
        Assert.Equal(kroner, row["Som det står i rapporten"].Text);
        Assert.Equal("pris for en time: 412,50 kr.; kilde: Økonomi, 2026", row["Hvor tallene kommer fra"].Text);
        var card = fixture.Render<Portal.Features.Overview.BenefitsCard>(p => p.Add(x => x.Viewer, fixture.Viewer));
        var shown = card.Find("[data-testid=hour-price]");
        Assert.Contains($"svarer til {kroner} kr. ved", shown.TextContent, StringComparison.Ordinal);
        Assert.Contains("kilde: Økonomi, 2026", shown.TextContent, StringComparison.Ordinal);
        Assert.Equal("412,50 kr. for en time", shown.QuerySelector("a")!.TextContent.Trim());
        Assert.Equal($"/effektkaeder/{fixture.Chain}/gevinster#aftalte-tal", shown.QuerySelector("a")!.GetAttribute("href"));
    }
}
