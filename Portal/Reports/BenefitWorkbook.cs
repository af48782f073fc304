using MiniExcelLibs;
using MiniExcelLibs.Attributes;
using MiniExcelLibs.OpenXml;
using Portal.Benefits.Figures;
using Portal.Ingestion.Time;

namespace Portal.Reports;

/// <summary>A chain's benefits as a workbook: one sheet a table, numbers as numbers, dates as dates. A gap is an empty cell.</summary>
public static class BenefitWorkbook
{
    /// <summary>The workbook's bytes.</summary>
    public static byte[] Write(ChainBenefits benefits)
    {
        ArgumentNullException.ThrowIfNull(benefits);
        var sheets = new Dictionary<string, object>
        {
            ["Gevinster"] = benefits.All.Select(b => new Dictionary<string, object?>
            {
                ["Boks"] = b.Element.Id, ["Gevinst"] = Safe(b.Element.Text), ["Art"] = b.IsNegative ? "negativ gevinst" : b.IsBenefit ? "gevinst" : "grundlag", ["Måling"] = Safe(BenefitFormat.Source(b.Definition)), ["Enhed"] = Safe(b.Definition.Unit),
                ["Nulpunkt"] = b.Standing.Baseline, ["Nu"] = b.Series.Value, ["Mål"] = b.Standing.Target, ["Lavest ventet"] = b.Standing.Low, ["Højest ventet"] = b.Standing.High,
                ["Ejer"] = Safe(b.Definition.Owner), ["Status"] = BenefitFormat.State(b.Standing.State), ["Følg op"] = b.Definition.FollowUpOn?.ToDateTime(TimeOnly.MinValue),
            }).ToList(),
            ["Måneder"] = benefits.Period.Months.Select(m =>
            {
                var row = new Dictionary<string, object?> { ["Måned"] = m.First.ToDateTime(TimeOnly.MinValue) };
                foreach (var b in benefits.All) row[$"{b.Definition.Key} ({b.Definition.Unit})"] = b.Series.Points.FirstOrDefault(p => p.Month == m)?.Value;
                return row;
            }).ToList(),
            ["Målinger"] = benefits.All.SelectMany(b => b.Measurements.Select(x => new Dictionary<string, object?>
            {
                ["Boks"] = x.ElementId, ["Tidspunkt"] = DanishTime.ToLocal(x.At).DateTime, ["Værdi"] = x.Value, ["Note"] = Safe(x.Note), ["Indtastet"] = DanishTime.ToLocal(x.EnteredAt).DateTime, ["Af"] = Safe(x.EnteredBy),
            })).ToList(),
        };
        using var stream = new MemoryStream();
        stream.SaveAs(sheets, configuration: new OpenXmlConfiguration { DynamicColumns = [Date("Måned", "yyyy-mm"), Date("Følg op", "dd-mm-yyyy"), Date("Tidspunkt", "dd-mm-yyyy hh:mm"), Date("Indtastet", "dd-mm-yyyy hh:mm")] });
        return stream.ToArray();
    }

    private static DynamicExcelColumn Date(string name, string format) => new(name) { Format = format, Width = 18 };

    // What a spreadsheet would take for a formula is text.
    private static string? Safe(string? text) => text is ['=' or '+' or '-' or '@', ..] ? "'" + text : text;
}
