using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Keeping;
using Portal.Platform.Documents.Workbooks;

namespace Portal.Features.Reports.Workbooks;

/// <summary>The notes on whether a new behaviour occurs. Pure.</summary>
internal static class BehaviourSheet
{
    /// <summary>The name of the sheet.</summary>
    public const string Name = "Ny adfærd";

    private sealed record Line(BehaviourFigure Behaviour, BenefitNote Note);

    /// <summary>The sheet.</summary>
    public static SheetTable Of(WorkbookChains chains) => ChainTable.Of<Line>(
        Name, chains, c => c.Behaviours.SelectMany(b => b.Notes, (b, note) => new Line(b, note)),
    [
        new("Adfærd", SheetTable.Wide, l => SheetCell.Text(WorkbookWords.TitleOf(l.Behaviour.Element))),
        new("Hvem", SheetTable.Middle, l => SheetCell.Text(l.Behaviour.Element.Who)),
        new("I stedet for", SheetTable.Wide, l => SheetCell.Text(l.Behaviour.Element.InsteadOf)),
        new("Dag", SheetTable.Narrow, l => SheetCell.Day(l.Note.Day)),
        new("Sker det", SheetTable.Narrow, l => SheetCell.Text(WorkbookWords.Of(l.Note.Answer))),
        new("Hvad viser det", SheetTable.Wide, l => SheetCell.Text(l.Note.Evidence)),
        new("Note", SheetTable.Wide, l => SheetCell.Text(l.Note.Text)),
        new("Indtastet", 17, l => SheetCell.Moment(l.Note.EnteredAt)),
        new("Indtastet af", SheetTable.Middle, l => SheetCell.Text(l.Note.EnteredBy)),
        new("Boks", SheetTable.Narrow, l => SheetCell.Text(l.Behaviour.Element.Id)),
    ]);
}
