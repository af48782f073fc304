using Portal.Features.Benefits.Indicators;
using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Portal.Features.Benefits.Figures;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Storage;
using Portal.Platform.Documents.Workbooks;
using Portal.Platform.Text;

namespace Portal.Features.Reports.Workbooks;

/// <summary>
/// Writes the measurements of a chain as CSV for Danish spreadsheets: semicolons, decimal commas, times in Danish time, UTF-8 with a byte
/// order mark. Texts that begin like a formula are escaped.
/// </summary>
public static class MeasurementCsv
{
    private static readonly string[] Headings =
        ["gevinst", "dag", "værdi", "enhed", "gælder", "note", "indtastet", "indtastet af", "måde", "navn i formler", "boks"];

    /// <summary>Returns the bytes of the file, oldest measurement first.</summary>
    public static byte[] Write(ChainBenefits benefits)
    {
        ArgumentNullException.ThrowIfNull(benefits);
        using var bytes = new MemoryStream();
        using (var writer = new StreamWriter(bytes, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true))
        using (var csv = new CsvWriter(writer,
            new CsvConfiguration(DanishFormat.Danish) { Delimiter = ";", NewLine = "\r\n", InjectionOptions = InjectionOptions.None }))
        {
            foreach (var name in Headings) csv.WriteField(name);
            csv.NextRecord();
            foreach (var line in MeasuredLine.Of(benefits))
            {
                var (figure, measured) = (line.Figure, line.Measurement);
                csv.WriteField(SpreadsheetText.Of(ReportRows.TitleOf(figure)));
                csv.WriteField(SheetCell.IsDayAlone(measured.At) ? Day(measured.At) : Moment(measured.At));
                csv.WriteField(measured.Value?.ToString("0.############", DanishFormat.Danish));
                csv.WriteField(SpreadsheetText.Of(MonthUnit.Of(figure.Definition)));
                csv.WriteField(line.Counts);
                csv.WriteField(SpreadsheetText.Of(measured.Note));
                csv.WriteField(Moment(measured.EnteredAt));
                csv.WriteField(SpreadsheetText.Of(measured.EnteredBy));
                csv.WriteField(SpreadsheetText.Of(BenefitFormat.Via(measured.Via)));
                csv.WriteField(SpreadsheetText.Of(figure.Definition.Key));
                csv.WriteField(SpreadsheetText.Of(measured.ElementId));
                csv.NextRecord();
            }
        }

        return bytes.ToArray();
    }

    private static string Day(DateTimeOffset at) => DanishTime.ToLocal(at).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Moment(DateTimeOffset at) => StoredTime.IsUnreadable(at)
        ? ""
        : DanishTime.ToLocal(at).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
