using System.Globalization;
using System.Text.RegularExpressions;
using CsCheck;
using Portal.Features.Benefits.Entry;
using Portal.Ingestion.Domain.Time;
using Portal.Platform.Text.Numbers;
using Xunit;

namespace Portal.Tests.Features.Benefits;

public sealed partial class PasteTests
{
    private static readonly string[] Pieces =
        ["2026-01", "januar 2026", "\t", ";", "1.234,5", "1,234.5", "12", "x", "\n", " ", "%", "\"", "\"\""];

    private static readonly DateOnly Today = new(2026, 11, 23);

    private static IReadOnlyList<PastedLine> Read(string text, Notation? chosen = null, string unit = "") =>
        MeasurementPaste.Read(text, chosen, unit, Today);

    [Theory]
    [InlineData("januar 2026\t44", "2026-01-01", "44")]
    [InlineData("Jan. 2026\t44", "2026-01-01", "44")]
    [InlineData("2026-03\t1.044,5", "2026-03-01", "1044.5")]
    [InlineData("3/2026 7", "2026-03-01", "7")]
    [InlineData("maj 2026   1,044.5", "2026-05-01", "1044.5")]
    [InlineData("1-2-2026\t−3", "2026-02-01", "-3")]
    [InlineData("jan-26\tkr. 1.234,50", "2026-01-01", "1234.50")]
    [InlineData("feb-26\t1.234,- kr", "2026-02-01", "1234")]
    [InlineData("01-02-26\t(500)", "2026-02-01", "-500")]
    [InlineData("31-03-2026 00:00\t1,5E+03", "2026-03-31", "1500")]
    [InlineData("1. februar 2026 1 234,5", "2026-02-01", "1234.5")]
    [InlineData("\"jan-26\";\"1.234,50\";\"som \"\"ventet\"\"\"", "2026-01-01", "1234.50")]
    [InlineData("2026-01-31,44.5", "2026-01-31", "44.5")]
    public void A_line_of_a_spreadsheet_is_a_day_and_a_number(string line, string day, string value)
    {
        var read = Assert.Single(Read(line));
        Assert.Null(read.Problem);
        Assert.Equal(day, DanishTime.DateOf(read.At!.Value).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Assert.Equal(value, read.Value!.Value.ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("i går\t44", "Datoen er ikke forstået")]
    [InlineData("januar 2026\tmange", "»mange« er ikke et tal")]
    [InlineData("2026-03\t1.234", "kan læses på to måder")]
    [InlineData("2027-01\t4", "ligger i fremtiden")]
    [InlineData("2026-13\t4", "»2026-13« findes ikke i kalenderen")]
    [InlineData("31.02.2026\t4", "»31.02.2026« findes ikke i kalenderen")]
    [InlineData("K1 2026\t4", "hverken en dag eller en måned")]
    [InlineData("46054\t4", "regnearkets nummer for 01.02.2026")]
    [InlineData("2026-03\t#DIV/0!", "er en fejl i regnearket")]
    [InlineData("########\t4", "kolonnen er for smal")]
    [InlineData("#VÆRDI!\t4", "er en fejl i regnearket")]
    [InlineData("2026-03\t1,5 mio. kr.", "Skriv tallet helt ud")]
    [InlineData("2026-03\t2 t 30 min", "er ikke et tal")]
    [InlineData("2026-03\t12%", "Der står »%«")]
    [InlineData("2026-03\t2,5 timer", "Der står »timer«")]
    [InlineData("2026-03\t2000000000000", "højst 1.000.000.000.000")]
    public void A_line_that_is_not_understood_says_why(string line, string why)
    {
        var read = Read("2026-01\t1\n" + line);
        Assert.Null(read[0].Problem);
        Assert.Contains(why, read[1].Problem!.Danish, StringComparison.Ordinal);
        Assert.Null(read[1].Value);
    }

    [Fact]
    public void Danish_and_english_numbers_together_are_asked_about_and_not_guessed_at()
    {
        const string mixed = "2026-01\t1.234,5\n2026-02\t1,234.5\n2026-03\t12\n2026-04\t1.234";
        var asked = Read(mixed);
        Assert.All([asked[0], asked[1], asked[3]],
            line => Assert.Contains("Vælg, hvordan tallene er skrevet", line.Problem!.Danish, StringComparison.Ordinal));
        Assert.Equal(12, asked[2].Value);
        var danish = Read(mixed, Notation.Danish);
        Assert.Equal([1234.5m, null, 12m, 1234m], danish.Select(l => l.Value));
        Assert.Contains("er ikke et tal, som det er valgt", danish[1].Problem!.Danish, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_with_the_month_first_is_not_read_as_day_first()
    {
        var read = Read("3/31/2026\t5\n4/1/2026\t6\n5/5/2026\t7\n2026-06-01\t8");
        Assert.Equal([null, null, 7m, 8m], read.Select(l => l.Value));
        Assert.Contains("»4/1/2026« kan læses på to måder", read[1].Problem!.Danish, StringComparison.Ordinal);
        Assert.Equal(6, Assert.Single(Read("4/1/2026\t6")).Value);
    }

    [Fact]
    public void One_number_that_is_surely_danish_tells_how_the_others_are_written() =>
        Assert.Equal([1234m, 2.5m], Read("2026-01\t1.234\n2026-02\t2,5").Select(l => l.Value));

    [Fact]
    public void A_heading_and_an_empty_cell_are_left_out_and_a_day_is_shown_once()
    {
        Assert.Equal([false, true, true], Read("2026-01\t5\nI alt\t5\nSum:\t").Select(l => l.Skipped));
        var read = Read("Måned\tTvister\n2026-01\t\n\n2026-02\t3\tnote fra arket\n2026-02\t4");
        Assert.Equal([true, true, false, false], read.Select(l => l.Skipped));
        Assert.Equal((3m, "note fra arket"), (read[2].Value, read[2].Note));
        Assert.Equal(("Samme dato som linje 4.", "The same date as line 4."),
            (read[3].Problem!.Danish, read[3].Problem!.In(CultureInfo.GetCultureInfo("en"))));
        Assert.Equal([1, 2, 4, 5], read.Select(l => l.Number));
    }

    [Theory]
    [InlineData("12%", "%", "12")]
    [InlineData("12,5 pct.", "%", "12.5")]
    [InlineData("2,5 timer", "timer/år", "2.5")]
    [InlineData("90 min", "minutter", "90")]
    [InlineData("41 tvister", "tvister/år", "41")]
    [InlineData("1 tvist", "tvister/år", "1")]
    [InlineData("12 stk", "breve/år", "12")]
    [InlineData("kr. 12", "kr./år", "12")]
    [InlineData("90 min", "timer", null)]
    [InlineData("41 tvister", "breve/år", null)]
    [InlineData("2 mio. kr.", "kr.", null)]
    [InlineData("5 EUR", "kr.", null)]
    [InlineData("12 kr.", "timer", null)]
    public void A_unit_that_is_with_the_number_must_be_the_measurements_own(string figure, string unit, string? value)
    {
        var read = Assert.Single(Read($"2026-03\t{figure}", null, unit));
        Assert.Equal(value, read.Value?.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(value is null, read.Problem is not null);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Notation.Danish)]
    [InlineData(Notation.English)]
    public void An_eighth_is_never_a_hundred_and_twenty_five(Notation? chosen) =>
        Assert.Equal(0.125m, Assert.Single(Read("2026-03\t0.125", chosen)).Value);

    [Theory]
    [InlineData("2026-01\t1\t\"note\n2026-02\t2\n2026-03\t3", 3)]
    [InlineData("2026-01\t1\t\"note\n2026-02\t2\tmål 5\"\n2026-03\t3", 3)]
    [InlineData("\"2026-01\t1\n2026-02\t2\n2026-03\t3", 3)]
    [InlineData("2026-01;1;\"note\n2026-02;2;x\"\n2026-03;3", 3)]
    [InlineData("2026-01\t1\t\"en note\npå to linjer\"\n2026-02\t2", 2)]
    public void A_quotation_mark_swallows_no_line_and_a_cell_of_two_lines_is_one(string text, int lines)
    {
        var read = Read(text);
        Assert.Equal(lines, read.Count);
        Assert.Equal(lines, read[^1].Value);
        Assert.Equal(text.Split('\n').Length, read[^1].Number);
    }

    [Fact]
    public void A_thousand_lines_are_read_and_the_thousand_and_first_is_reported()
    {
        var text = string.Join("\r\n", Enumerable.Range(0, 1_001).Select(n => $"{new DateOnly(2023, 1, 1).AddDays(n):dd-MM-yy}\t{n},5"));
        var read = Read(text);
        Assert.Equal((1_001, 1_001), (read.Count, read[^1].Number));
        Assert.Contains("højst 1000", read[^1].Problem!.Danish, StringComparison.Ordinal);
        Assert.Equal(999.5m, read[999].Value);
    }

    [Fact]
    public void Every_line_is_understood_left_out_or_reported_what_is_wrong_with() =>
        Gen.OneOf(Gen.Int[0, Pieces.Length - 1].Select(n => Pieces[n]), Gen.String[0, 3]).Array[0, 20].Sample(parts =>
        {
            var text = string.Concat(parts);
            var read = Read(text);
            return read.Count == RowsOf(text.ReplaceLineEndings("\n"))
                && read.Zip(read.Skip(1)).All(pair => pair.First.Number < pair.Second.Number)
                && read.All(l =>
                    (l.Problem is not null ? 1 : 0) + (l.Skipped ? 1 : 0) + (l.Value is not null && l.At is not null ? 1 : 0) == 1);
        });

    [Theory]
    [InlineData("a\n\nb", 2)]
    [InlineData("x\t\"a\nb\"\tc\nd", 2)]
    [InlineData("\"a\nb\nc", 3)]
    [InlineData("\"a;b\nc\"", 1)]
    [InlineData("\"a\nb;c\"", 2)]
    [InlineData("a\t\"b\tc\n\"", 2)]
    [InlineData("\"a\nb\"c", 2)]
    [InlineData("\"a\"\"\nb\"", 1)]
    public void The_count_of_rows_that_the_property_uses_is_right(string text, int rows)
    {
        Assert.Equal(rows, RowsOf(text));
        Assert.Equal(rows, Read(text).Count);
    }

    // Independent of the reader: rows as a grammar. A quoted cell ends with a mark before a separator or the end of a line; it holds no tab
    // where cells are separated by tabs, and otherwise no semicolon after a line break.
    private static int RowsOf(string text)
    {
        var rows = 0;
        for (var at = 0; at < text.Length;)
        {
            var row = (FirstLineHasTab().IsMatch(text, at) ? TabRow() : SemicolonRow()).Match(text, at);
            if (!string.IsNullOrWhiteSpace(row.Value)) rows++;
            at += row.Length + 1;
        }

        return rows;
    }

    [GeneratedRegex("""\G[^\n]*\t""")]
    private static partial Regex FirstLineHasTab();

    [GeneratedRegex("""\G(?>"(?:[^"\t]|"")*"(?=[\t\n]|\z)|[^\t\n]*)(?:\t(?>"(?:[^"\t]|"")*"(?=[\t\n]|\z)|[^\t\n]*))*""")]
    private static partial Regex TabRow();

    [GeneratedRegex("""
        \G(?>"(?:[^"\n]|"")*(?:\n(?:[^";]|"")*)?"(?=[;\n]|\z)|[^;\n]*)
        (?:;(?>"(?:[^"\n]|"")*(?:\n(?:[^";]|"")*)?"(?=[;\n]|\z)|[^;\n]*))*
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex SemicolonRow();

    [Theory]
    [InlineData("99", "af 5", false)]
    [InlineData("-1", "af 5", false)]
    [InlineData("5", "af 5", true)]
    [InlineData("4,25", "of 5", true)]
    [InlineData("99", "timer", true)]
    public void A_number_on_a_scale_stays_on_it(string text, string unit, bool fits) =>
        Assert.Equal(fits, UnitOfNumber.ReadField(text, unit).Problem is null);
}
