using Portal.Features.Benefits.Calculations;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Formulas;
using Portal.Features.Benefits.Import;
using Portal.Features.Benefits.Indicators;
using Portal.Platform.Documents.Workbooks;
using static Portal.Features.Benefits.Import.OverviewHeadings;

namespace Portal.Features.Reports.Workbooks;

/// <summary>
/// The benefit overview in the columns of the Danish state's, with formulas for totals and for middles. It can be imported again
/// (<see cref="OverviewReader"/>). Pure.
/// </summary>
internal static class OverviewSheet
{
    private static readonly EstimateCase[] Cases = [EstimateCase.Low, EstimateCase.Likely, EstimateCase.High];

    // What a total is of.
    private sealed record Sum(BenefitForm Form, bool IsNegative, string Unit);

    /// <summary>The years of the columns.</summary>
    public static ExpectedYears YearsOf(WorkbookChains chains) => ExpectedYears.Of(
        chains.Chains.SelectMany(c => c.Benefits).Select(b => b.Latest), chains.Period.First.Year);

    /// <summary>The sheet.</summary>
    public static SheetTable Of(WorkbookChains chains)
    {
        var years = YearsOf(chains);
        var counted = CountedTwice(chains);
        var all = chains.Chains.SelectMany(c => c.Benefits).ToList();
        var columns = Columns(years, b => counted.Contains(b) ? null : SumOf(b)?.Unit);
        var table = ChainTable.Of(OverviewHeadings.Sheet, chains, c => c.Benefits, columns);
        var rows = table.Rows.Select((row, n) => WithMiddles(table, years, all[n], row, n + 2)).ToList();
        var sums = all.Where(b => !counted.Contains(b)).Select(b => (Benefit: b, Sum: SumOf(b))).Where(b => b.Sum is not null)
            .ToLookup(b => b.Sum!, b => b.Benefit);
        return table with
        {
            Rows = rows,
            Totals = [.. sums.OrderBy(s => s.Key.IsNegative).ThenBy(s => s.Key.Form).ThenBy(s => s.Key.Unit, StringComparer.Ordinal)
                .Select(s => Total(table, years, s.Key, [.. s]))],
        };
    }

    private static List<SheetColumn<BenefitFigure>> Columns(ExpectedYears years, Func<BenefitFigure, string?> sumUnit)
    {
        static SheetColumn<BenefitFigure> Text(OverviewColumn column, double width, Func<BenefitFigure, string?> text) =>
            new(OverviewHeadings.Of(column), width, b => SheetCell.Text(text(b)));
        var estimates = Enumerable.Range(0, LastYear + 1).SelectMany(year => Cases, (year, estimate) => new SheetColumn<BenefitFigure>(
            OverviewHeadings.Of(year, years.First + year, estimate), SheetTable.Narrow,
            b => SheetCell.Number(years.In(b.Latest, year, estimate))));
        return
        [
            Text(OverviewColumn.Benefit, SheetTable.Wide, ReportRows.TitleOf),
            Text(OverviewColumn.Type, 20, b => OverviewWords.Of(b.Latest.Form)),
            Text(OverviewColumn.Owner, SheetTable.Middle, b => b.Definition.Owner),
            Text(OverviewColumn.Unit, SheetTable.Narrow, b => b.Latest.Unit),
            .. estimates,
            Text(OverviewColumn.Assumptions, SheetTable.Wide, b => b.Latest.Assumptions),
            Text(OverviewColumn.Method, SheetTable.Wide, WorkbookWords.MethodOf),
            Text(OverviewColumn.Risk, SheetTable.Wide, b => b.Latest.Risk),
            Text(OverviewColumn.Likelihood, 14, b => b.Latest.RiskLikelihood is { } likelihood ? OverviewWords.Of(likelihood) : null),
            Text(OverviewColumn.Response, SheetTable.Wide, b => b.Latest.RiskResponse),
            Text(OverviewColumn.Art, 18, b => b.IsNegative ? OverviewWords.Negative : OverviewWords.Positive),
            new(OverviewHeadings.Of(OverviewColumn.EffectFrom), SheetTable.Narrow, b => SheetCell.Day(b.Latest.EffectFrom)),
            new(OverviewHeadings.Of(OverviewColumn.Target), SheetTable.Narrow, b => SheetCell.Number(b.Latest.Target)),
            new(OverviewHeadings.Of(OverviewColumn.TargetOn), 17, b => SheetCell.Day(b.Latest.TargetOn)),
            new(SumHeading, 17, b => SheetCell.Text(sumUnit(b))),
            Text(OverviewColumn.Box, SheetTable.Narrow, b => b.Element.Id),
        ];
    }

    // Of two benefits that count the same thing only one is added.
    private static HashSet<object> CountedTwice(WorkbookChains chains) =>
        chains.Chains.SelectMany(c => c.DoubleCounts).Select(d => (object)d.Other).ToHashSet(ReferenceEqualityComparer.Instance);

    // Yearly hours or kroner that count from zero, so that what is expected is what is gained; null for everything else.
    private static Sum? SumOf(BenefitFigure benefit)
    {
        var indicator = benefit.Latest;
        if (indicator.Gathering != Aggregation.Sum || indicator.Baseline.Value is not (null or 0)
            || (!benefit.IsNegative && indicator.Better != BetterWhen.Higher)) return null;
        var unit = UnitText.Parse(indicator.Unit);
        return unit == Unit.OfHours ? new Sum(indicator.Form, benefit.IsNegative, "timer")
            : unit == Unit.OfMoney ? new Sum(indicator.Form, benefit.IsNegative, "kr.")
            : null;
    }

    // The likely value as the middle of the others, where it is: it follows when they are changed.
    private static IReadOnlyList<SheetCell> WithMiddles(
        SheetTable table, ExpectedYears years, BenefitFigure benefit, IReadOnlyList<SheetCell> cells, int row)
    {
        if (!ExpectedYears.IsMiddle(benefit.Latest)) return cells;
        var changed = cells.ToList();
        for (var year = 0; year <= LastYear; year++)
        {
            var at = ColumnOf(table, OverviewHeadings.Of(year, years.First + year, EstimateCase.Likely));
            if (changed[at].Value is not decimal middle) continue;
            changed[at] = changed[at] with
            {
                Formula = $"({SheetTable.Reference(at - 1, row)}+{SheetTable.Reference(at + 1, row)})/2", Value = middle,
            };
        }

        return changed;
    }

    private static SheetCell[] Total(SheetTable table, ExpectedYears years, Sum sum, IReadOnlyList<BenefitFigure> benefits)
    {
        var cells = table.Columns.Select(_ => SheetCell.Empty).ToArray();
        int Column(OverviewColumn column) => ColumnOf(table, OverviewHeadings.Of(column));
        string Range(int column) =>
            $"{SheetTable.ColumnName(column)}$2:{SheetTable.ColumnName(column)}${table.Rows.Count + 1}";
        var (form, art) = (OverviewWords.Of(sum.Form), sum.IsNegative ? OverviewWords.Negative : OverviewWords.Positive);
        var (forms, arts, units) = (Column(OverviewColumn.Type), Column(OverviewColumn.Art), ColumnOf(table, SumHeading));
        var name = $"{form}, {sum.Unit}{(sum.IsNegative ? " (negative gevinster)" : "")}";
        cells[Column(OverviewColumn.Benefit)] = new SheetCell(OverviewReader.TotalOf(name), CellLook.Bold);
        cells[Column(OverviewColumn.Unit)] = new SheetCell(sum.Unit, CellLook.Bold);
        for (var year = 0; year <= LastYear; year++)
        {
            foreach (var estimate in Cases)
            {
                var values = benefits.Select(b => years.In(b.Latest, year, estimate)).OfType<decimal>().ToList();
                if (values.Count == 0) continue;
                var at = ColumnOf(table, OverviewHeadings.Of(year, years.First + year, estimate));
                var total = values.Sum();
                cells[at] = new SheetCell(
                    total, CellLook.BoldNumber, total == Math.Truncate(total) ? 0 : 2,
                    $"SUMIFS({Range(at)},{Absolute(forms)},\"{form}\",{Absolute(arts)},\"{art}\",{Absolute(units)},\"{sum.Unit}\")");
            }
        }

        return cells;

        string Absolute(int column) => "$" + Range(column).Replace(":", ":$", StringComparison.Ordinal);
    }

    private static int ColumnOf(SheetTable table, string heading)
    {
        for (var n = 0; n < table.Columns.Count; n++)
        {
            if (table.Columns[n].Heading == heading) return n;
        }

        throw new ArgumentException($"The sheet has no column {heading}.", nameof(heading));
    }
}
