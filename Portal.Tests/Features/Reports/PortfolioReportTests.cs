using System.Globalization;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Benefits.Portfolio;
using Portal.Features.Reports.Documents;
using Portal.Platform.Text;
using Xunit;

namespace Portal.Tests.Features.Reports;

/// <summary>The report of several chains: its first page adds up, as its own text says.</summary>
public sealed class PortfolioReportTests : IAsyncDisposable
{
    private static readonly CultureInfo[] Languages = [DanishFormat.Danish, CultureInfo.GetCultureInfo("en-GB")];
    private readonly ReportFixture _fixture = new();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    private Portal.Platform.Documents.Model.Document Build(CultureInfo language, params ChainBenefits[] chains) =>
        ReportDocumentBuilder.Build(_fixture.Builder.BuildAll(chains, "", Given.Year, null, null), language);

    private static ChainBenefits Random(int seed)
    {
        var random = new Random(seed);
        var states = Enum.GetValues<BenefitState>();
        return Given.Chain($"Kæde {new string('x', seed)}", [.. Enumerable.Range(0, 7).Select(n => Given.Benefit(
            $"Gevinst {new string('y', n)}", states[random.Next(states.Length)], random.Next(-90_000, 900_000) / 7m, random.Next(100),
            random.Next(90_000) / 3m, n % 2 == 0 ? "timer" : "kr.", negative: n == 3,
            form: n == 6 ? BenefitForm.Quality : n % 2 == 0 ? BenefitForm.Time : BenefitForm.Cash) with
            {
                Sureness = new Sureness((SurenessLevel)random.Next(3), []),
            })]);
    }

    [Fact]
    public void Every_row_and_every_column_adds_up_as_it_is_printed()
    {
        var rows = 0;
        for (var seed = 1; seed <= 30; seed++)
        {
            foreach (var language in Languages)
            {
                var document = Build(language, [.. Enumerable.Range(0, 4).Select(n => Random((seed * 4) + n))]);
                var tables = ReportReading.Tables(document).Where(t => t.Head[0] is "Effektkæde" or "Benefit chain").ToList();
                Assert.Equal(3, tables.Count);
                foreach (var table in tables)
                {
                    var numbers = table.Rows
                        .Select(r => r.Skip(1).Select(c => c[0] == "–" ? 0 : ReportReading.Number(c[0], language).Value).ToList()).ToList();
                    for (var column = 0; column < numbers[0].Count; column++)
                        Assert.Equal(numbers[^1][column], numbers.SkipLast(1).Sum(r => r[column]));
                    foreach (var row in numbers)
                    {
                        // Hours and kroner: the three parts give what is realised. States: they give the benefits, negative ones apart.
                        if (table.Head.Contains(language == DanishFormat.Danish ? "Aftalt" : "Agreed"))
                            Assert.Equal(row[0], row.Skip(2).Sum());
                        else Assert.Equal(row[0], row.Skip(1).SkipLast(2).Sum());
                        rows++;
                    }
                }
            }
        }

        Assert.True(rows > 500, $"Only {rows} rows were added up.");
    }

    [Fact]
    public void Hours_are_held_against_what_is_agreed_and_money_apart()
    {
        var text = ReportReading.Text(Build(DanishFormat.Danish,
            Given.Chain("Et", [Given.Benefit("Tid", BenefitState.OnTrack, 758, 0, 1_000, "timer", form: BenefitForm.Time)]),
            Given.Chain("Toer", [Given.Benefit("Flere penge", BenefitState.Behind, 20_000, 0, 50_000, "kr.", form: BenefitForm.Cash)])));
        Assert.Contains("## Frigjort tid, timer\nEffektkæde | Realiseret | Aftalt | Sikkert | Nogenlunde sikkert | Usikkert\n"
            + "Et | 758 | 1.000 | 758 | 0 | 0\nI alt | 758 | 1.000 | 758 | 0 | 0", text, StringComparison.Ordinal);
        Assert.Contains("## Penge, kroner", text, StringComparison.Ordinal);
        Assert.Contains("Toer | 20.000 | 50.000 |", text, StringComparison.Ordinal);
        Assert.Contains("• Flere penge (Toer): bagud. Ikke forklaret.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_off_stands_with_its_explanation()
    {
        var late = Given.Benefit("Sen", BenefitState.Missed, 1, 0, 9) with { Causes = [Given.Note(NoteKind.Cause, "Udbuddet trak ud")] };
        Assert.Contains("• Sen (Et): ikke nået til tiden. Udbuddet trak ud.", ReportReading.Text(
            Build(DanishFormat.Danish, Given.Chain("Et", [late]))), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_chains_that_count_the_same_hours_are_pointed_out()
    {
        var hours = new IndicatorDefinition { Key = "t", Name = "t", Unit = "timer", Gathering = Aggregation.Sum, Form = BenefitForm.Time };
        ChainBenefits Chain(string title, params decimal?[] months) =>
            Given.Chain(title, [Given.Measured("g1", $"Tid i {title}", hours, months)]);
        Assert.Contains("»Tid i Et« i Et og »Tid i Toer« i Toer ser ud til at tælle det samme.", ReportReading.Text(Build(
            DanishFormat.Danish, Chain("Et", 3, 4, 5), Chain("Toer", 3, 4, 5))), StringComparison.Ordinal);
        Assert.Empty(SharedGains.Find([Chain("Et", 3, 4, 5), Chain("Toer", 3, 4, 6)]));
        Assert.Empty(SharedGains.Find([Chain("Et", 3), Chain("Toer", 3)]));
    }
}
