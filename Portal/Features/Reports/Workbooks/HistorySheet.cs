using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Inputs;
using Portal.Platform.Documents.Workbooks;
using Portal.Platform.Text;

namespace Portal.Features.Reports.Workbooks;

/// <summary>Every change of how a benefit is measured, and of the numbers that are calculated with: a row per value. Pure.</summary>
internal static class HistorySheet
{
    /// <summary>The name of the sheet.</summary>
    public const string Name = "Historik";

    private sealed record Line(
        DateTimeOffset At, string By, string Whose, string Field, SheetCell Before, SheetCell After, string Unit, DateOnly? From,
        string? Reason, int Version, string Box);

    /// <summary>The sheet.</summary>
    public static SheetTable Of(WorkbookChains chains) => ChainTable.Of<Line>(
        Name, chains, c => c.All.SelectMany(OfIndicator).Concat(c.Inputs.Facts.SelectMany(f => OfInput(f, c.Inputs))).OrderBy(l => l.At),
    [
        new("Hvornår", 17, l => SheetCell.Moment(l.At)), new("Hvem", SheetTable.Middle, l => SheetCell.Text(l.By)),
        new("Gevinst eller forudsætning", SheetTable.Wide, l => SheetCell.Text(l.Whose)),
        new("Hvad", SheetTable.Middle, l => SheetCell.Text(l.Field)), new("Fra", SheetTable.Middle, l => l.Before),
        new("Til", SheetTable.Middle, l => l.After), new("Enhed", SheetTable.Narrow, l => SheetCell.Text(l.Unit)),
        new("Gælder fra", SheetTable.Narrow, l => SheetCell.Day(l.From)),
        new("Begrundelse", SheetTable.Wide, l => SheetCell.Text(l.Reason)), new("Version", 9, l => SheetCell.Number(l.Version)),
        new("Boks", SheetTable.Narrow, l => SheetCell.Text(l.Box)),
    ]);

    private static IEnumerable<Line> OfIndicator(BenefitFigure figure)
    {
        IndicatorVersion? before = null;
        foreach (var version in figure.Versions)
        {
            var changes = before is null
                ? DefinitionFields.Filled(version.Definition)
                : DefinitionFields.Changes(before.Definition, version.Definition);
            foreach (var change in changes)
            {
                var isNumber = (change.Before ?? change.After) is decimal;
                yield return new Line(
                    version.At, version.By, ReportRows.TitleOf(figure), change.Name.In(DanishFormat.Danish), SheetCell.Of(change.Before),
                    SheetCell.Of(change.After), isNumber ? change.Unit : "", version.Definition.TargetFrom, version.Reason, version.Version,
                    figure.Element.Id);
            }

            before = version;
        }
    }

    private static IEnumerable<Line> OfInput(InputFact fact, InputBook inputs)
    {
        var name = Deviations.NameOf(fact.Key, inputs).In(DanishFormat.Danish);
        InputVersion? before = null;
        foreach (var version in fact.Versions)
        {
            Line Of(string field, SheetCell was, SheetCell now, string unit = "") => new(
                version.At, version.By, name, FieldTexts.Of(field).In(DanishFormat.Danish), was, now, unit, version.From, version.Reason,
                version.Version, fact.Key.ElementId);
            if (before is null || before.Value != version.Value || before.From != version.From)
            {
                yield return Of("FieldInputValue", InputsSheet.ValueOf(fact.Key.Part, before?.Value),
                    InputsSheet.ValueOf(fact.Key.Part, version.Value),
                    InputsSheet.UnitOf(fact.Key.Part));
            }

            if ((before?.Source ?? "") != version.Source)
                yield return Of("FieldInputSource", SheetCell.Text(before?.Source), SheetCell.Text(version.Source));
            if (before?.Owner != version.Owner)
                yield return Of("FieldInputOwner", SheetCell.Text(before?.Owner), SheetCell.Text(version.Owner));
            if (before?.LockedAt != version.LockedAt)
                yield return Of("FieldInputLocked", SheetCell.Text(before?.LockedBy), SheetCell.Text(version.LockedBy));
            before = version;
        }
    }
}
