using System.Globalization;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Inputs;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Examples;
using Portal.Features.Demo;
using Portal.Features.Reports;
using Portal.Features.Reports.Documents;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Figures;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Settings;
using Portal.Platform.Documents.Model;
using Portal.Platform.Text;
using Portal.Tests.Features.Benefits;
using Xunit;

namespace Portal.Tests.Features.Reports;

/// <summary>
/// Every calculation that a report prints is calculated again from the report's own text: each gives the printed result to its decimals,
/// and the last one of a figure is the number on the front page.
/// </summary>
public sealed class RecomputedReportTests(ITestOutputHelper output)
{
    private static readonly CultureInfo[] Languages = [DanishFormat.Danish, CultureInfo.GetCultureInfo("en-GB")];
    private static readonly Month Last = Month.Of(Given.Today);

    private static readonly Period[] Periods =
        [Period.YearUpTo(Last), new(Last + -5, Last), new(Last + -23, Last), new(Last + -1, Last + -1), new(Last + -14, Last + -3)];

    /// <summary>What people enter, month by month, the newest last.</summary>
    private static readonly (string Name, Func<Random, decimal?[]> Months)[] Kinds =
    [
        ("whole numbers", random => Twenty(_ => random.Next(90))),
        ("decimals", random => Twenty(_ => random.Next(-4_000, 900_000) / 1000m)),
        ("gaps", random => Twenty(_ => random.Next(-60, 300) is >= 0 and var n ? n / 4m : null)),
        ("one month", random => Twenty(n => n == 19 ? random.Next(1, 500) / 10m : null)),
        ("none", _ => Twenty(_ => null)),
        ("zeros", _ => Twenty(_ => 0)),
        ("worse every month", random => random.Next(1, 40) is var step ? Twenty(n => 500 + (n * step)) : []),
        ("thirds", random => random.Next(1, 999) is var third ? Twenty(_ => Math.Round(third / 3m, 6)) : []),
    ];

    private static decimal?[] Twenty(Func<int, decimal?> month) => [.. Enumerable.Range(0, 20).Select(month)];

    [Fact]
    public async Task Every_printed_calculation_gives_what_it_says_in_every_report()
    {
        await using var reports = new ReportFixture();
        var (seed, rows, figures, documents) = (0, 0, 0, 0);
        foreach (var example in new ChainExamples().All)
        {
            foreach (var (name, months) in Kinds)
            {
                await using var fixture = await BenefitFixture.OpenAsync(example.Document);
                fixture.Fixture.Time.SetUtcNow(Given.Now);
                await FillAsync(fixture, example.Document, months(new Random(++seed)), seed);
                foreach (var period in Periods)
                {
                    var benefits = (await fixture.Figures.ReadAsync(fixture.Viewer, fixture.Chain, period, default))!;
                    var report = reports.Build(benefits);
                    foreach (var language in Languages)
                    {
                        documents++;
                        var document = ReportDocumentBuilder.Build(report, language);
                        var (checkedRows, checkedFigures) = Check(document, language, $"{example.Id}, {name}, {period}, {language.Name}");
                        (rows, figures) = (rows + checkedRows, figures + checkedFigures);
                    }
                }
            }
        }

        output.WriteLine($"{documents} reports: {rows} printed calculations calculated again, {figures} of them held against page one.");
        Assert.True(rows > 1_000 && figures > 200, $"Only {rows} calculations and {figures} figures were checked.");
    }

    [Fact]
    public async Task The_demos_report_of_each_of_24_months_gives_what_it_says_also_when_it_is_issued()
    {
        await using var reports = new ReportFixture();
        await using var fixture = await BenefitFixture.OpenAsync();
        fixture.Fixture.Time.SetUtcNow(Given.Now);
        const string demo = "demo-digital-post-huslejenaevn";
        await fixture.Fixture.MakeAsync(new ChainExamples().All[0].Document, demo);
        fixture.Counts.Counts = new LetterCounts([(Last, Verdict.Delivered.ToWire(), 5, 22), (Last, Verdict.Failed.ToWire(), 0, 26)]);
        await new DemoBenefits(fixture.Store, new PortalSettings(), fixture.Fixture.Time).RunAsync(default);
        var (rows, figures) = (0, 0);
        for (var back = 0; back < 24; back++)
        {
            var benefits = (await fixture.Figures.ReadAsync(fixture.Viewer, demo, Period.YearUpTo(Last + -back), default))!;
            var report = reports.Build(benefits) with { Number = back + 1, Issued = new ReportIssued(Given.Now, "Freja") };
            foreach (var language in Languages)
            {
                var stored = DocumentJson.Read(DocumentJson.Write(ReportDocumentBuilder.Build(report, language)));
                var (checkedRows, checkedFigures) = Check(stored, language, $"the demo's report {back} months ago, {language.Name}");
                (rows, figures) = (rows + checkedRows, figures + checkedFigures);
            }
        }

        output.WriteLine($"48 issued reports: {rows} printed calculations calculated again, {figures} of them held against page one.");
        Assert.True(rows > 200 && figures > 20, $"Only {rows} calculations and {figures} figures were checked.");
    }

    [Fact]
    public async Task A_share_of_two_letters_is_calculated_again_and_says_its_counts()
    {
        await using var reports = new ReportFixture();
        await using var fixture = await BenefitFixture.OpenAsync();
        fixture.Fixture.Time.SetUtcNow(Given.Now);
        fixture.Counts.Counts = new LetterCounts([(Last, Verdict.Delivered.ToWire(), 5, 1), (Last, Verdict.Failed.ToWire(), 0, 1)]);
        await SaveAsync(fixture, "g1", new IndicatorDefinition { Key = "bevis", Name = "", Kind = IndicatorKind.Counted,
            Measure = LogMeasure.DocumentedShare, Unit = "%", Gathering = Aggregation.Whole, Target = 100 });
        var benefits = (await fixture.Figures.ReadAsync(fixture.Viewer, fixture.Chain, Period.YearUpTo(Last), default))!;
        foreach (var language in Languages)
        {
            var document = ReportDocumentBuilder.Build(reports.Build(benefits), language);
            Assert.True(Check(document, language, "two letters").Figures >= 1);
            Assert.Contains(language == DanishFormat.Danish ? "50 % (1 af 2)" : "50 % (1 of 2)", ReportReading.Text(document),
                StringComparison.Ordinal);
        }
    }

    // Every kind of measurement on the chain's boxes; an input and a target that change within the period; a price of an hour.
    private static async Task FillAsync(BenefitFixture fixture, ChainDocument document, decimal?[] months, int seed)
    {
        fixture.Counts.Counts = new LetterCounts([.. Enumerable.Range(0, 20).SelectMany(n => new[]
        {
            (Last + -n, Verdict.Delivered.ToWire(), 5, ((seed * 7) + (n * 13)) % 41L),
            (Last + -n, Verdict.Failed.ToWire(), 0, (seed + n) % 9L),
        })]);
        var boxes = ChainOrder.Read(document).Where(b => b.Kind is ChainKind.Benefit or ChainKind.NegativeBenefit)
            .Select(b => b.Id).ToList();
        var problem = ChainOrder.Read(document).First(b => b.Kind == ChainKind.Problem);
        await SaveAsync(fixture, problem.Id, new IndicatorDefinition
        {
            Key = "antal_sager", Name = "Sager, der blev talt", Unit = "sager", Gathering = Aggregation.Sum, Better = BetterWhen.Lower,
            Baseline = new Baseline(550.5m, new DateOnly(2024, 1, 1), new DateOnly(2024, 12, 31), "journalen", null, null), Target = 0,
        });
        await EnterAsync(fixture, problem.Id, months);
        var timed = problem.Volume is { MinutesEach: not null, Count: not null };
        for (var n = 0; n < boxes.Count; n++) await SaveAsync(fixture, boxes[n], Definition(n + seed, timed, problem.Id));
        foreach (var box in boxes) await EnterAsync(fixture, box, [.. months.Select(m => m * 1.5m)]);

        if (timed)
        {
            var changed = await fixture.Store.SaveInputAsync(fixture.Viewer, fixture.Chain, new NewInput(
                new InputKey(problem.Id, InputPart.Minutes), 97.25m, new DateOnly(2026, 5, 14), "tidsstudie", "K. Jensen", false,
                "målt igen", 1), default);
            Assert.True(changed.IsDone || boxes.Count < 2, string.Join("; ", changed.Problems.Select(p => p.Text.Danish)));
        }

        Assert.True((await fixture.Store.SaveInputAsync(fixture.Viewer, fixture.Chain, new NewInput(
            InputKey.OfChain(InputPart.HourPrice), 437.5m, null, "overenskomst", "Økonomi", false, null, 0), default)).IsDone);
    }

    private static IndicatorDefinition Definition(int n, bool timed, string problem)
    {
        var each = timed ? $" × {problem}.minutter ÷ 60" : "";
        var unit = timed ? "timer" : "sager";
        var baseline = new Baseline(12.3m, new DateOnly(2024, 1, 1), new DateOnly(2024, 6, 30), "skøn", null, null);
        return (n % 8) switch
        {
            0 => new() { Key = $"sum{n}", Name = "Frigjort tid", Kind = IndicatorKind.Calculated, Unit = unit, Gathering = Aggregation.Sum,
                Formula = $"(nulpunkt(antal_sager) − antal_sager){each}", Form = BenefitForm.Time, Target = 1_000, Baseline = baseline,
                TargetOn = new DateOnly(2027, 1, 1) },
            1 => new() { Key = $"hand{n}", Name = "Timer, der er talt", Unit = "timer", Gathering = Aggregation.Sum,
                Form = BenefitForm.Time, Target = 30, TargetOn = new DateOnly(2026, 12, 31), Low = 20, Likely = 25, High = 40 },
            2 => new() { Key = $"snit{n}", Name = "Tilfredshed", Unit = "af 5", Gathering = Aggregation.Average, Baseline = baseline },
            3 => new() { Key = $"andel{n}", Name = "", Kind = IndicatorKind.Counted, Measure = LogMeasure.DocumentedShare, Unit = "%",
                Gathering = Aggregation.Whole, Target = 100, TargetOn = new DateOnly(2027, 6, 30) },
            4 => new() { Key = $"del{n}", Name = "Andel i procent", Kind = IndicatorKind.Calculated, Unit = "%",
                Gathering = Aggregation.Whole, Formula = "antal_sager ÷ nulpunkt(antal_sager)", Better = BetterWhen.Lower, Target = 50 },
            5 => new() { Key = $"nyt{n}", Name = "Det nyeste", Unit = "dage", Gathering = Aggregation.Latest, Better = BetterWhen.Lower,
                Baseline = baseline, Target = 3 },
            6 => new() { Key = $"gns{n}", Name = "Gennemsnit", Kind = IndicatorKind.Calculated, Unit = unit,
                Gathering = Aggregation.Average, Formula = $"antal_sager × 3{each}", Better = BetterWhen.Lower, Target = 10 },
            _ => new() { Key = $"breve{n}", Name = "", Kind = IndicatorKind.Counted, Measure = LogMeasure.Letters, Unit = "breve",
                Gathering = Aggregation.Sum, Target = 300 },
        };
    }

    private static async Task SaveAsync(BenefitFixture fixture, string box, IndicatorDefinition definition)
    {
        var saved = await fixture.Store.SaveIndicatorAsync(fixture.Viewer, fixture.Chain, box, definition, null, default);
        Assert.True(saved.IsDone, string.Join("; ", saved.Problems.Select(p => p.Text.Danish)));
    }

    private static async Task EnterAsync(BenefitFixture fixture, string box, decimal?[] months)
    {
        var numbers = months.Select((value, n) => (Value: value, Month: Last + (n - months.Length + 1)))
            .Where(m => m.Value is not null)
            .Select(m => new NewMeasurement(box, m.Month.Begins.AddDays(3), m.Value, null)).ToList();
        if (numbers.Count == 0) return;
        var (outcome, _) = await fixture.Store.AddMeasurementsAsync(fixture.Viewer, fixture.Chain, numbers, "form", default);
        Assert.True(outcome.IsDone, string.Join("; ", outcome.Problems.Select(p => p.Text.Danish)));
    }

    // The rows that were calculated again, and how many of them were held against the front page.
    private static (int Rows, int Figures) Check(Document document, CultureInfo language, string which)
    {
        var (rows, figures) = (0, 0);
        var tables = ReportReading.Tables(document);
        var front = tables.Where(t => t.Head[0] is "Gevinst" or "Benefit").SelectMany(t => t.Rows).ToList();
        foreach (var table in tables.Where(t => t.Head is ["Trin", "Regning", "Giver"] or ["Step", "Calculation", "Result"]))
        {
            foreach (var row in table.Rows)
            {
                var (expression, result) = (row[1][0], row[2][0]);
                var (printed, decimals) = ReportReading.Number(result, language);
                var given = ReportReading.Evaluate(expression, language);
                Assert.True(Math.Round(given, decimals, MidpointRounding.AwayFromZero) == printed,
                    $"{which}: {table.Section}: »{row[0][0]}«: {expression} gives {given}, not {result}.");
                rows++;
            }

            // A benefit's own calculation: its last result stands on page one.
            if (front.Find(r => r[0][0].EndsWith(table.Section, StringComparison.Ordinal)) is not { } benefit) continue;
            var last = table.Rows[^1][2][0];
            Assert.True(benefit[2][0] == last || benefit[2][0].StartsWith(last + " ", StringComparison.Ordinal),
                $"{which}: {table.Section}: the calculation gives {last}, page one says {benefit[2][0]}.");
            figures++;
        }

        return (rows, figures);
    }
}
