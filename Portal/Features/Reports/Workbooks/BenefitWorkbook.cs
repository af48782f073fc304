using Portal.Features.Benefits.Figures;
using Portal.Platform.Documents.Workbooks;

namespace Portal.Features.Reports.Workbooks;

/// <summary>When a workbook was drawn, and by whom.</summary>
/// <param name="At">UTC.</param>
/// <param name="By">The person or the API key.</param>
public sealed record WorkbookOrigin(DateTimeOffset At, string By);

/// <summary>
/// Writes benefits as an Excel workbook: a sheet per table, numbers as numbers, dates as dates in Danish time, calculations as formulas. A
/// gap is an empty cell, never a zero.
/// </summary>
public static class BenefitWorkbook
{
    /// <summary>Returns the bytes of the .xlsx file of one chain.</summary>
    /// <param name="origin">Null: the file says only the day that the figures are of.</param>
    public static byte[] Write(ChainBenefits benefits, WorkbookOrigin? origin = null)
    {
        ArgumentNullException.ThrowIfNull(benefits);
        return Write(new WorkbookChains([benefits], benefits.Period, IsPortfolio: false), "", origin);
    }

    /// <summary>Returns the bytes of the .xlsx file of several chains; every row says which it belongs to.</summary>
    /// <param name="department">The department that they are of; null or empty for all.</param>
    /// <param name="origin">Null: the file says only the period.</param>
    public static byte[] WriteAll(
        IReadOnlyList<ChainBenefits> chains, Period period, string? department = null, WorkbookOrigin? origin = null)
    {
        ArgumentNullException.ThrowIfNull(chains);
        return Write(new WorkbookChains(chains, period, IsPortfolio: true), department ?? "", origin);
    }

    private static byte[] Write(WorkbookChains chains, string department, WorkbookOrigin? origin)
    {
        List<SheetTable> tables =
        [
            OverviewSheet.Of(chains), BenefitsSheet.Of(chains), MonthsSheet.Of(chains), CalculationsSheet.Of(chains),
            MeasurementsSheet.Of(chains), BehaviourSheet.Of(chains), HistorySheet.Of(chains), InputsSheet.Of(chains),
        ];
        var title = chains.IsPortfolio ? "Gevinster i alle effektkæder" : WorkbookChains.TitleOf(chains.Chains[0]);
        return WorkbookWriter.Write([AboutSheet.Of(chains, department, origin, tables), .. tables], title, origin?.At);
    }
}
