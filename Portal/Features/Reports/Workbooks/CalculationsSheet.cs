using Portal.Features.Benefits.Calculations;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Platform.Text;

namespace Portal.Features.Reports.Workbooks;

/// <summary>How each number comes about, step by step: as it is printed, and as a formula that the spreadsheet calculates. Pure.</summary>
internal static class CalculationsSheet
{
    /// <summary>The name of the sheet.</summary>
    public const string Name = "Regnestykker";

    private sealed record Line(BenefitFigure Figure, CalculationStep Step, int Number)
    {
        // The steps of a figure that adds up months are of months, not of a year.
        public string Unit => Figure.Definition.Gathering == Aggregation.Sum || Step.Unit != Figure.Definition.Unit
            ? WorkbookWords.UnitOfMonths(Step.Unit)
            : Step.Unit;

        // What is measured is no estimate; it is one when it is calculated in three ways.
        public string? Estimate => Step.Case switch
        {
            EstimateCase.Low => "lav",
            EstimateCase.High => "høj",
            _ => Figure.Steps.Any(s => s.Case != EstimateCase.Likely) ? "sandsynlig" : null,
        };
    }

    /// <summary>The sheet.</summary>
    public static SheetTable Of(WorkbookChains chains) => SheetTable.Of<Line>(
        Name, chains, c => c.All.SelectMany(f => f.Steps.Select((step, n) => new Line(f, step, n + 1))),
    [
        new("Gevinst", SheetTable.Wide, l => SheetCell.Text(ReportRows.TitleOf(l.Figure))),
        new("Trin", 8, l => SheetCell.Number(l.Number)),
        new("Hvad der regnes ud", SheetTable.Wide, l => SheetCell.Text(l.Step.Name)),
        new("Regning", SheetTable.Wide, l => SheetCell.Text(l.Step.ExpressionIn(DanishFormat.Danish))),
        new("Resultat", SheetTable.Narrow, l => StepFormula.Of(l.Step)),
        new("Som det står i rapporten", SheetTable.Narrow, l => SheetCell.Text(l.Step.ResultIn(DanishFormat.Danish))),
        new("Enhed", SheetTable.Narrow, l => SheetCell.Text(l.Unit)),
        new("Skøn", SheetTable.Narrow, l => SheetCell.Text(l.Estimate)),
        new("Gevinstens tal", SheetTable.Narrow, l => SheetCell.Text(l.Step.IsFigure ? "ja" : null)),
        new("Boks", SheetTable.Narrow, l => SheetCell.Text(l.Figure.Element.Id)),
    ]);
}
