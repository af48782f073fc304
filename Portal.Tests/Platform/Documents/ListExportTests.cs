using System.Text;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Portal.Ingestion.Log;
using Portal.Platform.Documents.Workbooks;
using Portal.Platform.Ui.Lists;
using Xunit;

namespace Portal.Tests.Platform.Documents;

/// <summary>A list as a file.</summary>
public sealed class ListExportTests
{
    private sealed record Row(string Name, DateTimeOffset At, decimal Count);

    private static readonly ListFile<Row> File = new(
        "Rækker", "raekker", new ListShape("raekker", [new("navn") { Required = true }, new("tid"), new("antal") { Extra = true }]),
        [
            new("navn", "navn", 20, r => SheetCell.Text(r.Name)), new("tid", "tid", 20, r => SheetCell.Moment(r.At)),
            new("antal", "antal", 10, r => SheetCell.Number(r.Count)),
        ]);

    private static readonly ListFileOrigin Origin = new("Sofie", new DateTimeOffset(2026, 11, 30, 9, 0, 0, TimeSpan.Zero), "kol=antal");

    private static readonly ListRows<Row> Two = new(
        [
            new("=1+1", new DateTimeOffset(2026, 11, 29, 23, 30, 59, TimeSpan.Zero), 7),
            new("Anna 010101-1234", new DateTimeOffset(2026, 6, 1, 10, 0, 0, TimeSpan.Zero), 1.5m),
        ], IsCut: false);

    [Fact]
    public void A_file_has_the_columns_of_the_look_danish_times_no_number_and_no_formula()
    {
        Assert.Equal("navn;tid\r\n'=1+1;30.11.2026 00:30:59\r\nAnna 010101-xxxx;01.06.2026 12:00:00\r\n", Csv(Two, ListLook.Usual));
        var look = ListLook.Usual.WithColumns(File.Shape, ["antal"]);
        Assert.Equal("navn;antal\r\n'=1+1;7\r\nAnna 010101-xxxx;1,5\r\n", Csv(Two, look));
    }

    [Fact]
    public void A_cut_file_says_so_below_its_rows_and_in_the_workbook_about_itself()
    {
        var cut = Two with { IsCut = true };
        Assert.Contains("de første 10.000", Csv(cut, ListLook.Usual), StringComparison.Ordinal);
        Assert.DoesNotContain("de første", Csv(Two, ListLook.Usual), StringComparison.Ordinal);
        using var book = SpreadsheetDocument.Open(new MemoryStream(ListExport.Workbook(File, cut, ListLook.Usual, Origin)), false);
        var sheets = book.WorkbookPart!.Workbook!.Sheets!.Elements<Sheet>().Select(s => s.Name!.Value).ToList();
        Assert.Equal(["Rækker", "Om filen"], sheets);
        var text = string.Join('\n', book.WorkbookPart.WorksheetParts.Select(p => p.Worksheet!.InnerText));
        Assert.Contains("de første 10.000", text, StringComparison.Ordinal);
        Assert.Contains("Sofie", text, StringComparison.Ordinal);
        Assert.Contains("kol=antal", text, StringComparison.Ordinal);
        Assert.DoesNotContain("1234", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(9_999, 9_999, false)]
    [InlineData(10_000, 10_000, false)]
    [InlineData(10_001, 10_000, true)]
    public async Task Ten_thousand_rows_are_read_and_no_more(int there, int read, bool cut)
    {
        var rows = await ListExport.ReadAsync((cursor, limit) =>
        {
            var from = cursor is null ? 0 : int.Parse(cursor, System.Globalization.CultureInfo.InvariantCulture);
            var items = Enumerable.Range(from, Math.Min(limit, there - from)).ToList();
            var next = from + items.Count;
            return Task.FromResult(new Page<int>(items, next < there ? $"{next}" : null));
        });
        Assert.Equal((read, cut), (rows.Items.Count, rows.IsCut));
        Assert.Equal(Enumerable.Range(0, read), rows.Items);
    }

    private static string Csv(ListRows<Row> rows, ListLook look) =>
        Encoding.UTF8.GetString(CsvFile.Write(ListExport.Table(File, rows, look))[3..]);
}
