using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Portal.Platform.Text;

namespace Portal.Platform.Documents.Workbooks;

/// <summary>
/// Writes a table as CSV for Danish spreadsheets: semicolons, Danish dates, times and numbers, UTF-8 with a byte order mark. Texts that
/// begin like a formula are escaped.
/// </summary>
internal static class CsvFile
{
    /// <summary>The bytes of the file: headings, rows, and the totals after them.</summary>
    public static byte[] Write(SheetTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        using var bytes = new MemoryStream();
        using (var writer = new StreamWriter(bytes, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true))
        using (var csv = new CsvWriter(writer,
            new CsvConfiguration(CultureInfo.InvariantCulture)
            {
                Delimiter = ";", NewLine = "\r\n", InjectionOptions = InjectionOptions.None,
            }))
        {
            foreach (var (heading, _) in table.Columns) csv.WriteField(heading);
            csv.NextRecord();
            foreach (var row in table.Rows.Concat(table.Totals))
            {
                foreach (var cell in row) csv.WriteField(Text(cell));
                csv.NextRecord();
            }
        }

        return bytes.ToArray();
    }

    private static string Text(SheetCell cell) => (cell.Value, cell.Look) switch
    {
        (null, _) => "",
        (decimal day, CellLook.Day) => DanishFormat.Date(DateOnly.FromDateTime(DateTime.FromOADate((double)day))),
        // A moment is kept as a fraction of a day, which is exact to less than a millisecond.
        (decimal at, CellLook.Moment) => DateTime.FromOADate((double)at).AddMilliseconds(1)
            .ToString("dd'.'MM'.'yyyy HH':'mm':'ss", CultureInfo.InvariantCulture),
        (decimal number, _) => number.ToString("0.############", DanishFormat.Danish),
        var (text, _) => SpreadsheetText.Of((string)text),
    };
}
