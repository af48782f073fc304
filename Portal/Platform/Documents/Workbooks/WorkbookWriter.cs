using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Portal.Ingestion.Domain;
using SheetText = DocumentFormat.OpenXml.Spreadsheet.Text;

namespace Portal.Platform.Documents.Workbooks;

/// <summary>
/// Writes tables as an Excel workbook. A text is a text cell, which a spreadsheet never calculates, whatever it begins with; only
/// <see cref="SheetCell.Formula"/> is a formula.
/// </summary>
internal static partial class WorkbookWriter
{
    /// <summary>The most characters that a cell can hold.</summary>
    public const int LongestCell = 32_767;

    /// <summary>Returns the bytes of the .xlsx file.</summary>
    /// <param name="title">In the file's properties.</param>
    /// <param name="at">When it is made, UTC; null: not said.</param>
    public static byte[] Write(IReadOnlyList<SheetTable> tables, string title, DateTimeOffset? at)
    {
        using var stream = new MemoryStream();
        using (var file = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var book = file.AddWorkbookPart();
            book.AddNewPart<WorkbookStylesPart>().Stylesheet = WorkbookStyles.Make();
            var (sheets, names) = (new Sheets(), new DefinedNames());
            for (var n = 0; n < tables.Count; n++)
            {
                var part = book.AddNewPart<WorksheetPart>();
                Sheet(part, tables[n], isFirst: n == 0);
                sheets.Append(new Sheet { Id = book.GetIdOfPart(part), SheetId = (uint)n + 1, Name = tables[n].Name });
                names.Append(Names(tables[n], (uint)n));
            }

            // Formulas are calculated when the file is opened; the results that stand in it are for readers that do not calculate.
            book.Workbook = new Workbook(
                new BookViews(new WorkbookView()), sheets, names, new CalculationProperties { FullCalculationOnLoad = true });
            file.PackageProperties.Title = Storable(title);
            file.PackageProperties.Created = at?.UtcDateTime;
        }

        return stream.ToArray();
    }

    private static void Sheet(WorksheetPart part, SheetTable table, bool isFirst)
    {
        using var writer = OpenXmlWriter.Create(part);
        writer.WriteStartElement(new Worksheet());
        writer.WriteElement(new SheetViews(View(table, isFirst)));
        writer.WriteElement(new SheetFormatProperties { DefaultRowHeight = 15 });
        writer.WriteElement(new Columns(table.Columns.Select((c, n) => new Column
        {
            Min = (uint)n + 1, Max = (uint)n + 1, Width = c.Width, CustomWidth = true,
        })));
        writer.WriteStartElement(new SheetData());
        Row(writer, 1, [.. table.Columns.Select(c => new SheetCell(c.Heading, CellLook.Heading))]);
        for (var n = 0; n < table.Rows.Count; n++) Row(writer, n + 2, table.Rows[n]);
        for (var n = 0; n < table.Totals.Count; n++) Row(writer, table.Rows.Count + n + 3, table.Totals[n]);
        writer.WriteEndElement();
        writer.WriteElement(new AutoFilter { Reference = Area(table) });
        writer.WriteEndElement();
    }

    private static SheetView View(SheetTable table, bool isFirst) => new(new Pane
    {
        HorizontalSplit = table.Frozen, VerticalSplit = 1, TopLeftCell = SheetTable.Reference(table.Frozen, 2),
        ActivePane = PaneValues.BottomRight, State = PaneStateValues.Frozen,
    })
    {
        WorkbookViewId = 0, TabSelected = isFirst ? true : null,
    };

    private static void Row(OpenXmlWriter writer, int number, IReadOnlyList<SheetCell> cells)
    {
        writer.WriteStartElement(new Row { RowIndex = (uint)number });
        for (var n = 0; n < cells.Count; n++)
        {
            if (cells[n] is { Value: not null } cell) writer.WriteElement(Cell(cell, SheetTable.Reference(n, number)));
        }

        writer.WriteEndElement();
    }

    private static Cell Cell(SheetCell cell, string reference)
    {
        var written = new Cell { CellReference = reference, StyleIndex = WorkbookStyles.IndexOf(cell) };
        if (cell.Value is decimal number)
        {
            if (cell.Formula is { } formula) written.CellFormula = new CellFormula(formula);
            // A spreadsheet keeps 15 digits.
            written.CellValue = new CellValue(number.ToString("G15", CultureInfo.InvariantCulture));
            return written;
        }

        written.DataType = CellValues.InlineString;
        written.InlineString = new InlineString(new SheetText(Storable((string)cell.Value!)) { Space =
            SpaceProcessingModeValues.Preserve });
        return written;
    }

    // The headings are repeated on every printed page; the filter's area is a hidden name to Excel.
    private static IEnumerable<DefinedName> Names(SheetTable table, uint sheet)
    {
        yield return new DefinedName($"'{table.Name}'!{Absolute(Area(table))}")
        {
            Name = "_xlnm._FilterDatabase", LocalSheetId = sheet, Hidden = true,
        };
        yield return new DefinedName($"'{table.Name}'!$1:$1") { Name = "_xlnm.Print_Titles", LocalSheetId = sheet };
    }

    private static string Area(SheetTable table) => $"A1:{SheetTable.Reference(table.Columns.Count - 1, table.Rows.Count + 1)}";

    private static string Absolute(string area) => CellName().Replace(area, "$$$1$$$2");

    // What XML cannot hold is left out; what a spreadsheet would read as an escape (_x000D_) is escaped itself.
    private static string Storable(string text)
    {
        var clean = text.All(c => XmlConvert.IsXmlChar(c))
            ? text
            : string.Concat(text.EnumerateRunes().Where(r => r.Utf16SequenceLength == 2 || XmlConvert.IsXmlChar((char)r.Value)));
        if (clean.Length > LongestCell) clean = TextCut.At(clean, LongestCell - 1, "…");
        return clean.Contains("_x", StringComparison.Ordinal) ? Escape().Replace(clean, "_x005F$0") : clean;
    }

    [GeneratedRegex("_x[0-9A-Fa-f]{4}_", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();

    [GeneratedRegex("([A-Z]+)([0-9]+)", RegexOptions.CultureInvariant)]
    private static partial Regex CellName();
}
