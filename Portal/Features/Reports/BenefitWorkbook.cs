using System.Globalization;
using MiniExcelLibs;
using MiniExcelLibs.Attributes;
using MiniExcelLibs.OpenXml;
using Portal.Features.Benefits.Figures;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Storage;

namespace Portal.Features.Reports;

/// <summary>
/// Writes a chain's benefits as an Excel workbook: one sheet per table, numbers as numbers, dates as dates in Danish time. A gap is an
/// empty cell, never a zero.
/// </summary>
public static class BenefitWorkbook
{
    private const string Day = "dd-mm-yyyy", Moment = "dd-mm-yyyy hh:mm", OfMonth = "mmm yyyy";
    private const int LongestCell = 32_000;

    /// <summary>Returns the bytes of the .xlsx file.</summary>
    public static byte[] Write(ChainBenefits benefits)
    {
        ArgumentNullException.ThrowIfNull(benefits);
        var sheets = new Dictionary<string, object>
        {
            ["Gevinster"] = Rows(benefits.All, Benefit),
            ["Måneder"] = Rows(benefits.All.SelectMany(b => benefits.Period.Months, (b, month) => (b, month)), Month),
            ["Målinger"] = Rows(benefits.All.SelectMany(b => b.Measurements, (b, m) => (b, m)), Measured),
            ["Ny adfærd"] = Rows(benefits.Behaviours.SelectMany(b => b.Notes, (b, note) => (b, note)), Behaviour),
            ["Nulpunkter"] = Rows(benefits.All.SelectMany(b => b.Versions, (b, version) => (b, version)), Baseline),
        };
        using var stream = new MemoryStream();
        stream.SaveAs(sheets, configuration: new OpenXmlConfiguration
        {
            FastMode = true,
            DynamicColumns =
            [
                Date("Måned", OfMonth), Date("Følg op", Day), Date("Målets dato", Day), Date("Effekt fra", Day), Date("Tidspunkt", Moment),
                Date("Indtastet", Moment), Date("Dag", Day), Date("Gælder fra", Moment), Date("Målt fra", Day), Date("Målt til", Day),
                Wide("Gevinst", 44), Wide("Måles ved", 44), Wide("Note", 44), Wide("Adfærd", 44), Wide("Hvad viser det", 44),
                Wide("Begrundelse", 44), Wide("Kilde", 30),
            ],
        });
        NumberCells.Format(stream);
        return stream.ToArray();
    }

    private static Dictionary<string, object?> Benefit(BenefitFigure b) => new()
    {
        ["Boks"] = Safe(b.Element.Id), ["Gevinst"] = Safe(ReportRows.TitleOf(b)),
        ["Art"] = b.IsNegative ? "negativ gevinst" : b.IsBenefit ? "gevinst" : "grundlag", ["Formelnavn"] = Safe(b.Definition.Key),
        ["Måles ved"] = Safe(BenefitFormat.Source(b.Definition)), ["Enhed"] = Safe(b.Definition.Unit), ["Nulpunkt"] = b.Standing.Baseline,
        ["Nu"] = b.Series.Value, ["Mål"] = b.Standing.Target, ["Ventet mindst"] = b.Standing.Low, ["Ventet højst"] = b.Standing.High,
        ["Status"] = b.Problem is { } problem ? $"kan ikke regnes: {problem.Danish}" : BenefitFormat.State(b.Standing.State),
        ["Ejer"] = Safe(b.Definition.Owner), ["Måles af"] = Safe(b.Definition.Measurer), ["Effekt fra"] = Of(b.Definition.EffectFrom),
        ["Målets dato"] = Of(b.Definition.TargetOn), ["Følg op"] = Of(b.Definition.FollowUpOn),
    };

    private static Dictionary<string, object?> Month((BenefitFigure Benefit, Month Month) of) => new()
    {
        ["Måned"] = Of(of.Month.First), ["Boks"] = Safe(of.Benefit.Element.Id), ["Gevinst"] = Safe(ReportRows.TitleOf(of.Benefit)),
        ["Enhed"] = Safe(of.Benefit.Definition.Unit),
        ["Værdi"] = of.Benefit.Series.Points.FirstOrDefault(p => p.Month == of.Month)?.Value,
    };

    private static Dictionary<string, object?> Measured(
        (BenefitFigure Benefit, Portal.Features.Benefits.Keeping.Measurement Measurement) of) => new()
        {
            ["Boks"] = Safe(of.Measurement.ElementId), ["Gevinst"] = Safe(ReportRows.TitleOf(of.Benefit)),
            ["Tidspunkt"] = Of(of.Measurement.At), ["Værdi"] = of.Measurement.Value, ["Enhed"] = Safe(of.Benefit.Definition.Unit),
            ["Note"] = Safe(of.Measurement.Note), ["Indtastet"] = Of(of.Measurement.EnteredAt),
            ["Indtastet af"] = Safe(of.Measurement.EnteredBy),
        };

    private static Dictionary<string, object?> Behaviour(
        (BehaviourFigure Behaviour, Portal.Features.Benefits.Keeping.BenefitNote Note) of) => new()
        {
            ["Boks"] = Safe(of.Behaviour.Element.Id), ["Adfærd"] =
                Safe(of.Behaviour.Element.Text is { Length: > 0 } text ? text : of.Behaviour.Element.Start ?? of.Behaviour.Element.Stop),
            ["Dag"] = Of(of.Note.Day), ["Sker det"] = of.Note.Answer switch { Portal.Features.Benefits.Keeping.Occurrence.Yes =>
                "ja", Portal.Features.Benefits.Keeping.Occurrence.Partly => "delvist", Portal.Features.Benefits.Keeping.Occurrence.No =>
                    "nej", _ => null }, ["Hvad viser det"] = Safe(of.Note.Evidence), ["Note"] = Safe(of.Note.Text),
            ["Indtastet"] = Of(of.Note.EnteredAt), ["Indtastet af"] = Safe(of.Note.EnteredBy),
        };

    private static Dictionary<string, object?> Baseline(
        (BenefitFigure Benefit, Portal.Features.Benefits.Indicators.IndicatorVersion Version) of) => new()
        {
            ["Boks"] = Safe(of.Benefit.Element.Id), ["Gevinst"] = Safe(ReportRows.TitleOf(of.Benefit)), ["Version"] = of.Version.Version,
            ["Gælder fra"] = Of(of.Version.At), ["Ændret af"] = Safe(of.Version.By), ["Nulpunkt"] = of.Version.Definition.Baseline.Value,
            ["Målt fra"] = Of(of.Version.Definition.Baseline.From), ["Målt til"] = Of(of.Version.Definition.Baseline.To),
            ["Kilde"] = Safe(of.Version.Definition.Baseline.Source), ["Begrundelse"] = Safe(of.Version.Reason),
        };

    private static List<Dictionary<string, object?>> Rows<T>(
        IEnumerable<T> items, Func<T, Dictionary<string, object?>> row) => [.. items.Select(row)];

    private static object? Of(DateOnly? day) => day is { } known ? Of(known.ToDateTime(TimeOnly.MinValue)) : null;

    private static object? Of(DateTimeOffset at) => StoredTime.IsUnreadable(at) ? null : Of(DanishTime.ToLocal(at).DateTime);

    // Excel has no dates before 1900.
    private static object Of(DateTime at) => at.Year < 1900 ? at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : at;

    private static DynamicExcelColumn Date(string name, string format) => new(name) { Format = format, Width = 17 };

    private static DynamicExcelColumn Wide(string name, double width) => new(name) { Width = width };

    // Cut to less than the 32,767 characters that a cell can hold; an empty text is an empty cell.
    private static string? Safe(string? text) =>
        string.IsNullOrEmpty(text) ? null : SpreadsheetText.Of(TextCut.At(text, LongestCell, "…"));
}
