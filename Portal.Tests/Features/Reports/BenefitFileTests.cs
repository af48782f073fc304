using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MiniExcelLibs;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Reports;
using Xunit;

namespace Portal.Tests.Features.Reports;

/// <summary>The workbook and the CSV, read back.</summary>
public sealed class BenefitFileTests
{
    private static readonly byte[] Workbook = BenefitWorkbook.Write(Given.Chain(
        Given.Measured("g1", "=1+1", new IndicatorDefinition { Key = "tvister", Name = "", Unit = "tvister", Gathering = Aggregation.Sum,
            Owner = "@Madsen", Target = 0, FollowUpOn = new DateOnly(2026, 12, 1), Baseline = Baseline.None with { Value = 550.5m } },
            30.25m, null, 0)));

    private static List<IDictionary<string, object?>> Sheet(string name)
    {
        using var stream = new MemoryStream(Workbook);
        return [.. stream.Query(useHeaderRow: true, sheetName: name).Cast<IDictionary<string, object?>>()];
    }

    private static string Part(string name)
    {
        using var zip = new ZipArchive(new MemoryStream(Workbook));
        using var reader = new StreamReader(zip.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }

    [Fact]
    public void Each_table_is_a_sheet()
    {
        using var stream = new MemoryStream(Workbook);
        Assert.Equal(["Gevinster", "Måneder", "Målinger", "Ny adfærd", "Nulpunkter"], stream.GetSheetNames());
    }

    [Fact]
    public void Numbers_are_numbers_dates_are_dates_and_a_gap_is_an_empty_cell()
    {
        var benefit = Assert.Single(Sheet("Gevinster"));
        Assert.Equal(30.25, Assert.IsType<double>(benefit["Nu"]));
        Assert.Equal(91.75, Assert.IsType<double>(benefit["Nulpunkt"]), 6); // two of twelve months of 550.5
        Assert.Equal(new DateTime(2026, 12, 1), Assert.IsType<DateTime>(benefit["Følg op"]));
        Assert.Null(benefit["Ventet mindst"]);
        var months = Sheet("Måneder");
        Assert.Equal([30.25, null, 0d, null], months.Take(4).Select(m => (double?)m["Værdi"]));
        Assert.Equal(new DateTime(2026, 2, 1), months[1]["Måned"]);
        var measured = Sheet("Målinger");
        Assert.Equal((2, new DateTime(2026, 1, 3)), (measured.Count, measured[0]["Tidspunkt"]));
        Assert.Equal(550.5, Assert.Single(Sheet("Nulpunkter"))["Nulpunkt"]);
    }

    [Fact]
    public void Dates_have_a_format_and_no_cell_is_a_formula()
    {
        var sheet = Part("xl/worksheets/sheet3.xml");
        Assert.DoesNotContain("<x:f", sheet, StringComparison.Ordinal);
        Assert.DoesNotContain("<f>", sheet, StringComparison.Ordinal);
        Assert.Contains("dd-mm-yyyy hh:mm", Part("xl/styles.xml"), StringComparison.Ordinal);
        Assert.Contains("mmm yyyy", Part("xl/styles.xml"), StringComparison.Ordinal);
        Assert.Equal("'=1+1", Sheet("Gevinster")[0]["Gevinst"]);
        Assert.Equal("'@Madsen", Sheet("Gevinster")[0]["Ejer"]);
        Assert.Equal("'=HYPERLINK(1)", Sheet("Målinger")[0]["Note"]);
    }

    [Fact]
    public void Every_number_is_a_numeric_cell_with_a_number_format_and_every_date_one_with_a_date_format()
    {
        XNamespace main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        var styles = XDocument.Parse(Part("xl/styles.xml"));
        var custom = styles.Descendants(main + "numFmt")
            .ToDictionary(f => (string)f.Attribute("numFmtId")!, f => (string)f.Attribute("formatCode")!);
        var looks = styles.Root!.Element(main + "cellXfs")!;
        Assert.Equal((int)looks.Attribute("count")!, looks.Elements(main + "xf").Count());
        (string? Type, string Format, string Value) Cell(int sheet, string header)
        {
            var rows = XDocument.Parse(Part($"xl/worksheets/sheet{sheet}.xml")).Descendants(main + "row").ToList();
            var column = rows[0].Elements(main + "c").ToList().FindIndex(c => c.Value == header);
            var cell = rows[1].Elements(main + "c").ElementAt(column);
            var look = looks.Elements(main + "xf").ElementAt((int)cell.Attribute("s")!);
            var id = (string)look.Attribute("numFmtId")!;
            return ((string?)cell.Attribute("t"), custom.GetValueOrDefault(id, id), cell.Value);
        }

        Assert.Equal(("n", "4", "30.25"), Cell(1, "Nu")); // #,##0.00, built in
        Assert.Equal(("n", "3", "0"), Cell(1, "Mål")); // #,##0
        Assert.Equal("n", Cell(1, "Nulpunkt").Type);
        Assert.Equal(("n", "4", "30.25"), Cell(2, "Værdi"));
        Assert.Equal(("n", "3", "1"), Cell(5, "Version"));
        Assert.Equal((null, "mmm yyyy"), (Cell(2, "Måned").Type, Cell(2, "Måned").Format));
        Assert.Equal((null, "dd-mm-yyyy"), (Cell(1, "Følg op").Type, Cell(1, "Følg op").Format));
        Assert.Equal((null, "dd-mm-yyyy hh:mm"), (Cell(3, "Tidspunkt").Type, Cell(3, "Tidspunkt").Format));
        Assert.Equal("str", Cell(1, "Enhed").Type);
    }

    [Fact]
    public void The_CSV_opens_in_a_Danish_spreadsheet_and_holds_no_formula()
    {
        var bytes = MeasurementCsv.Write(Given.Chain(Given.Measured(
            "g1", "Færre; tvister", new IndicatorDefinition { Key = "tvister", Name = "", Unit = "tvister" }, 1234.5m, null, 0)));
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes.Take(3));
        var lines = Encoding.UTF8.GetString(bytes[3..]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.Equal("boks;gevinst;formelnavn;tidspunkt;værdi;enhed;note;indtastet;indtastet af;måde", lines[0]);
        Assert.Equal("g1;\"Færre; tvister\";tvister;2026-01-03 00:00;1234,5;tvister;'=HYPERLINK(1);2026-11-24 14:36;Freja;form", lines[1]);
        Assert.Matches(new Regex(";0;tvister;;"), lines[2]);
    }
}
