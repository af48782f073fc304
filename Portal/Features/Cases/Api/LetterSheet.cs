using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;
using Portal.Platform.Documents.Workbooks;
using Portal.Platform.Text;
using Portal.Platform.Ui;

namespace Portal.Features.Cases.Api;

/// <summary>
/// Letters as a table of a file. The recipient's number is left out, and numbers in other texts are masked. In Danish, as the import files
/// are.
/// </summary>
internal static class LetterSheet
{
    private static readonly SheetColumn<LetterView>[] Columns =
    [
        new("sag", SheetTable.Middle, l => Text(l.CaseNumber)),
        new("sagstype", SheetTable.Middle, l => Text(CaseTypes.NameOrEmpty(l.CaseType))),
        new("brevets id", SheetTable.Middle, l => Text(l.LetterId)),
        new("titel", SheetTable.Wide, l => Text(l.Title)),
        new("modtager", SheetTable.Middle, l => Text(l.Recipient.Name)),
        new("kanal", SheetTable.Narrow, l => Text(TextResources.Danish<CaseTexts>($"Channel{l.Channel}"))),
        new("sendt", 20, l => SheetCell.Sent(l.SentAt)),
        new("resultat", 20, l => Text(TextResources.Danish<UiTexts>($"Verdict{l.Verdict}"))),
        new("kom frem", SheetTable.Narrow, l => SheetCell.Day(LetterArrival.Of(l).Day)),
        new("ankomsten er", SheetTable.Middle, l => Text(WordOf(LetterArrival.Of(l).Certainty))),
        new("sidste dag for at klage", SheetTable.Middle, l => SheetCell.Day(l.AppealDeadline)),
        new("sidste dag bygger på", SheetTable.Middle, l => Text(BasisOf(l, LetterArrival.Of(l).Certainty))),
    ];

    /// <summary>The table, in the order of the letters.</summary>
    public static SheetTable Of(IEnumerable<LetterView> letters) => SheetTable.Of("Breve", letters, Columns);

    /// <summary>The table as CSV.</summary>
    public static byte[] Csv(IEnumerable<LetterView> letters) => CsvFile.Write(Of(letters));

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

    private static SheetCell Text(string text) => SheetCell.Text(CprNumber.MaskIn(text));
}
