using System.Diagnostics;
using System.Globalization;
using CsCheck;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Portfolio;
using Portal.Features.Chains.Document;
using Portal.Features.Reports;
using Portal.Features.Reports.Documents;
using Portal.Features.Reports.Workbooks;
using Portal.Ingestion.Domain.Time;
using Portal.Platform.Text.Numbers;
using Portal.Platform.Text;
using Xunit;

namespace Portal.Tests.Features.Benefits;

/// <summary>
/// Formulas, numbers and chains made to break something: each is saved or refused with a message, and every page shows a number within
/// <c>Amount</c>'s limit or says why there is none.
/// </summary>
public sealed class HostileFormulaTests(ITestOutputHelper output)
{
    private const int Boxes = 12;

    private static readonly string[] Names = [.. Enumerable.Range(0, Boxes)
        .Select(n => $"p{n}"), "P0", "[e1].timer", "e1.antal", "e2.lav", "nulpunkt(p1)", "mål(p2)", "nulpunkt", "mål", "ukendt"];

    private static readonly string[] Literals =
        ["0", "1", "-1", "0,0000000000000000000000000001", "1000000000000", "999999999999,99", "50000000000000000000000000000",
            "79228162514264337593543950335", new('9', 120), "1.000", "0.125", "٣٤", "１２", "60", "45 min", "100 %", "1e9"];

    private static readonly Gen<string> Literal = Gen.Int[0, Literals.Length - 1].Select(n => Literals[n]);

    private static readonly Gen<string> Name = Gen.Int[0, Names.Length - 1].Select(n => Names[n]);

    private static readonly Gen<string> Operator = Gen.Int[0, 5].Select(n => new[] { "+", "−", "×", "÷", "*", "/" }[n]);

    private static readonly Gen<string> Evil = Gen.OneOf(
        // Wide: one operator repeated between names, up to 500 characters.
        Gen.Select(Name, Operator, Gen.Int[1, 250]).Select((name, by, times) => Cut(string.Join(by, Enumerable.Repeat(name, times)))),
        // Deeply nested.
        Gen.Select(Gen.Int[1, 60], Gen.OneOf(Name, Literal))
            .Select((depth, inner) => new string('(', depth) + inner + new string(')', depth)),
        Gen.Select(Gen.Int[1, 60], Literal).Select((depth, inner) => new string('-', depth) + inner),
        // Names, literals and operators in any order.
        Gen.Select(Gen.OneOf(Name, Literal), Gen.Select(Operator, Gen.OneOf(Name, Literal)).Select((by, of) => by + of).Array[0, 20])
            .Select((first, rest) => Cut(first + string.Concat(rest))),
        // Powers, which grow past any limit.
        Gen.Select(Literal, Gen.Int[2, 30]).Select((of, times) => Cut(string.Join('×', Enumerable.Repeat(of, times)))),
        // Random text.
        Gen.OneOf(Gen.String[0, 30], Name, Operator, Gen.Const("("), Gen.Const(")")).Array[0, 12].Select(p => Cut(string.Concat(p))));

    private static readonly Gen<IndicatorDefinition> Indicator = Gen.Select(Evil, Gen.Int[0, 3], Gen.Int[0, 7], Gen.Bool)
        .Select((formula, gathering, unit, form) => new IndicatorDefinition
        {
            Key = "x", Name = "", Kind = IndicatorKind.Calculated, Formula = formula, Gathering = (Aggregation)gathering, Form = form
                ? BenefitForm.Time
                : BenefitForm.Cash, Target = 1_000_000_000_000m, Baseline = Baseline.None with { Value = -1_000_000_000_000m },
            Unit = new[] { "", "%", "timer/år", "kr.", "stk", "min", "tvister/år", "x" }[unit],
        });

    private static string Cut(string text) => text.Length <= 500 ? text : text[..500];

    [Fact]
    public async Task A_hundred_hostile_formulas_are_saved_or_reported_and_every_page_and_report_lives() => await TryAsync(100);

    [Fact, Long]
    public async Task A_thousand_hostile_formulas_are_saved_or_reported_and_every_page_and_report_lives() => await TryAsync(1_000);

    [Fact]
    public async Task Five_that_name_each_other_a_hundred_times_are_saved_through_the_store_and_shown()
    {
        await using var fixture = await ChainAsync();
        for (var n = 0; n < 5; n++)
        {
            var formula = n == 0 ? "1" : string.Join('+', Enumerable.Repeat($"p{n - 1}", 100));
            var saved = await fixture.Store.SaveIndicatorAsync(fixture.Viewer, fixture.Chain, $"e{n}",
                new IndicatorDefinition { Key = $"p{n}", Name = "", Kind = IndicatorKind.Calculated, Formula = formula }, null, default);
            Assert.True(saved.IsDone, string.Join(' ', saved.Problems.Select(p => p.Text.Danish)));
        }

        var read = (await fixture.Figures.ReadAsync(fixture.Viewer, fixture.Chain, Year(fixture), default))!;
        Assert.Equal(100_000_000, read.All.Single(f => f.Element.Id == "e4").Series.Value);
    }

    private async Task TryAsync(int formulas)
    {
        await using var fixture = await ChainAsync();
        var (saves, saved, count) = (new List<(double Milliseconds, int Number, string Formula)>(formulas), 0, 0);
        var generated = new List<IndicatorDefinition>();
        Indicator.Sample(generated.Add, iter: formulas, threads: 1);

        // The first save of a process compiles queries and code, so its time says nothing about the formula.
        Assert.True((await fixture.Store.SaveIndicatorAsync(fixture.Viewer, fixture.Chain, "e0",
            new IndicatorDefinition { Key = "p0", Name = "", Kind = IndicatorKind.Calculated, Formula = "1" }, null, default)).IsDone);
        for (var n = 0; n < formulas; n++)
        {
            var definition = generated[n] with { Key = $"p{n % Boxes}" };
            var clock = Stopwatch.StartNew();
            var outcome =
                await fixture.Store.SaveIndicatorAsync(fixture.Viewer, fixture.Chain, $"e{n % Boxes}", definition, "fordi", default);
            saves.Add((clock.Elapsed.TotalMilliseconds, n, definition.Formula!));
            Assert.True(outcome.IsDone || outcome.Problems.All(p => p.Text.Danish.Length > 0));
            if (outcome.IsDone) saved++;
            else count++;

            // An older version may have stored what is refused now: written without validation, it must not keep anything from being read.
            if (outcome.IsDone || n % 5 != 0) continue;
            await fixture.KeepAsync($"e{n % Boxes}", definition);
            await ReadAsync(fixture, n % 25 == 0);
        }

        await ReadAsync(fixture, withReports: true);
        var slowest = saves.OrderByDescending(s => s.Milliseconds).Take(5)
            .Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Milliseconds:0} ms (no. {s.Number}: {s.Formula})"));
        var median = saves.Select(s => s.Milliseconds).Order().ElementAt(saves.Count / 2);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{formulas} formulas: {saved} saved, {count} refused with a message; "
            + $"median save {median:0.0} ms, slowest: {string.Join("; ", slowest)}"));
        Assert.True(count > 0 && saved > 0);
    }

    private static async Task ReadAsync(BenefitFixture fixture, bool withReports)
    {
        foreach (var period in new[] { Year(fixture), new Period(Year(fixture).Last + -119, Year(fixture).Last) })
        {
            var read = (await fixture.Figures.ReadAsync(fixture.Viewer, fixture.Chain, period, default))!;
            foreach (var figure in read.All)
            {
                Assert.True(figure.Series.Value is not { } value || Amount.Fits(value));
                Assert.All(figure.Series.Points, p => Assert.True(Amount.Fits(p.Value)));
                Assert.True((figure.Standing.State == BenefitState.NotCalculable) == (figure.Problem is not null));
                Assert.NotNull(figure.Problem?.Danish ?? "");
                _ = BenefitFormat.Value(figure.Series.Value, figure.Definition.Unit);
            }

            _ = ChainProgress.From(read);
            if (!withReports) continue;
            Assert.NotEmpty(BenefitWorkbook.Write(read));
            Assert.NotEmpty(ReportConclusion.Of(read, 1, DanishFormat.Danish));
            var report = new ReportBuilder(fixture.Fixture.Time).Build(read, null);
            Assert.False(ReportDocumentBuilder.Build(report, DanishFormat.Danish).Blocks.IsEmpty);
            Assert.All(read.Benefits, b => Assert.NotNull(ReportRows.Of(read, b, new ReportLanguage(DanishFormat.Danish))));
        }

        Assert.Single(await fixture.Figures.ReadAllAsync(fixture.Viewer, null, Year(fixture), default));
    }

    private static Period Year(BenefitFixture fixture) => Period.YearUpTo(Month.Of(fixture.Fixture.Time.GetUtcNow()));

    private static async Task<BenefitFixture> ChainAsync()
    {
        var document = Enumerable.Range(0, Boxes)
            .Aggregate(ChainDocument.Empty with { Title = "Onde formler" }, (d, n) => ChainApply.Apply(d, ChainOperation.Add(
                $"e{n}", n % 3 == 2 ? ChainKind.NegativeBenefit : ChainKind.Benefit, (ElementProperty.VolumeLow, "1000000000000"),
                (ElementProperty.VolumeHigh, "1000000000000"), (ElementProperty.VolumePer, "day"),
                (ElementProperty.MinutesEach, "1000000000000")).Changes));
        return await BenefitFixture.OpenAsync(document);
    }
}
