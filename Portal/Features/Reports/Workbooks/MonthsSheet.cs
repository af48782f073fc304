using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Ingestion.Domain.Time;
using Portal.Platform.Documents.Workbooks;

namespace Portal.Features.Reports.Workbooks;

/// <summary>A row for each month of each number, in the month's own unit. A month without a number has an empty cell. Pure.</summary>
internal static class MonthsSheet
{
    /// <summary>The name of the sheet.</summary>
    public const string Name = "Måneder";

    private sealed record Line(BenefitFigure Figure, Month Month)
    {
        public SeriesPoint? Point { get; } = Figure.Series.Points.FirstOrDefault(p => p.Month == Month);
    }

    /// <summary>The sheet.</summary>
    public static SheetTable Of(WorkbookChains chains) => ChainTable.Of<Line>(
        Name, chains,
        c => c.All.Where(f => f.Definition.Kind != IndicatorKind.Described)
            .SelectMany(f => c.Period.Months, (f, month) => new Line(f, month)),
    [
        new("Måned", SheetTable.Narrow, l => SheetCell.Month(l.Month)),
        new("Gevinst", SheetTable.Wide, l => SheetCell.Text(ReportRows.TitleOf(l.Figure))),
        new("Værdi", SheetTable.Narrow, l => SheetCell.Number(l.Point?.Value)),
        new("Enhed", SheetTable.Narrow, l => SheetCell.Text(MonthUnit.Of(l.Figure.Definition))),
        new("Tæller", SheetTable.Narrow, l => SheetCell.Number(l.Point?.Counted?.Part)),
        new("Nævner", SheetTable.Narrow, l => SheetCell.Number(l.Point?.Counted?.Whole)),
        new("Boks", SheetTable.Narrow, l => SheetCell.Text(l.Figure.Element.Id)),
    ]);
}
