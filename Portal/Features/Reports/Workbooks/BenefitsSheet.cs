using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Import;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Inputs;
using Portal.Features.Benefits.Keeping;
using Portal.Platform.Documents.Workbooks;
using Portal.Platform.Text;

namespace Portal.Features.Reports.Workbooks;

/// <summary>A row for each benefit and each number that they are calculated from: what was agreed and what has come. Pure.</summary>
internal static class BenefitsSheet
{
    /// <summary>The name of the sheet.</summary>
    public const string Name = "Gevinster";

    private sealed record Line(ChainBenefits Chain, BenefitFigure Figure, MeasuredMonths? Months);

    /// <summary>The sheet.</summary>
    public static SheetTable Of(WorkbookChains chains) => ChainTable.Of<Line>(Name, chains, c => c.All.Select(f =>
        new Line(c, f, MeasuredMonths.Of(f, c.Period, c.Today))),
    [
        Text("Gevinst", SheetTable.Wide, ReportRows.TitleOf), Text("Art", 16, WorkbookWords.ArtOf),
        Text("Type", 18, b => b.IsBenefit ? OverviewWords.Of(b.Definition.Form) : null),
        Text("Enhed", SheetTable.Narrow, b => b.Definition.Unit),
        Number("Nulpunkt (aftalt)", b => b.Standing.Baseline),
        Number("Nulpunkt for de målte måneder", b => b.Standing.BaselineSoFar is { } soFar && soFar != b.Standing.Baseline ? soFar : null),
        Number("Nu", b => b.Series.Value), Text("Enhed for nu og opnået", SheetTable.Narrow, b => MonthUnit.Of(b.Definition)),
        Number("Opnået det seneste år", b => b.Standing.Achieved), Number("Mål (aftalt)", b => b.Standing.Target),
        Day("Mål nås senest", b => b.Definition.TargetOn),
        new("Målt i måneder", SheetTable.Narrow, l => SheetCell.Number(l.Months?.Measured)),
        new("Af måneder", SheetTable.Narrow, l => SheetCell.Number(l.Months?.Due)),
        new("Sidst målt", SheetTable.Narrow, l => l.Figure.Series.LastMonth is { } last ? SheetCell.Month(last) : SheetCell.Empty),
        Number("Prognose lav", b => b.Standing.Forecast?.Low), Number("Prognose sandsynlig", b => b.Standing.Forecast?.Likely),
        Number("Prognose høj", b => b.Standing.Forecast?.High),
        Number("Forventning lav", b => b.Standing.Low), Number("Forventning sandsynlig", b => b.Definition.Likely),
        Number("Forventning høj", b => b.Standing.High), Text("Status", 22, WorkbookWords.StateOf),
        Older("Forventningen er skrevet før en ændring", OlderNumbers.OfExpected),
        new("Sikkerhed", 18, l => l.Figure.Series.Value is null ? SheetCell.Empty : SheetCell.Text(l.Figure.Sureness.Word)),
        Text("Hvorfor ikke mere sikkert", SheetTable.Wide, b => b.Series.Value is null ? null : WorkbookWords.Lines(b.Sureness.Reasons)),
        Number("Tæller", b => b.Series.Counted?.Part), Number("Nævner", b => b.Series.Counted?.Whole),
        Number("Talt i (beskeder eller breve)", b => b.Series.Basis),
        Text("Måles ved", SheetTable.Wide, WorkbookWords.MethodOf), Text("Ejer", SheetTable.Middle, b => b.Definition.Owner),
        Text("Måles af", SheetTable.Middle, b => b.Definition.Measurer),
        Text("Prisen på at måle", SheetTable.Middle, b => b.Definition.MeasuringCost),
        Day("Effekt fra", b => b.Definition.EffectFrom), Day("Følges op", b => b.Definition.FollowUpOn),
        Day("Nulpunkt målt fra", b => b.Definition.Baseline.From), Day("Nulpunkt målt til", b => b.Definition.Baseline.To),
        Text("Nulpunktets kilde", SheetTable.Middle, b => b.Definition.Baseline.Source),
        Text("Nulpunkt låst", SheetTable.Narrow, b => b.Definition.Baseline.Value is null ? null : b.BaselineLocked ? "ja" : "nej"),
        Text("Forudsætning", SheetTable.Wide, b => b.Definition.Assumptions),
        Older("Forudsætningen er skrevet før en ændring", OlderNumbers.OfAssumptions),
        Text("Risiko", SheetTable.Wide, b => b.Definition.Risk),
        Text("Sandsynlighed for risiko", 14, b => b.Definition.RiskLikelihood is { } likelihood ? OverviewWords.Of(likelihood) : null),
        Text("Håndtering af risiko", SheetTable.Wide, b => b.Definition.RiskResponse),
        Text("Hvem får gavn", SheetTable.Middle, b => b.Definition.WhoGains),
        Text("Hvem bærer det", SheetTable.Middle, b => b.Definition.WhoBears),
        Text("Hvem skal gøre noget nyt", SheetTable.Middle, b => b.Definition.WhoChanges),
        Text("Andre interessenter", SheetTable.Middle, b => b.Definition.Stakeholders),
        Text("Frigjort tid bruges til", SheetTable.Wide, b => b.Definition.TimeUse),
        Text("Hvem sørger for det", SheetTable.Middle, b => b.Definition.TimeUseOwner),
        Day("Tiden bruges fra", b => b.Definition.TimeUseFrom),
        Text("Afvigelser", SheetTable.Wide, b => WorkbookWords.Lines(
            b.Deviations.Where(d => d is not ProblemText { Key: "DeviationMonths" }))),
        Text("Årsager", SheetTable.Wide, b => Notes(b.Causes)),
        Text("Andet, der kan have virket", SheetTable.Wide, b => Notes(b.OtherCauses)),
        Text("Formel", SheetTable.Middle, b => b.Definition.Kind == IndicatorKind.Calculated ? b.Definition.Formula : null),
        Text("Navn i formler", SheetTable.Middle, b => b.Definition.Key), Text("Boks", SheetTable.Narrow, b => b.Element.Id),
    ]);

    private static string Notes(IEnumerable<BenefitNote> notes) => string.Join('\n', notes.Select(n => n.Text));

    private static SheetColumn<Line> Text(string heading, double width, Func<BenefitFigure, string?> text) =>
        new(heading, width, l => SheetCell.Text(text(l.Figure)));

    private static SheetColumn<Line> Older(string heading, Func<BenefitFigure, InputBook, ILocalizedText?> older) =>
        new(heading, SheetTable.Wide, l => older(l.Figure, l.Chain.Inputs) is { } text ? SheetCell.Text(text) : SheetCell.Empty);

    private static SheetColumn<Line> Number(string heading, Func<BenefitFigure, decimal?> number) =>
        new(heading, SheetTable.Narrow, l => SheetCell.Number(number(l.Figure)));

    private static SheetColumn<Line> Day(string heading, Func<BenefitFigure, DateOnly?> day) =>
        new(heading, SheetTable.Narrow, l => SheetCell.Day(day(l.Figure)));
}
