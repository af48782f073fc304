using System.Globalization;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Log;
using Portal.Platform.Text;
using Portal.Platform.Ui.Lists;

namespace Portal.Platform.Documents.Workbooks;

/// <summary>What a list's rows are given out as.</summary>
internal enum ListFormat
{
    /// <summary>An Excel workbook.</summary>
    Xlsx,

    /// <summary>Text with semicolons.</summary>
    Csv,
}

/// <summary>A column of a list as a file.</summary>
/// <param name="Id">The list's column, which the look shows or hides.</param>
/// <param name="Heading">In Danish, as in all files.</param>
/// <param name="Width">In characters.</param>
internal sealed record ListFileColumn<T>(string Id, string Heading, double Width, Func<T, SheetCell> Cell);

/// <summary>A list that can be given out as a file.</summary>
/// <param name="Title">Of the sheet, in Danish: "Sager".</param>
/// <param name="Name">Of the file, without its day and ending.</param>
internal sealed record ListFile<T>(string Title, string Name, ListShape Shape, IReadOnlyList<ListFileColumn<T>> Columns);

/// <summary>The rows of a list.</summary>
/// <param name="IsCut">There are more than <see cref="ListExport.Most"/>.</param>
internal sealed record ListRows<T>(IReadOnlyList<T> Items, bool IsCut);

/// <summary>Who takes a file, when, and what the list was filtered by.</summary>
/// <param name="At">UTC.</param>
/// <param name="Filter">The query of the page's address; empty for none.</param>
internal sealed record ListFileOrigin(string By, DateTimeOffset At, string Filter);

/// <summary>
/// Gives out what a list shows as a file: the rows of its filter in its order, with the columns that its look shows. Person numbers in
/// texts are masked. The caller enters it in the access log first.
/// </summary>
internal static class ListExport
{
    /// <summary>The most rows in a file: few enough to be held in memory, and to be read by a person.</summary>
    public const int Most = 10_000;

    /// <summary>The content type of an Excel workbook.</summary>
    public const string XlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>The content type of CSV.</summary>
    public const string CsvType = "text/csv; charset=utf-8";

    private const int PageSize = 1000;

    /// <summary>Reads rows up to a number.</summary>
    /// <param name="read">Reads a page: the cursor, null for the first, and how many.</param>
    public static async Task<ListRows<T>> ReadAsync<T>(Func<string?, int, Task<Page<T>>> read, int most = Most)
    {
        ArgumentNullException.ThrowIfNull(read);
        var rows = new List<T>();
        string? cursor = null;
        do
        {
            var page = await read(cursor, Math.Min(PageSize, most - rows.Count));
            rows.AddRange(page.Items);
            cursor = page.Cursor;
        }
        while (cursor is not null && rows.Count < most);
        return new ListRows<T>(rows, cursor is not null);
    }

    /// <summary>The file as an answer, an attachment.</summary>
    public static IResult Answer<T>(ListFile<T> file, ListRows<T> rows, ListLook look, ListFormat format, ListFileOrigin origin)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(origin);
        var day = DanishFormat.Day(origin.At).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return format == ListFormat.Csv
            ? Results.File(CsvFile.Write(Table(file, rows, look)), CsvType, $"{file.Name}-{day}.csv")
            : Results.File(
                Workbook(file, rows, look, origin), XlsxType,
                $"{file.Name}-{day}.xlsx");
    }

    /// <summary>The bytes of the workbook: the list, and a sheet that says what it is.</summary>
    public static byte[] Workbook<T>(ListFile<T> file, ListRows<T> rows, ListLook look, ListFileOrigin origin) =>
        WorkbookWriter.Write([Table(file, rows, look), About(file.Title, rows.Items.Count, rows.IsCut, origin)], file.Title, origin.At);

    /// <summary>The list as a table; below it, when it is cut, that it is.</summary>
    public static SheetTable Table<T>(ListFile<T> file, ListRows<T> rows, ListLook look)
    {
        var columns = file.Columns.Where(c => look.Shows(file.Shape, c.Id))
            .Select(c => new SheetColumn<T>(c.Heading, c.Width, row => Masked(c.Cell(row)))).ToList();
        var table = SheetTable.Of(file.Title, rows.Items, columns);
        return rows.IsCut ? table with { Totals = [[SheetCell.Text(CutText)]] } : table;
    }

    private static string CutText =>
        $"Der er flere rækker. Filen har de første {DanishFormat.Number(Most)}: vælg et snævrere filter for at få resten.";

    private static SheetTable About(string title, int count, bool isCut, ListFileOrigin origin)
    {
        List<(string What, SheetCell Is)> facts =
        [
            ("Liste", SheetCell.Text(title)), ("Rækker", SheetCell.Number(count)), ("Trukket (dansk tid)", SheetCell.Moment(origin.At)),
            ("Trukket af", SheetCell.Text(CprNumber.MaskIn(origin.By))),
            ("Filter, rækkefølge og kolonner", SheetCell.Text(origin.Filter.Length > 0 ? CprNumber.MaskIn(origin.Filter) : "ingen")),
        ];
        if (isCut) facts.Add(("Ikke det hele", SheetCell.Text(CutText)));
        return SheetTable.Of(
            "Om filen", facts,
            [new("Om filen", 32, f => new SheetCell(f.What, CellLook.Bold)), new("Indhold", 90, f => f.Is)]);
    }

    private static SheetCell Masked(SheetCell cell) => cell.Value is string text ? cell with { Value = CprNumber.MaskIn(text) } : cell;
}
