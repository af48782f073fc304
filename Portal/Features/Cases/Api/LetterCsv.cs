using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;
using Portal.Platform.Text;
using Portal.Platform.Ui;

namespace Portal.Features.Cases.Api;

/// <summary>
/// Writes letters as CSV for Danish spreadsheets: semicolons, Danish dates and times, UTF-8 with a byte order mark. The recipient's number
/// is left out, numbers in other texts are masked, and texts that begin like a formula are escaped. In Danish, as the import files are.
/// </summary>
internal static class LetterCsv
{
    private static readonly string[] Headings =
    [
        "sag", "sagstype", "brevets id", "titel", "modtager", "kanal", "sendt", "resultat", "kom frem", "ankomsten er",
        "sidste dag for at klage", "sidste dag bygger på",
    ];

    /// <summary>The bytes of the file, in the order of the letters.</summary>
    public static byte[] Write(IEnumerable<LetterView> letters)
    {
        ArgumentNullException.ThrowIfNull(letters);
        using var bytes = new MemoryStream();
        using (var writer = new StreamWriter(bytes, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true))
        using (var csv = new CsvWriter(writer,
            new CsvConfiguration(CultureInfo.InvariantCulture)
            {
                Delimiter = ";", NewLine = "\r\n", InjectionOptions = InjectionOptions.None,
            }))
        {
            foreach (var name in Headings) csv.WriteField(name);
            csv.NextRecord();
            foreach (var letter in letters)
            {
                foreach (var cell in Cells(letter)) csv.WriteField(cell);
                csv.NextRecord();
            }
        }

        return bytes.ToArray();
    }

    private static string[] Cells(LetterView letter)
    {
        var arrival = LetterArrival.Of(letter);
        return
        [
            Text(letter.CaseNumber), Text(string.IsNullOrWhiteSpace(letter.CaseType) ? "" : CaseTypes.Name(letter.CaseType)),
            Text(letter.LetterId), Text(letter.Title), Text(letter.Recipient.Name),
            TextResources.Danish<CaseTexts>($"Channel{letter.Channel}"),
            DanishFormat.Sent(letter.SentAt), TextResources.Danish<UiTexts>($"Verdict{letter.Verdict}"),
            arrival.Day is { } day ? DanishFormat.Date(day) : "", WordOf(arrival.Certainty),
            letter.AppealDeadline is { } last ? DanishFormat.Date(last) : "", BasisOf(letter, arrival.Certainty),
        ];
    }

    private static string WordOf(ArrivalCertainty certainty) => certainty switch
    {
        ArrivalCertainty.Proven => "bevist",
        ArrivalCertainty.Presumed => "sandsynliggjort, ikke bevist",
        ArrivalCertainty.InDoubt => "i tvivl",
        _ => "ikke vist",
    };

    private static string BasisOf(LetterView letter, ArrivalCertainty certainty) => letter.AppealKind switch
    {
        AppealKind.Proven => certainty == ArrivalCertainty.InDoubt ? "ankomst i tvivl" : "bevist ankomst",
        AppealKind.Presumed => "sandsynliggjort ankomst, ikke bevist",
        _ => "",
    };

    private static string Text(string text) => SpreadsheetText.Of(CprNumber.MaskIn(text));
}
