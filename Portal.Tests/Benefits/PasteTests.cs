using System.Globalization;
using CsCheck;
using Portal.Benefits.Entry;
using Portal.Benefits.Formulas;
using Portal.Ingestion.Time;
using Xunit;

namespace Portal.Tests.Benefits;

public sealed class PasteTests
{
    private static readonly string[] Pieces = ["2026-01", "januar 2026", "\t", ";", "1.234,5", "1,234.5", "12", "x", "\n", " ", "%"];

    private static readonly DateOnly Today = new(2026, 11, 23);

    private static IReadOnlyList<PastedLine> Read(string text, Notation? chosen = null) => MeasurementPaste.Read(text, chosen, Today);

    [Theory]
    [InlineData("januar 2026\t44", "2026-01-01", "44")]
    [InlineData("Jan. 2026\t44", "2026-01-01", "44")]
    [InlineData("2026-03\t1.044,5", "2026-03-01", "1044.5")]
    [InlineData("31.03.2026;12,5 %", "2026-03-31", "12.5")]
    [InlineData("3/2026 7", "2026-03-01", "7")]
    [InlineData("maj 2026   1,044.5", "2026-05-01", "1044.5")]
    [InlineData("1-2-2026\t−3", "2026-02-01", "-3")]
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
    [InlineData("2026-13\t4", "Datoen er ikke forstået")]
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
        Assert.All([asked[0], asked[1], asked[3]], line => Assert.Contains("Vælg, hvordan tallene er skrevet", line.Problem!.Danish, StringComparison.Ordinal));
        Assert.Equal(12, asked[2].Value);
        var danish = Read(mixed, Notation.Danish);
        Assert.Equal([1234.5m, null, 12m, 1234m], danish.Select(l => l.Value));
        Assert.Contains("er ikke et tal, som det er valgt", danish[1].Problem!.Danish, StringComparison.Ordinal);
    }

    [Fact]
    public void One_number_that_is_surely_danish_tells_how_the_others_are_written() =>
        Assert.Equal([1234m, 2.5m], Read("2026-01\t1.234\n2026-02\t2,5").Select(l => l.Value));

    [Fact]
    public void A_heading_and_an_empty_cell_are_left_out_and_a_day_stands_once()
    {
        var read = Read("Måned\tTvister\n2026-01\t\n\n2026-02\t3\tnote fra arket\n2026-02\t4");
        Assert.Equal([true, true, false, false], read.Select(l => l.Skipped));
        Assert.Equal((3m, "note fra arket"), (read[2].Value, read[2].Note));
        Assert.Equal(("Samme dato som linje 4.", "The same date as line 4."), (read[3].Problem!.Danish, read[3].Problem!.In(CultureInfo.GetCultureInfo("en"))));
        Assert.Equal([1, 2, 4, 5], read.Select(l => l.Number));
    }

    [Fact]
    public void Every_line_is_understood_left_out_or_told_what_is_wrong_with() =>
        Gen.OneOf(Gen.Int[0, Pieces.Length - 1].Select(n => Pieces[n]), Gen.String[0, 3]).Array[0, 20].Sample(parts =>
        {
            var text = string.Concat(parts);
            var read = Read(text);
            return read.Count == text.ReplaceLineEndings("\n").Split('\n').Count(l => !string.IsNullOrWhiteSpace(l))
                && read.All(l => (l.Problem is not null ? 1 : 0) + (l.Skipped ? 1 : 0) + (l.Value is not null && l.At is not null ? 1 : 0) == 1);
        });
}
