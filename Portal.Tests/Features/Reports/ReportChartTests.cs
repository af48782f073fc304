using System.Globalization;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Chains.Layout;
using Portal.Features.Reports;
using Portal.Features.Reports.Documents;
using Portal.Platform.Documents.Model;
using Xunit;

namespace Portal.Tests.Features.Reports;

/// <summary>The charts of a report.</summary>
public sealed class ReportChartTests
{
    private static readonly ReportLanguage Words = new(CultureInfo.GetCultureInfo("da"));

    private static ChartSeries Row(decimal? baseline, decimal? target, params decimal?[] months)
    {
        var definition = new IndicatorDefinition
        {
            Key = "n", Name = "n", Unit = "t", Gathering = Aggregation.Latest, Target = target,
            Baseline = Baseline.None with { Value = baseline },
        };
        var benefits = Given.Chain(Given.Measured("g1", "Tid", definition, months));
        return ReportRows.Of(benefits, benefits.Benefits[0], Words).Chart;
    }

    private static IEnumerable<string> Lines(Drawing drawing) =>
        drawing.Shapes.OfType<PathShape>().Where(p => p.Stroke!.Width == 2).Select(p => p.Data);

    private static IReadOnlyList<string> Texts(Drawing drawing) => [.. drawing.Shapes.OfType<WordsShape>().SelectMany(w => w.Lines)];

    [Fact]
    public void A_month_without_data_breaks_the_line_and_a_month_alone_is_a_point()
    {
        var row = Row(null, null, 1, 2, null, 3, null, 4, 5, 6);
        Assert.Equal([2, 3], Lines(ReportChart.Draw(row, Words)).Select(l => l.Count(c => c is 'M' or 'L')));
        Assert.Equal([2, 3], Lines(ReportSpark.Draw(row)).Select(l => l.Count(c => c is 'M' or 'L')));
        Assert.Equal((6, 1), (ReportChart.Draw(row, Words).Shapes.OfType<CircleShape>().Count(),
            ReportSpark.Draw(row).Shapes.OfType<CircleShape>().Count()));
        Assert.Equal("jan. 2026: 1 t; aug. 2026: 6 t", ReportSpark.Describe(row));
        Assert.Equal("jan. 2026: 1 t", ReportSpark.Describe(Row(null, null, 1)));
    }

    [Fact]
    public void Baseline_and_target_are_named_and_their_names_do_not_overlap()
    {
        foreach (var (baseline, target) in ((int, int)[])[(10, 100), (50, 51), (51, 50), (50, 50)])
        {
            var names = ReportChart.Draw(Row(baseline, target, 0, 100), Words).Shapes.OfType<WordsShape>()
                .Where(w => w.Lines[0].Split(' ')[0] is "nulpunkt" or "mål").ToList();
            Assert.Equal([$"nulpunkt {baseline}", $"mål {target}"], names.Select(n => n.Lines[0]));
            Assert.True(Math.Abs(names[0].Y - names[1].Y) >= 12, $"{baseline} and {target}: {names[0].Y} and {names[1].Y}");
        }
    }

    // Till May 1.200 a year, from then on 480: 100 and 40 a month.
    private static ChartSeries Changed(CultureInfo language)
    {
        var before = new IndicatorDefinition { Key = "n", Name = "n", Unit = "timer/år", Gathering = Aggregation.Sum, Target = 1200 };
        var after = before with { Target = 480, TargetFrom = new DateOnly(2026, 5, 1) };
        var figure = Given.Measured("g1", "Tid", after, [.. Enumerable.Repeat((decimal?)50, 12)]) with
        {
            Versions = [new(1, before, Given.Now.AddMonths(-10), "Freja", null), new(2, after, Given.Now, "Freja", "Halveret")],
        };
        var benefits = Given.Chain(figure);
        return ReportRows.Of(benefits, benefits.Benefits[0], new ReportLanguage(language)).Chart;
    }

    [Fact]
    public void A_target_that_was_changed_is_drawn_as_it_held_in_each_month()
    {
        var row = Changed(Words.Culture);
        Assert.Equal([new(0, 3, 100), new(4, 11, 40)], row.Targets);
        foreach (var drawing in (Drawing[])[ReportChart.Draw(row, Words), ReportSpark.Draw(row)])
        {
            var target = drawing.Shapes.OfType<PathShape>().First(p => p.Stroke == ChartColours.Target).Data;
            Assert.Matches("^M[0-9.]+ [0-9.]+H[0-9.]+V[0-9.]+H[0-9.]+$", target);
        }

        Assert.Contains("mål 100", Texts(ReportChart.Draw(row, Words)));
        Assert.Contains("mål 40", Texts(ReportChart.Draw(row, Words)));
        var constant = ReportChart.Draw(Row(10, 100, 0, 100), Words).Shapes.OfType<PathShape>();
        Assert.DoesNotContain('V', Assert.Single(constant, p => p.Stroke == ChartColours.Target).Data);
    }

    [Fact]
    public void The_text_of_a_chart_names_the_change_of_the_target()
    {
        var row = Changed(Words.Culture);
        Assert.Contains("målet blev ændret fra 1.200 t til 480 t fra maj 2026", ReportChart.Describe(row, Words), StringComparison.Ordinal);
        Assert.EndsWith("målet blev ændret fra 1.200 t til 480 t fra maj 2026", ReportSpark.Describe(row), StringComparison.Ordinal);
        var english = CultureInfo.GetCultureInfo("en");
        Assert.Contains("the target was changed from 1,200 h to 480 h from May 2026",
            ReportChart.Describe(Changed(english), new ReportLanguage(english)), StringComparison.Ordinal);
        Assert.DoesNotContain("ændret", ReportChart.Describe(Row(10, 100, 0, 100), Words), StringComparison.Ordinal);
    }

    [Fact]
    public void Months_without_a_target_have_no_line()
    {
        var row = Row(null, null, 1, 2, 3, 4) with { Targets = [new(0, 0, 5), new(2, 3, 5)] };
        var targets = ReportSpark.Draw(row).Shapes.OfType<PathShape>().Where(p => p.Stroke == ChartColours.Target).ToList();
        Assert.Equal(2, targets.Count);
        Assert.All(targets, t => Assert.DoesNotContain('V', t.Data));
    }

    [Fact]
    public void A_report_in_English_has_its_charts_in_English()
    {
        var english = new ReportLanguage(CultureInfo.GetCultureInfo("en"));
        Assert.Contains("baseline 1,358", Texts(ReportChart.Draw(Row(1358, 2000, 1, 2), english)));
        Assert.Contains("target 2,000", Texts(ReportChart.Draw(Row(1358, 2000, 1, 2), english)));
    }

    [Fact]
    public void Numbers_too_long_for_the_margins_make_the_chart_wider()
    {
        foreach (var row in (ChartSeries[])
            [Row(1, 2, 3, 4), Row(-123456789012345.25m, 987654321098765.25m, 1, 2), Row(0, decimal.MaxValue, 1)])
        {
            var drawing = ReportChart.Draw(row, Words);
            Assert.All(drawing.Shapes.OfType<WordsShape>(), text =>
            {
                var width = TextMeasure.Width(text.Lines[0], text.Size);
                var left = text.X - (text.Anchor == Anchor.End ? width : text.Anchor == Anchor.Middle ? width / 2 : 0);
                Assert.True(left >= drawing.X && left + width <= drawing.X + drawing.Width, $"{text.Lines[0]} is outside.");
            });
        }

        Assert.Equal((0, 360), (ReportChart.Draw(Row(1, 2, 3, 4), Words).X, ReportChart.Draw(Row(1, 2, 3, 4), Words).Width));
    }

    [Fact]
    public void A_year_names_its_last_value_and_every_second_month_and_five_years_name_as_many_as_there_is_room_for()
    {
        var year = Texts(ReportChart.Draw(Row(null, null, [.. Enumerable.Range(1, 12).Select(n => (decimal?)n)]), Words));
        Assert.Equal(["12", "jan 2026", "mar", "maj", "jul", "sep", "nov"], year.TakeLast(7));
        var fiveYears = Row(null, null, 1) with { Months = [.. Enumerable.Range(0, 60).Select(n => new ReportMonth(
            new DateOnly(2021, 1, 1).AddMonths(n).ToString("MMM yyyy", CultureInfo.GetCultureInfo("da-DK")), n, ""))] };
        Assert.InRange(Texts(ReportChart.Draw(fiveYears, Words)).Count, 8, 12);
    }
}
