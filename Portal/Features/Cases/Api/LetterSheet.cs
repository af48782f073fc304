using Portal.Ingestion.Letters;
using Portal.Platform.Documents.Workbooks;
using Portal.Platform.Text;
using Portal.Platform.Ui;
using Portal.Platform.Ui.Lists;

namespace Portal.Features.Cases.Api;

/// <summary>
/// Letters as a table of a file. The recipient's number is left out, and numbers in other texts are masked. In Danish, as the import files
/// are.
/// </summary>
internal static class LetterSheet
{
    /// <summary>The letters as a file, with the columns that their page can show.</summary>
    public static ListFile<LetterView> File { get; } = new(
        "Breve", "breve", LetterShape.Shape,
        [
            new(LetterShape.Letter, "sag", SheetTable.Middle, l => SheetCell.Text(l.CaseNumber)),
            new(LetterShape.Type, "sagstype", SheetTable.Middle, l => SheetCell.Text(CaseTypes.NameOrEmpty(l.CaseType))),
            new(LetterShape.Id, "brevets id", SheetTable.Middle, l => SheetCell.Text(l.LetterId)),
            new(LetterShape.Letter, "titel", SheetTable.Wide, l => SheetCell.Text(l.Title)),
            new(LetterShape.Recipient, "modtager", SheetTable.Middle, l => SheetCell.Text(l.Recipient.Name)),
            new(LetterShape.Channel, "kanal", SheetTable.Narrow,
                l => SheetCell.Text(TextResources.Danish<CaseTexts>($"Channel{l.Channel}"))),
            new(LetterShape.Sent, "sendt", 20, l => SheetCell.Sent(l.SentAt)),
            new(LetterShape.Verdict, "resultat", 20, l => SheetCell.Text(VerdictOf(l))),
            new(LetterShape.Arrived, "kom frem", SheetTable.Narrow, l => SheetCell.Day(LetterArrival.Of(l).Day)),
            new(LetterShape.Arrived, "ankomsten er", SheetTable.Middle, l => SheetCell.Text(WordOf(LetterArrival.Of(l).Certainty))),
            new(LetterShape.LastDay, "sidste dag for at klage", SheetTable.Middle, l => SheetCell.Day(l.AppealDeadline)),
            new(LetterShape.LastDay, "sidste dag bygger på", SheetTable.Middle,
                l => SheetCell.Text(BasisOf(l, LetterArrival.Of(l).Certainty))),
        ]);

    /// <summary>All that the table can hold of letters, in their order, as CSV.</summary>
    public static byte[] Csv(IReadOnlyList<LetterView> letters) => CsvFile.Write(
        ListExport.Table(File, new ListRows<LetterView>(letters, IsCut: false), ListLook.ReadFile(LetterShape.Shape, _ => null)));

    private static string VerdictOf(LetterView letter) =>
        VerdictWord.Danish(letter.Verdict, inDoubt: LetterArrival.Of(letter).Certainty == ArrivalCertainty.InDoubt);

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
}
