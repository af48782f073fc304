using System.Globalization;
using CsCheck;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Inputs;
using Portal.Features.Chains.Document;
using Portal.Ingestion.Domain.Time;
using Xunit;

namespace Portal.Tests.Features.Benefits;

public sealed class FormulaGraphTests
{
    private static readonly Period Year = new(Month.Of(2026, 1), Month.Of(2026, 12));

    private static IndicatorDefinition Calculated(string key, string formula) =>
        new() { Key = key, Name = "", Kind = IndicatorKind.Calculated, Formula = formula };

    private static Dictionary<string, IndicatorDefinition> All(params (string Key, string Formula)[] formulas) =>
        formulas.ToDictionary(f => f.Key, f => Calculated(f.Key, f.Formula), StringComparer.OrdinalIgnoreCase);

    private static IReadOnlyDictionary<string, IndicatorSeries> Work(IReadOnlyDictionary<string, IndicatorDefinition> indicators) =>
        new CalculatedSeries(indicators, indicators.Where(i => i.Value.Kind != IndicatorKind.Calculated).ToDictionary(
            i => i.Key, _ => IndicatorSeries.Empty), InputBook.Of(ChainDocument.Empty), Year).Work(default);

    [Fact]
    public void Five_that_name_each_other_a_hundred_times_are_worked_out_once_each()
    {
        // p4 reaches p0 by 100 × 100 × 100 × 100 paths.
        var formulas = new List<(string, string)> { ("p0", "1") };
        for (var n = 1; n <= 4; n++) formulas.Add(($"p{n}", string.Join('+', Enumerable.Repeat($"p{n - 1}", 100))));
        var all = All([.. formulas]);
        Assert.Equal(["p0", "p1", "p2", "p3", "p4"], FormulaGraph.Of(all).Order);
        Assert.Equal(100_000_000, Work(all)["p4"].Value);
        Assert.Empty(IndicatorRules.Check(new IndicatorChange("p4", all["p4"], [], null), all.Where(a => a.Key != "p4").ToDictionary(),
            InputBook.Of(ChainDocument.Empty), new DateOnly(2026, 11, 23)));
    }

    [Fact]
    public void A_chain_of_thousands_is_worked_out_without_recursion()
    {
        var all = All([("a0", "1"), .. Enumerable.Range(1, 5_000).Select(n => ($"a{n}", $"a{n - 1} + 1"))]);
        Assert.Equal(5_001, Work(all)["a5000"].Value);
        var ring =
            new Dictionary<string, IndicatorDefinition>(all, StringComparer.OrdinalIgnoreCase) { ["a0"] = Calculated("a0", "a5000") };
        Assert.Contains("a7 → a6 → a5", Work(ring)["a7"].Problem!.Danish, StringComparison.Ordinal);
        Assert.EndsWith("…", FormulaGraph.Of(ring).CircleOf("a7")![^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_circle_is_named_for_those_in_it_and_for_those_that_lead_to_it()
    {
        var graph = FormulaGraph.Of(All(("a", "b + 1"), ("b", "c"), ("c", "B"), ("d", "1"), ("e", "a + d")));
        Assert.Equal(["b", "c", "b"], graph.CircleOf("b"));
        Assert.Equal(["e", "a", "b", "c", "b"], graph.CircleOf("e"));
        Assert.Null(graph.CircleOf("d"));
        Assert.Equal(["x", "x"], FormulaGraph.Of(All(("x", "X"))).CircleOf("x"));
    }

    [Fact]
    public void What_the_graph_says_of_circles_is_what_walking_every_way_says() =>
        Gen.Int[0, 6].Array[1, 3].Array[7].Sample(edges =>
        {
            var all = All([.. edges.Select((to, n) => (Name(n), string.Join('+', to.Select(Name))))]);
            var graph = FormulaGraph.Of(all);
            var reach = edges.Select(e => e.ToHashSet()).ToList();
            for (var k = 0; k < 7; k++) for (var i = 0; i < 7; i++) if (reach[i].Contains(k)) reach[i].UnionWith(reach[k]);
            return Enumerable.Range(0, 7).All(n =>
            {
                var broken = reach[n].Contains(n) || reach[n].Any(m => reach[m].Contains(m));
                var way = graph.CircleOf(Name(n));
                if (way is null) return !broken;
                var steps = way.Select(w => w[0] - 'a').ToList();
                return broken && steps[0] == n && steps.SkipLast(1).Contains(steps[^1])
                    && steps.Zip(steps.Skip(1)).All(s => edges[s.First].Contains(s.Second));
            });

            static string Name(int n) => ((char)('a' + n)).ToString(CultureInfo.InvariantCulture);
        });

    [Fact]
    public void A_duplicate_key_is_reported_and_affects_no_other_formula()
    {
        var all = new Dictionary<string, IndicatorDefinition> { ["g1"] = Calculated("tal", "1"), ["g2"] = Calculated("TAL", "2"),
            ["g3"] = Calculated("sum", "tal + 1"), ["g4"] = Calculated("fri", "4") };
        var series = Work(all);
        Assert.Equal((1m, null, 4m), (series["g1"].Value, series["g2"].Value, series["g4"].Value));
        Assert.Contains("bruges af to målinger", series["g3"].Problem!.Danish, StringComparison.Ordinal);
        Assert.Contains("er i brug", series["g2"].Problem!.Danish, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_continues_computing_when_nobody_waits() =>
        Assert.Throws<OperationCanceledException>(() => new CalculatedSeries(All(("a", "1")), new Dictionary<string, IndicatorSeries>(),
            InputBook.Of(ChainDocument.Empty), Year).Work(new CancellationToken(canceled: true)));

    [Theory]
    [InlineData(Aggregation.Sum, "50000000000000000000000000000")]
    [InlineData(Aggregation.Average, "50000000000000000000000000000")]
    [InlineData(Aggregation.Latest, "50000000000000000000000000000")]
    [InlineData(Aggregation.Whole, "50000000000000000000000000000")]
    [InlineData(Aggregation.Sum, "1000000000000")]
    public void A_formula_that_an_older_version_let_in_is_a_message_where_its_value_would_be(Aggregation aggregation, string formula)
    {
        var series = Work(new Dictionary<string, IndicatorDefinition> { ["g1"] = Calculated("a", formula) with { Gathering = aggregation },
            ["g2"] = Calculated("b", "a + 1") });
        Assert.Null(series["g1"].Value);
        Assert.Contains("større end 1.000.000.000.000", series["g1"].Problem!.Danish, StringComparison.Ordinal);
        Assert.Contains("»a« kan ikke regnes", series["g2"].Problem!.Danish, StringComparison.Ordinal);
    }

    [Fact]
    public void A_percentage_keeps_to_the_rule_too()
    {
        var series = Work(new Dictionary<string, IndicatorDefinition> { ["g1"] = Calculated("a", "100000000000") with { Unit = "%" } });
        Assert.Contains("større end 1.000.000.000.000", series["g1"].Problem!.Danish, StringComparison.Ordinal);
    }
}
