using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Keeping;
using Portal.Platform.Documents.Workbooks;

namespace Portal.Features.Reports.Workbooks;

/// <summary>Every number that was entered, oldest first, also those that no longer count. Pure.</summary>
internal static class MeasurementsSheet
{
    /// <summary>The name of the sheet.</summary>
    public const string Name = "Målinger";

    /// <summary>The sheet.</summary>
    public static SheetTable Of(WorkbookChains chains) => ChainTable.Of<MeasuredLine>(
        Name, chains, MeasuredLine.Of,
    [
        new("Gevinst", SheetTable.Wide, l => SheetCell.Text(ReportRows.TitleOf(l.Figure))),
        new("Dag", 17, l => SheetCell.DayOrMoment(l.Measurement.At)),
        new("Værdi", SheetTable.Narrow, l => SheetCell.Number(l.Measurement.Value)),
        new("Enhed", SheetTable.Narrow, l => SheetCell.Text(MonthUnit.Of(l.Figure.Definition))),
        new("Gælder", 22, l => SheetCell.Text(l.Counts)),
        new("Note", SheetTable.Wide, l => SheetCell.Text(l.Measurement.Note)),
        new("Indtastet", 17, l => SheetCell.Moment(l.Measurement.EnteredAt)),
        new("Indtastet af", SheetTable.Middle, l => SheetCell.Text(l.Measurement.EnteredBy)),
        new("Måde", 20, l => SheetCell.Text(BenefitFormat.Via(l.Measurement.Via))),
        new("Boks", SheetTable.Narrow, l => SheetCell.Text(l.Measurement.ElementId)),
    ]);
}

/// <summary>A number that was entered, and whether it counts.</summary>
/// <param name="Counts">In words.</param>
internal sealed record MeasuredLine(BenefitFigure Figure, Measurement Measurement, string Counts)
{
    /// <summary>The lines of a chain, oldest first.</summary>
    public static IEnumerable<MeasuredLine> Of(ChainBenefits chain) => chain.All.SelectMany(figure =>
    {
        var current = MonthlyValues.Current(figure.Measurements).Select(m => m.Id).ToHashSet();
        return figure.Measurements.Select(m => new MeasuredLine(figure, m,
            m.Value is null ? "tager tallet for dagen tilbage" : current.Contains(m.Id) ? "ja" : "nej, erstattet eller taget tilbage"));
    }).OrderBy(l => l.Measurement.At).ThenBy(l => l.Measurement.Id);
}
