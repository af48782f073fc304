using Portal.Features.Reports.Workbooks;
using Portal.Platform.Text;

namespace Portal.Features.Reports.Issued;

/// <summary>The files that are made with an issued report and kept with it.</summary>
public static class ReportFiles
{
    /// <summary>The workbook.</summary>
    public const string Workbook = "eksport.xlsx";

    /// <summary>The measurements of one chain.</summary>
    public const string Measurements = "maalinger.csv";

    /// <summary>The report in English, as a document.</summary>
    public const string English = "en.json";

    /// <summary>Its figures (<see cref="IssuedFigures"/>), for the comparison with the next report.</summary>
    public const string Figures = "tal.json";

    /// <summary>The workbook of a report.</summary>
    public static byte[] WorkbookOf(ReportModel report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return report.IsOverview
            ? BenefitWorkbook.WriteAll([.. report.Chapters.Select(c => c.Benefits)], report.Period)
            : BenefitWorkbook.Write(report.Chapters[0].Benefits);
    }
}

/// <summary>What is different from the report of the same scope before.</summary>
/// <param name="Number">That report's number.</param>
/// <param name="IssuedAt">When that report was issued, UTC.</param>
/// <param name="Lines">Empty when no number is different.</param>
public sealed record ReportSince(int Number, DateTimeOffset IssuedAt, IReadOnlyList<ILocalizedText> Lines);
