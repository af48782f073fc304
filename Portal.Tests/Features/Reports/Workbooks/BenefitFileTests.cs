using System.Text;
using System.Text.RegularExpressions;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Reports.Workbooks;
using Xunit;

namespace Portal.Tests.Features.Reports.Workbooks;

/// <summary>The workbook and the CSV of invented figures, read back.</summary>
public sealed class BenefitFileTests
{
    private static readonly IndicatorDefinition Disputes = new()
    {
        Key = "tvister", Name = "", Unit = "tvister/år", Gathering = Aggregation.Sum, Owner = "@Madsen", Target = 0,
        Better = BetterWhen.Lower,
        FollowUpOn = new DateOnly(2026, 12, 1), Baseline = Baseline.None with { Value = 550.5m },
    };

    private static readonly WorkbookReading Workbook = new(BenefitWorkbook.Write(
        Given.Chain(Given.Measured("g1", "=1+1", Disputes, 30.25m, null, 0)), new WorkbookOrigin(Given.Now, "Freja")));

    [Fact]
    public void The_file_is_valid_and_each_table_is_a_sheet_with_a_frozen_heading_and_a_filter()
    {
        Assert.Empty(Workbook.Errors);
        Assert.Equal(
            ["Om filen", "Gevinstoversigt", "Gevinster", "Måneder", "Regnestykker", "Målinger", "Ny adfærd", "Historik", "Forudsætninger"],
            Workbook.Names);
        Assert.All(Workbook.Frozen, sheet => Assert.True(sheet.Value));
        Assert.Equal("A1:G13", Workbook.Filters["Måneder"]);
    }

    [Fact]
    public void The_first_sheet_says_what_the_file_is_of_when_it_was_drawn_and_by_whom()
    {
        var about = Workbook.Rows("Om filen").ToDictionary(r => r["Om filen"].Text, r => r["Indhold"]);
        Assert.Equal("Bevis for digital post i huslejesager", about["Effektkæde"].Text);
        Assert.Equal(("Teknik og Miljø", "1. januar – 24. november 2026"), (about["Afdeling"].Text, about["Periode"].Text));
        Assert.Equal(new DateTime(2026, 11, 24, 14, 36, 5), about["Trukket (dansk tid)"].Date, TimeSpan.FromSeconds(1));
        Assert.Equal("Freja", about["Trukket af"].Text);
        Assert.All(Workbook.Names.Skip(1), name => Assert.NotEmpty(about[name].Text));
    }

    [Fact]
    public void Numbers_are_numbers_dates_are_dates_and_a_gap_is_an_empty_cell()
    {
        var benefit = Assert.Single(Workbook.Rows("Gevinster"));
        Assert.Equal(("n", "4", 30.25m), (benefit["Nu"].Type, benefit["Nu"].Format, benefit["Nu"].Number)); // #,##0.00, built in
        Assert.Equal(("n", "3", 0m), (benefit["Mål (aftalt)"].Type, benefit["Mål (aftalt)"].Format, benefit["Mål (aftalt)"].Number));
        Assert.Equal(new DateTime(2026, 12, 1), benefit["Følges op"].Date);
        Assert.Equal("dd-mm-yyyy", benefit["Følges op"].Format);
        Assert.DoesNotContain("Forventning lav", benefit.Keys);
        var months = Workbook.Rows("Måneder");
        Assert.Equal([30.25m, null, 0m, null],
            months.Take(4).Select(m => m.TryGetValue("Værdi", out var value) ? value.Number : (decimal?)null));
        Assert.Equal((new DateTime(2026, 2, 1), "mmm yyyy"), (months[1]["Måned"].Date, months[1]["Måned"].Format));
        var measured = Workbook.Rows("Målinger");
        Assert.Equal((2, new DateTime(2026, 1, 3), "dd-mm-yyyy"), (measured.Count, measured[0]["Dag"].Date, measured[0]["Dag"].Format));
        Assert.Equal("dd-mm-yyyy hh:mm", measured[0]["Indtastet"].Format);
        Assert.Equal("skema", measured[0]["Måde"].Text);
    }

    [Fact]
    public void The_agreed_baseline_stands_alone_and_the_comparable_one_under_its_own_heading()
    {
        var benefit = Assert.Single(Workbook.Rows("Gevinster"));
        Assert.Equal((550.5m, 91.75m), (benefit["Nulpunkt (aftalt)"].Number, benefit["Nulpunkt for de målte måneder"].Number));
        Assert.Equal((2m, 12m), (benefit["Målt i måneder"].Number, benefit["Af måneder"].Number));
        var history = Workbook.Rows("Historik").Single(r => r["Hvad"].Text == "Nulpunkt");
        Assert.Equal((550.5m, "tvister/år", "Freja"), (history["Til"].Number, history["Enhed"].Text, history["Hvem"].Text));
    }

    [Fact]
    public void Every_row_has_the_unit_of_its_own_number()
    {
        var benefit = Assert.Single(Workbook.Rows("Gevinster"));
        Assert.Equal(("tvister/år", "tvister"), (benefit["Enhed"].Text, benefit["Enhed for nu og opnået"].Text));
        Assert.All(Workbook.Rows("Måneder"), row => Assert.Equal("tvister", row["Enhed"].Text));
        Assert.All(Workbook.Rows("Målinger"), row => Assert.Equal("tvister", row["Enhed"].Text));
        var latest = new WorkbookReading(BenefitWorkbook.Write(Given.Chain(Given.Measured(
            "g1", "x", new IndicatorDefinition { Key = "x", Name = "", Unit = "kr./år", Gathering = Aggregation.Latest }, 5))));
        Assert.All(latest.Rows("Måneder"), row => Assert.Equal("kr./år", row["Enhed"].Text));
    }

    [Fact]
    public void A_text_that_begins_like_a_formula_is_a_text_cell()
    {
        Assert.Equal(("=1+1", "inlineStr"), (Workbook.Rows("Gevinster")[0]["Gevinst"].Text, Workbook.Rows("Gevinster")[0]["Gevinst"].Type));
        Assert.Equal("@Madsen", Workbook.Rows("Gevinster")[0]["Ejer"].Text);
        Assert.Equal("=HYPERLINK(1)", Workbook.Rows("Målinger")[0]["Note"].Text);
        Assert.All(Workbook.All.Where(c => c.Formula is not null), c =>
        {
            Assert.Equal("n", c.Type);
            Assert.Matches(new Regex("^[-+*/().0-9A-Z$:,\" æøåa-zI]+$"), c.Formula!);
            Assert.DoesNotContain("HYPERLINK", c.Formula!, StringComparison.Ordinal);
        });
        Assert.All(Workbook.All.Where(c => c.Text.StartsWith('=')), c => Assert.Equal((null, "inlineStr"), (c.Formula, c.Type)));
    }

    [Fact]
    public void A_long_text_is_whole_and_characters_that_the_format_lacks_are_handled()
    {
        var longest = new string('æ', 32_767);
        var read = new WorkbookReading(BenefitWorkbook.Write(Given.Chain(
            Given.Measured("g1", longest, new IndicatorDefinition { Key = "a", Name = "", Unit = "stk",
                Assumptions = "_x0041_ \u0001 slut\nny linje" }, 1),
            Given.Measured("g2", longest + "x", new IndicatorDefinition { Key = "b", Name = "", Unit = "stk" }, 1))));
        Assert.Empty(read.Errors);
        var rows = read.Rows("Gevinster");
        Assert.Equal((longest, "_x005F_x0041_  slut\nny linje"), (rows[0]["Gevinst"].Text, rows[0]["Forudsætning"].Text));
        Assert.Equal((32_767, '…'), (rows[1]["Gevinst"].Text.Length, rows[1]["Gevinst"].Text[^1]));
    }

    [Fact]
    public void A_workbook_of_many_chains_says_on_every_row_which_it_belongs_to()
    {
        var one = Given.Chain("Kæde et", [Given.Measured("g1", "En", Disputes, 1)]);
        var two = Given.Chain("Kæde to", [Given.Measured("g1", "To", Disputes, 2)]);
        var read = new WorkbookReading(BenefitWorkbook.WriteAll([one, two], Given.Year, "Teknik og Miljø"));
        Assert.Empty(read.Errors);
        Assert.Equal(["Kæde et", "Kæde to"], read.Rows("Gevinster").Select(r => r["Effektkæde"].Text));
        Assert.Equal(["Kæde et", "Kæde to"], read.Rows("Gevinstoversigt").Select(r => r["Effektkæde"].Text));
        Assert.Empty(new WorkbookReading(BenefitWorkbook.WriteAll([], Given.Year)).Errors);
    }

    [Fact]
    public void The_CSV_opens_in_a_Danish_spreadsheet_and_holds_no_formula()
    {
        var figure = Given.Measured("g1", "Færre; tvister", Disputes, 1234.5m, null, 0);
        var noon = new DateTimeOffset(2026, 1, 31, 11, 0, 0, TimeSpan.Zero);
        var pasted = figure.Measurements[0] with { At = noon, Via = "paste" };
        var bytes = MeasurementCsv.Write(Given.Chain(figure with { Measurements = [pasted, figure.Measurements[1]] }));
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes.Take(3));
        var lines = Encoding.UTF8.GetString(bytes[3..]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.Equal("gevinst;dag;værdi;enhed;gælder;note;indtastet;indtastet af;måde;navn i formler;boks", lines[0]);
        Assert.Equal(
            "\"Færre; tvister\";2026-01-31;1234,5;tvister;ja;'=HYPERLINK(1);2026-11-24 14:36;Freja;indsat fra regneark;tvister;g1",
            lines[1]);
        Assert.Contains(";0;tvister;ja;;", lines[2], StringComparison.Ordinal);
    }
}
