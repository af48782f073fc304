using Portal.Printing;

namespace Portal.Reports;

/// <summary>Makes a report ready to be printed: the same component as the page.</summary>
public sealed class ReportPrinter(DocumentRenderer renderer)
{
    /// <summary>The document of a report.</summary>
    public async Task<PrintDocument> DocumentAsync(ReportModel report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var body = await renderer.RenderAsync<ReportDocument>(new Dictionary<string, object?> { [nameof(ReportDocument.Report)] = report });
        return new PrintDocument($"Gevinstrapport: {report.Title}", body, report.Footer) { Css = ReportDocument.Css };
    }
}
