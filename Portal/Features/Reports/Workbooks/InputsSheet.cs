using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Inputs;
using Portal.Platform.Documents.Workbooks;
using Portal.Platform.Text;

namespace Portal.Features.Reports.Workbooks;

/// <summary>The numbers that calculations use, as they were agreed. Pure.</summary>
internal static class InputsSheet
{
    /// <summary>The name of the sheet.</summary>
    public const string Name = "Forudsætninger";

    private sealed record Line(ChainBenefits Chain, InputFact Fact);

    /// <summary>The sheet.</summary>
    public static SheetTable Of(WorkbookChains chains) => ChainTable.Of<Line>(
        Name, chains, c => c.Inputs.Facts.Select(f => new Line(c, f)),
    [
        new("Forudsætning", SheetTable.Wide, l => SheetCell.Text(Deviations.NameOf(l.Fact.Key, l.Chain.Inputs))),
        new("Værdi", SheetTable.Narrow, l => ValueOf(l.Fact.Key.Part, l.Fact.Latest.Value)),
        new("Enhed", SheetTable.Narrow, l => SheetCell.Text(UnitOf(l.Fact.Key.Part))),
        new("Kilde", SheetTable.Wide, l => SheetCell.Text(l.Fact.Latest.Source)),
        new("Ejer", SheetTable.Middle, l => SheetCell.Text(l.Fact.Latest.Owner)),
        new("Gælder fra", SheetTable.Narrow, l => SheetCell.Day(l.Fact.Latest.From)),
        new("Låst", SheetTable.Middle, l => SheetCell.Text(l.Chain.LockOf(l.Fact)?.In(DanishFormat.Danish) ?? "nej")),
        new("Aftalt", 17, l => SheetCell.Moment(l.Fact.Latest.At)),
        new("Aftalt af", SheetTable.Middle, l => SheetCell.Text(l.Fact.Latest.By)),
        new("Begrundelse", SheetTable.Wide, l => SheetCell.Text(l.Fact.Latest.Reason)),
        new("På kanvassen står nu", SheetTable.Narrow, l =>
            l.Chain.Inputs.PendingOf(l.Fact) is (true, var drawn) ? ValueOf(l.Fact.Key.Part, drawn) : SheetCell.Empty),
        new("Bruges af", SheetTable.Wide, l => SheetCell.Text(string.Join('\n', l.Chain.All
            .Where(f => f.Inputs.Any(i => i.Key == l.Fact.Key)).Select(ReportRows.TitleOf)))),
        new("Boks", SheetTable.Narrow, l => SheetCell.Text(l.Fact.Key.ElementId)),
    ]);

    /// <summary>A number as it is shown: a share in percent.</summary>
    public static SheetCell ValueOf(InputPart part, decimal? value) => SheetCell.Number(part == InputPart.Share ? value * 100 : value);

    /// <summary>The unit of a number.</summary>
    public static string UnitOf(InputPart part) => part switch
    {
        InputPart.Minutes => "minutter",
        InputPart.Share => "%",
        InputPart.HourPrice => "kr. pr. time",
        InputPart.InitiativeCost => "kr.",
        _ => "om året",
    };
}
