using Portal.Features.Benefits.Calculations;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Inputs;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Reports.Documents;
using Portal.Platform.Documents.Workbooks;
using Portal.Platform.Text;

namespace Portal.Features.Reports.Workbooks;

/// <summary>How each number comes about, step by step: as it is printed, and as a formula that the spreadsheet calculates. Pure.</summary>
internal static class CalculationsSheet
{
    /// <summary>The name of the sheet.</summary>
    public const string Name = "Regnestykker";

    private sealed record Line(
        string Title, CalculationStep Step, int Number, string Unit, string? Estimate, string Sources, string Box)
    {
        public static Line Of(ChainBenefits chain, BenefitFigure figure, CalculationStep step, int number) => new(
            ReportRows.TitleOf(figure), step, number,
            // The steps of a figure that adds up months are of months, not of a year.
            figure.Definition.Gathering == Aggregation.Sum || step.Unit != figure.Definition.Unit
                ? MonthUnit.Of(step.Unit)
                : step.Unit,
            // What is measured is no estimate; it is one when it is calculated in three ways.
            step.Case switch
            {
                EstimateCase.Low => "lav",
                EstimateCase.High => "høj",
                _ => figure.Steps.Any(s => s.Case != EstimateCase.Likely) ? "sandsynlig" : null,
            },
            step.IsFigure ? SourcesOf(BenefitInputs.KeysOf(figure.Latest, chain.Inputs), chain) : "", figure.Element.Id);
    }

    /// <summary>The sheet.</summary>
    public static SheetTable Of(WorkbookChains chains) => ChainTable.Of<Line>(
        Name, chains, c => c.All.SelectMany(f => f.Steps.Select((step, n) => Line.Of(c, f, step, n + 1))).Concat(Freed(c)),
    [
        new("Gevinst", SheetTable.Wide, l => SheetCell.Text(l.Title)),
        new("Trin", 8, l => SheetCell.Number(l.Number)),
        new("Hvad der regnes ud", SheetTable.Wide, l => SheetCell.Text(l.Step.Name)),
        new("Regning", SheetTable.Wide, l => SheetCell.Text(l.Step.ExpressionIn(DanishFormat.Danish))),
        new("Resultat", SheetTable.Narrow, l => StepFormula.Of(l.Step)),
        new("Som det står i rapporten", SheetTable.Narrow, l => SheetCell.Text(l.Step.ResultIn(DanishFormat.Danish))),
        new("Enhed", SheetTable.Narrow, l => SheetCell.Text(l.Unit)),
        new("Skøn", SheetTable.Narrow, l => SheetCell.Text(l.Estimate)),
        new("Gevinstens tal", SheetTable.Narrow, l => SheetCell.Text(l.Step.IsFigure ? "ja" : null)),
        new("Hvor tallene kommer fra", SheetTable.Wide, l => SheetCell.Text(l.Sources)),
        new("Boks", SheetTable.Narrow, l => SheetCell.Text(l.Box)),
    ]);

    // The freed hours of the chain, and what they come to at the agreed price.
    private static IEnumerable<Line> Freed(ChainBenefits chain)
    {
        if (ReportFreed.PricedOf(chain) is not var (time, price)) yield break;
        if (Calculations.Freed(time, price.Latest.Value!.Value, "Frigjort tid i alt", "Timer gange prisen for en time")
            is not var (hours, worth)) yield break;
        yield return new("Frigjort tid regnet om til kroner", hours, 1, hours.Unit, null, "", "");
        yield return new("Frigjort tid regnet om til kroner", worth, 2, worth.Unit, null, SourcesOf([price.Key], chain), "");
    }

    private static string SourcesOf(IEnumerable<InputKey> keys, ChainBenefits chain) =>
        WorkbookWords.Lines(InputExplanation.Lines(keys, chain.Inputs));
}
