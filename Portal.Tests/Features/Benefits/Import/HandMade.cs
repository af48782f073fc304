using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Portal.Tests.Features.Benefits.Import;

/// <summary>A workbook as a person makes it in a spreadsheet: shared texts, numbers, days, percent.</summary>
internal static class HandMade
{
    /// <summary>A number that is shown as percent.</summary>
    public sealed record Percent(double Value);

    /// <summary>The file of rows; a text, a number, a day, a percent, or null for an empty cell.</summary>
    public static byte[] Of(params object?[][] rows) => Of("Ark1", rows);

    public static byte[] Of(string sheet, params object?[][] rows)
    {
        using var stream = new MemoryStream();
        using (var file = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var book = file.AddWorkbookPart();
            book.AddNewPart<WorkbookStylesPart>().Stylesheet = new Stylesheet(
                new Fonts(new Font()), new Fills(new Fill()), new Borders(new Border()),
                new CellFormats(new CellFormat(), new CellFormat { NumberFormatId = 14 }, new CellFormat { NumberFormatId = 10 }));
            var texts = new SharedStringTable();
            book.AddNewPart<SharedStringTablePart>().SharedStringTable = texts;
            var part = book.AddNewPart<WorksheetPart>();
            var data = new SheetData();
            for (var n = 0; n < rows.Length; n++)
            {
                var row = new Row { RowIndex = (uint)n + 1 };
                for (var c = 0; c < rows[n].Length; c++)
                {
                    if (rows[n][c] is { } value) row.Append(Cell(value, $"{(char)('A' + c)}{n + 1}", texts));
                }

                data.Append(row);
            }

            part.Worksheet = new Worksheet(data);
            book.Workbook = new Workbook(new Sheets(new Sheet { Id = book.GetIdOfPart(part), SheetId = 1, Name = sheet }));
        }

        return stream.ToArray();
    }

    private static Cell Cell(object value, string reference, SharedStringTable texts)
    {
        if (value is string text)
        {
            texts.Append(new SharedStringItem(new Text(text) { Space = SpaceProcessingModeValues.Preserve }));
            return new Cell { CellReference = reference, DataType = CellValues.SharedString, CellValue = new CellValue(texts.Count() - 1) };
        }

        var (number, style) = value switch
        {
            DateOnly day => (day.ToDateTime(TimeOnly.MinValue).ToOADate(), 1u),
            Percent percent => (percent.Value, 2u),
            _ => (Convert.ToDouble(value, CultureInfo.InvariantCulture), 0u),
        };
        return new Cell { CellReference = reference, StyleIndex = style,
            CellValue = new CellValue(number.ToString("R", CultureInfo.InvariantCulture)) };
    }
}
