using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Portal.Features.Benefits.Figures;
using Portal.Ingestion.Domain.Time;
using Portal.Platform.Text;

namespace Portal.Features.Reports;

/// <summary>
/// The measurements of a chain as a Danish spreadsheet opens them: semicolons, decimal commas, times in Danish time, UTF-8 with its mark.
/// What begins like a formula is made text.
/// </summary>
public static class MeasurementCsv
{
    /// <summary>The file's bytes, oldest measurement first.</summary>
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
                csv.WriteField(Safe(measured.ElementId));
                csv.WriteField(Safe(ReportRows.TitleOf(benefit)));
                csv.WriteField(Safe(benefit.Definition.Key));
                csv.WriteField(Moment(measured.At));
                csv.WriteField(measured.Value?.ToString("0.############", DanishFormat.Danish));
                csv.WriteField(Safe(benefit.Definition.Unit));
                csv.WriteField(Safe(measured.Note));
                csv.WriteField(Moment(measured.EnteredAt));
                csv.WriteField(Safe(measured.EnteredBy));
                csv.WriteField(measured.Via);
                csv.NextRecord();
            }
        }

        return bytes.ToArray();
    }

    private static string Moment(DateTimeOffset at) => DanishTime.ToLocal(at).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Safe(string? text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + text : text ?? "";
}
