using Portal.Features.Benefits.Figures;
using Portal.Ingestion.Domain;
using Portal.Platform.Documents.Workbooks;

namespace Portal.Features.Reports.Workbooks;

/// <summary>The chains of a workbook.</summary>
/// <param name="IsPortfolio">Several chains: every row says which it belongs to.</param>
internal sealed record WorkbookChains(IReadOnlyList<ChainBenefits> Chains, Period Period, bool IsPortfolio)
{
    /// <summary>The heading of the column that says which chain a row belongs to.</summary>
    public const string ChainHeading = Benefits.Import.OverviewHeadings.ChainHeading;

    /// <summary>The title of a chain.</summary>
    public static string TitleOf(ChainBenefits chain) =>
        TextLines.OneLine(chain.Chain.Title).Trim() is { Length: > 0 } title ? title : "Effektkæde uden titel";
}

/// <summary>Tables of several chains.</summary>
internal static class ChainTable
{
    /// <summary>A table with a row for each item of each chain.</summary>
    public static SheetTable Of<T>(
        string name, WorkbookChains chains, Func<ChainBenefits, IEnumerable<T>> items, params IReadOnlyList<SheetColumn<T>> columns)
    {
        var headings = columns.Select(c => (c.Heading, c.Width));
        var rows = chains.Chains.SelectMany(items, (chain, item) =>
        {
            var cells = columns.Select(c => c.Cell(item));
            return (IReadOnlyList<SheetCell>)(chains.IsPortfolio
                ? [SheetCell.Text(WorkbookChains.TitleOf(chain)), .. cells]
                : [.. cells]);
        });
        return new SheetTable(
            name, chains.IsPortfolio ? [(WorkbookChains.ChainHeading, SheetTable.Middle), .. headings] : [.. headings], [.. rows])
        {
            Frozen = chains.IsPortfolio ? 2 : 1,
        };
    }
}
