using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using MiniExcelLibs;
using Portal.Benefits.Indicators;
using Portal.Reports;
using Xunit;

namespace Portal.Tests.Reports;

/// <summary>The workbook and the CSV, read back.</summary>
public sealed class BenefitFileTests
{
    private static readonly byte[] Workbook = BenefitWorkbook.Write(Given.Chain(
        Given.Measured("g1", "=1+1", new IndicatorDefinition { Key = "tvister", Name = "", Unit = "tvister", Gathering = Gathering.Sum, Owner = "@Madsen", Target = 0, FollowUpOn = new DateOnly(2026, 12, 1), Baseline = Baseline.None with { Value = 550.5m } }, 30.25m, null, 0)));

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
    public void The_CSV_opens_in_a_Danish_spreadsheet_and_holds_no_formula()
    {
        var bytes = MeasurementCsv.Write(Given.Chain(Given.Measured("g1", "Færre; tvister", new IndicatorDefinition { Key = "tvister", Name = "", Unit = "tvister" }, 1234.5m, null, 0)));
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes.Take(3));
        var lines = Encoding.UTF8.GetString(bytes[3..]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.Equal("boks;gevinst;formelnavn;tidspunkt;værdi;enhed;note;indtastet;indtastet af;måde", lines[0]);
        Assert.Equal("g1;\"Færre; tvister\";tvister;2026-01-03 00:00;1234,5;tvister;'=HYPERLINK(1);2026-11-24 14:36;Freja;form", lines[1]);
        Assert.Matches(new Regex(";0;tvister;;"), lines[2]);
    }
}
