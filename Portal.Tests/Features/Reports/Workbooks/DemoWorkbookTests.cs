using System.Globalization;
using Portal.Features.Benefits.Calculations;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Import;
using Portal.Features.Chains.Examples;
using Portal.Features.Demo;
using Portal.Features.Reports.Workbooks;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Figures;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Settings;
using Portal.Tests.Features.Benefits;
using Xunit;

namespace Portal.Tests.Features.Reports.Workbooks;

/// <summary>The workbooks of the example chains, in many periods: valid, and every calculation gives what is printed.</summary>
public sealed class DemoWorkbookTests
{
    private static readonly CultureInfo Danish = CultureInfo.GetCultureInfo("da-DK");

    private static async Task<BenefitFixture> OpenAsync()
    {
        var fixture = await BenefitFixture.OpenAsync();
        fixture.Fixture.Time.SetUtcNow(new DateTimeOffset(2026, 11, 23, 13, 0, 0, TimeSpan.Zero));
        foreach (var example in new ChainExamples().All) await fixture.Fixture.MakeAsync(example.Document, $"demo-{example.Id}");
        await new DemoBenefits(fixture.Store, new PortalSettings(), fixture.Fixture.Time).RunAsync(default);
        fixture.Counts.Counts = new LetterCounts([.. Enumerable.Range(0, 8).SelectMany(n => new[]
        {
            (Month.Of(2026, 4) + n, Verdict.Delivered.ToWire(), 5, 20L + (n * 11)),
            (Month.Of(2026, 4) + n, Verdict.Failed.ToWire(), 0, 7L + n),
        })]);
        return fixture;
    }

    [Fact]
    public async Task Every_calculation_of_every_period_recomputes()
    {
        await using var fixture = await OpenAsync();
        var recomputed = 0;
        for (var n = 0; n < 24; n++)
        {
            var last = Month.Of(2026, 11) + -n;
            var period = n % 2 == 0 ? Period.YearUpTo(last) : new Period(last + -2, last);
            var chains = await fixture.Figures.ReadAllAsync(fixture.Viewer, null, period, default);
            var read = new WorkbookReading(BenefitWorkbook.WriteAll(chains, period));
            if (n == 0) Assert.Empty(read.Errors);
            var calculation = new SheetCalculation(read.Cells("Regnestykker"));
            foreach (var (step, row) in chains.SelectMany(c => c.All).SelectMany(f => f.Steps).Zip(read.Rows("Regnestykker")))
            {
                var result = PrintedNumber.Write(calculation.Of(row["Resultat"].Formula!), step.ResultDecimals, Danish);
                Assert.Equal((row["Som det står i rapporten"].Text, step.ResultIn(Danish)), (result, result));
                recomputed++;
            }
        }

        Assert.True(recomputed > 24, $"Only {recomputed} calculations.");
    }

    [Fact]
    public async Task The_workbook_of_the_first_chain_can_be_imported_into_it_and_changes_nothing()
    {
        await using var fixture = await OpenAsync();
        const string chain = "demo-digital-post-huslejenaevn";
        var benefits = (await fixture.Figures.ReadAsync(fixture.Viewer, chain, Period.YearUpTo(Month.Of(2026, 11)), default))!;
        var file = BenefitWorkbook.Write(benefits, new WorkbookOrigin(fixture.Fixture.Time.GetUtcNow(), "Freja"));
        if (Environment.GetEnvironmentVariable("WB_DUMP") is { } path) await File.WriteAllBytesAsync(path, file);
        var import = new OverviewImport(fixture.Fixture.Node(), fixture.Store, fixture.Fixture.Time);
        var plan = await import.PlanAsync(fixture.Viewer, chain, file, default);
        Assert.Empty(plan.Unused);
        Assert.Equal(benefits.Benefits.Count, plan.Rows.Count);
        Assert.All(plan.Rows, r => Assert.Equal(PlannedAction.Same, r.Action));
    }
}
