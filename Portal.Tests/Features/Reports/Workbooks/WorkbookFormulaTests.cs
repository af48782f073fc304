using System.Globalization;
using Portal.Features.Benefits.Calculations;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Inputs;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Chains.Document;
using Portal.Features.Reports.Workbooks;
using Portal.Ingestion.Domain.Time;
using Portal.Tests.Features.Benefits;
using Xunit;

namespace Portal.Tests.Features.Reports.Workbooks;

/// <summary>The formulas of a workbook give what is printed beside them.</summary>
public sealed class WorkbookFormulaTests
{
    private static readonly CultureInfo Danish = CultureInfo.GetCultureInfo("da-DK");

    private static async Task<(BenefitFixture Fixture, ChainBenefits Benefits)> OpenAsync()
    {
        var document = ChainApply.Apply(ChainDocument.Empty with { Title = "Tvister" }, new ChainOperation(
        [
            .. ChainOperation.Add("d1", ChainKind.Problem, (ElementProperty.Text, "Tvist om modtaget post"),
                (ElementProperty.VolumeLikely, "550"),
                (ElementProperty.MinutesEach, "109"), (ElementProperty.VolumePer, "year")).Changes,
            .. ChainOperation.Add("g1", ChainKind.Benefit, (ElementProperty.Text, "Mindre spildtid")).Changes,
            .. ChainOperation.Add("g2", ChainKind.Benefit, (ElementProperty.Text, "Mindre porto")).Changes,
            .. ChainOperation.Add("g3", ChainKind.Benefit, (ElementProperty.Text, "Mere tid til borgerne")).Changes,
        ]).Changes);
        var fixture = await BenefitFixture.OpenAsync(document);
        async Task SaveAsync(string id, IndicatorDefinition definition) =>
            Assert.True((await fixture.Store.SaveIndicatorAsync(fixture.Viewer, fixture.Chain, id, definition, null, default)).IsDone);
        var effect = new DateOnly(2025, 5, 1);
        await SaveAsync("d1", new IndicatorDefinition
        {
            Key = "tvister", Name = "", Unit = "tvister/år", Gathering = Aggregation.Sum, Better = BetterWhen.Lower, Target = 0,
            Baseline = Baseline.None with { Value = 550 }, EffectFrom = effect,
        });
        await SaveAsync("g1", new IndicatorDefinition
        {
            Key = "frigjort", Name = "", Kind = IndicatorKind.Calculated, Formula = "(nulpunkt(tvister) − tvister) × d1.minutter ÷ 60",
            Unit = "timer/år", Gathering = Aggregation.Sum, Form = BenefitForm.Time, Target = 950, Low = 908, High = 1_090.5m,
            EffectFrom = effect,
        });
        await SaveAsync("g2", new IndicatorDefinition
        {
            Key = "porto", Name = "Porto", Unit = "kr./år", Gathering = Aggregation.Sum, Form = BenefitForm.Cash, Low = 10_000,
            High = 25_000,
            EffectFrom = effect.AddYears(1),
        });
        await SaveAsync("g3", new IndicatorDefinition
        {
            Key = "tid", Name = "", Unit = "timer/år", Gathering = Aggregation.Sum, Form = BenefitForm.Time, Likely = 100,
            EffectFrom = effect,
        });
        var numbers = new[] { 9m, 7, 6, 5.5m, 4, 3, 3, 2, 1, 1 }.Select((value, n) => new NewMeasurement(
            "d1", DanishTime.FromLocal(new DateTime(2025, 5, 28, 12, 0, 0).AddMonths(n)), value, null));
        Assert.True((await fixture.Store.AddMeasurementsAsync(fixture.Viewer, fixture.Chain, [.. numbers], "paste", default))
            .Outcome.IsDone);
        var benefits = await fixture.Figures.ReadAsync(
            fixture.Viewer, fixture.Chain, new Period(Month.Of(2025, 5), Month.Of(2026, 2)), default);
        return (fixture, benefits!);
    }

    [Fact]
    public async Task The_formula_of_every_step_gives_the_printed_result()
    {
        var (fixture, benefits) = await OpenAsync();
        await using var _ = fixture;
        var read = new WorkbookReading(BenefitWorkbook.Write(benefits));
        Assert.Empty(read.Errors);
        var steps = benefits.All.SelectMany(f => f.Steps).ToList();
        var rows = read.Rows("Regnestykker");
        Assert.True(rows.Count >= 3);
        Assert.Equal(steps.Count, rows.Count);
        foreach (var (step, row) in steps.Zip(rows))
        {
            var formula = row["Resultat"].Formula!;
            Assert.Matches("^[-+*/().0-9]+$", formula);
            var result = new SheetCalculation(read.Cells("Regnestykker")).Of(formula);
            Assert.Equal(step.ResultIn(Danish), row["Som det står i rapporten"].Text);
            Assert.Equal(row["Som det står i rapporten"].Text, PrintedNumber.Write(result, step.ResultDecimals, Danish));
            Assert.Equal(result, row["Resultat"].Number, 9);
        }

        var figure = rows.Single(r => r["Boks"].Text == "g1" && r.ContainsKey("Gevinstens tal"));
        Assert.Contains("*109/60", figure["Resultat"].Formula!, StringComparison.Ordinal);
        Assert.Equal("timer", figure["Enhed"].Text);
        Assert.Contains("nulpunktet for »Tvist om modtaget post«", figure["Hvad der regnes ud"].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_overview_has_what_was_agreed_from_the_year_of_the_effect_and_totals_that_follow_it()
    {
        var (fixture, benefits) = await OpenAsync();
        await using var _ = fixture;
        var read = new WorkbookReading(BenefitWorkbook.Write(benefits));
        var rows = read.Rows("Gevinstoversigt");
        Dictionary<string, ReadCell> Row(string box) => rows.Single(r => r.TryGetValue("Boks", out var id) && id.Text == box);
        Assert.Equal((908m, 950m, 1_090.5m),
            (Row("g1")["År 0 (2025) lav"].Number, Row("g1")["År 0 (2025) sandsynlig"].Number, Row("g1")["År 5 (2030) høj"].Number));
        Assert.Null(Row("g1")["År 0 (2025) sandsynlig"].Formula);
        Assert.DoesNotContain("År 0 (2025) lav", Row("g2").Keys);
        Assert.Equal((17_500m, "økonomisk frigjort"), (Row("g2")["År 1 (2026) sandsynlig"].Number, Row("g2")["Type"].Text));
        Assert.NotNull(Row("g2")["År 1 (2026) sandsynlig"].Formula);
        var totals = rows.Where(r => r["Gevinst"].Text.StartsWith("I alt", StringComparison.Ordinal)).ToDictionary(r => r["Gevinst"].Text);
        Assert.Equal(["I alt: økonomisk frigjort, kr.", "I alt: frigjort tid, timer"], totals.Keys);
        Assert.Equal(1_050, totals["I alt: frigjort tid, timer"]["År 0 (2025) sandsynlig"].Number);
        Assert.Equal(17_500, totals["I alt: økonomisk frigjort, kr."]["År 5 (2030) sandsynlig"].Number);
        foreach (var cell in rows.SelectMany(r => r.Values).Where(c => c.Formula is not null))
            Assert.Equal(cell.Number, new SheetCalculation(read.Cells("Gevinstoversigt")).Of(cell.Formula!), 9);
    }

    [Fact]
    public async Task The_agreed_numbers_and_their_history_are_in_the_file()
    {
        var (fixture, _) = await OpenAsync();
        await using var __ = fixture;
        var minutes = new InputKey("d1", InputPart.Minutes);
        var saved = await fixture.Store.SaveInputAsync(fixture.Viewer, fixture.Chain,
            new NewInput(minutes, 90, new DateOnly(2026, 1, 1), "Ny tidsmåling", "P. Madsen", true, "Målt igen", 1), default);
        Assert.Empty(saved.Problems);
        var read = new WorkbookReading(BenefitWorkbook.Write((await fixture.Figures.ReadAsync(
            fixture.Viewer, fixture.Chain, new Period(Month.Of(2025, 5), Month.Of(2026, 2)), default))!));
        var input = read.Rows("Forudsætninger").Single(r => r["Forudsætning"].Text.StartsWith("minutter", StringComparison.Ordinal));
        Assert.Equal((90m, "minutter", "Ny tidsmåling", "P. Madsen"),
            (input["Værdi"].Number, input["Enhed"].Text, input["Kilde"].Text, input["Ejer"].Text));
        Assert.Equal("låst den 04.03.2026 af Freja", input["Låst"].Text);
        Assert.Equal(new DateTime(2026, 1, 1), input["Gælder fra"].Date);
        var change = read.Rows("Historik").Single(r => r["Hvad"].Text == "Værdi" && r["Version"].Number == 2);
        Assert.Equal((109m, 90m, "Målt igen", "Freja"),
            (change["Fra"].Number, change["Til"].Number, change["Begrundelse"].Text, change["Hvem"].Text));
    }
}
