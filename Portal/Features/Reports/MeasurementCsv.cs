using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Portal.Features.Benefits.Figures;
using Portal.Ingestion.Domain.Time;
using Portal.Platform.Text;

namespace Portal.Features.Reports;

/// <summary>
/// Writes the measurements of a chain as CSV for Danish spreadsheets: semicolons, decimal commas, times in Danish time, UTF-8 with a byte
/// order mark. Texts that begin like a formula are escaped.
/// </summary>
public static class MeasurementCsv
{
    /// <summary>Returns the bytes of the file, oldest measurement first.</summary>
    public static byte[] Write(ChainBenefits benefits)
    {
        ArgumentNullException.ThrowIfNull(benefits);
        using var bytes = new MemoryStream();
        using (var writer = new StreamWriter(bytes, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true))
        using (var csv = new CsvWriter(writer,
            new CsvConfiguration(DanishFormat.Danish) { Delimiter = ";", NewLine = "\r\n", InjectionOptions = InjectionOptions.None }))
        {
            foreach (var name in (string[])[
                "boks", "gevinst", "formelnavn", "tidspunkt", "værdi", "enhed", "note", "indtastet", "indtastet af", "måde"])
            {
                csv.WriteField(name);
            }
            csv.NextRecord();
            foreach (var (benefit, measured) in benefits.All.SelectMany(b => b.Measurements, (b, m) => (b, m)).OrderBy(p => p.m.At)
                .ThenBy(p => p.m.Id))
            {
                csv.WriteField(SpreadsheetText.Of(measured.ElementId));
                csv.WriteField(SpreadsheetText.Of(ReportRows.TitleOf(benefit)));
                csv.WriteField(SpreadsheetText.Of(benefit.Definition.Key));
                csv.WriteField(Moment(measured.At));
                csv.WriteField(measured.Value?.ToString("0.############", DanishFormat.Danish));
                csv.WriteField(SpreadsheetText.Of(benefit.Definition.Unit));
                csv.WriteField(SpreadsheetText.Of(measured.Note));
                csv.WriteField(Moment(measured.EnteredAt));
                csv.WriteField(SpreadsheetText.Of(measured.EnteredBy));
                csv.WriteField(measured.Via);
                csv.NextRecord();
            }
        }

        return bytes.ToArray();
    }

    private static string Moment(DateTimeOffset at) => DanishTime.ToLocal(at).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
