using Portal.Ingestion.Domain;
using Portal.Platform.Text.Numbers;

namespace Portal.Features.Benefits.Import;

/// <summary>
/// Reads a benefit overview from an .xlsx: the portal's own, or one made by hand with the same headings in any order. Never throws for what
/// is in the file. Pure.
/// </summary>
public static class OverviewReader
{
    /// <summary>The largest file, in bytes.</summary>
    public const int MaxBytes = XlsxFile.MaxBytes;

    /// <summary>The most benefits in a file.</summary>
    public const int MaxRows = 500;

    // A heading further down is not looked for.
    private const int LastHeadingRow = 40;
    private const int Shown = 60;
    private const string TotalPrefix = "I alt";

    private sealed record Table(
        IReadOnlyList<XlsxRow> Rows, int HeadingAt, IReadOnlyDictionary<int, OverviewHeading> Columns, IReadOnlyList<string> Unused);

    /// <summary>Reads the file.</summary>
    public static OverviewFile Read(byte[] bytes)
    {
        var file = XlsxFile.Read(bytes);
        if (file.Problem is not null) return new OverviewFile([], [], file.Problem);

        // The sheet of the portal's own name first, then in the order of the file.
        var tables = file.Sheets.OrderByDescending(s => NameKey.AreSame(s.Name, OverviewHeadings.Sheet)).Select(TableOf).OfType<Table>();
        if (tables.FirstOrDefault() is not { } table)
            return new OverviewFile([], [], ImportTexts.Of("NoHeadings", OverviewHeadings.Of(OverviewColumn.Benefit)));
        var (lines, unnamed) = Lines(table);
        if (lines.Count > MaxRows) return new OverviewFile([], table.Unused, ImportTexts.Of("TooManyRows", MaxRows));
        if (lines.Count + unnamed.Count == 0) return new OverviewFile([], table.Unused, ImportTexts.Of("NoRows"));
        var notation = NotationOf(lines, table);
        var rows = lines.Select(line => new OverviewCells(line, table.Columns, notation, file.Is1904).Row()).Concat(
            unnamed.Select(line => new OverviewRow(line.Number, "") { Problems = [ImportTexts.Of("RowWithoutText")] }));
        return new OverviewFile([.. rows.OrderBy(r => r.Number)], table.Unused, null);
    }

    private static Table? TableOf(XlsxSheet sheet)
    {
        for (var n = 0; n < Math.Min(sheet.Rows.Count, LastHeadingRow); n++)
        {
            var above = n > 0 && sheet.Rows[n - 1].Number == sheet.Rows[n].Number - 1 ? sheet.Rows[n - 1] : null;
            var (columns, unused) = Headings(sheet.Rows[n], above);
            if (columns.Count > 1 && columns.Values.Any(h => h.Column == OverviewColumn.Benefit))
                return new Table(sheet.Rows, n, columns, unused);
        }

        return null;
    }

    // A heading may stand in two rows: »År 0« over »lav«, »sandsynlig«, »høj«, where the upper is written once for the three.
    private static (Dictionary<int, OverviewHeading> Columns, List<string> Unused) Headings(XlsxRow row, XlsxRow? above)
    {
        var (columns, unused, group) = (new Dictionary<int, OverviewHeading>(), new List<string>(), "");
        var last = Math.Max(row.Cells.Keys.DefaultIfEmpty(-1).Max(), above?.Cells.Keys.DefaultIfEmpty(-1).Max() ?? -1);
        for (var column = 0; column <= last; column++)
        {
            if (above?.Cells.TryGetValue(column, out var upper) == true) group = upper.Text;
            var text = row.Cells.TryGetValue(column, out var cell) ? cell.Text : "";
            var heading = text.Length == 0 ? OverviewHeadings.Read(group) is { Column: not OverviewColumn.Estimate } whole ? whole : null
                : OverviewHeadings.Read(text) ?? OverviewHeadings.Read($"{group} {text}");
            if (heading is not null && !columns.ContainsValue(heading)) columns[column] = heading;
            else if (text.Length > 0) unused.Add(TextCut.At(text, Shown, "…"));
        }

        return (columns, unused);
    }

    // The lines under the headings: those that name a benefit, and those that have something to say but no name. Totals are neither.
    private static (List<XlsxRow> Named, List<XlsxRow> Unnamed) Lines(Table table)
    {
        var name = table.Columns.First(c => c.Value.Column == OverviewColumn.Benefit).Key;
        var (named, unnamed) = (new List<XlsxRow>(), new List<XlsxRow>());
        foreach (var row in table.Rows.Skip(table.HeadingAt + 1))
        {
            var text = row.Cells.TryGetValue(name, out var cell) ? cell.Text : "";
            var says = row.Cells.Keys.Any(c => table.Columns.GetValueOrDefault(c) is { Column: not OverviewColumn.Estimate });
            if (says && !IsTotal(text)) (text.Length > 0 ? named : unnamed).Add(row);
        }

        return (named, unnamed);
    }

    /// <summary>The text in front of a total of a type: »I alt: frigjort tid, timer«.</summary>
    public static string TotalOf(string what) => $"{TotalPrefix}: {what}";

    private static bool IsTotal(string text) => text.StartsWith($"{TotalPrefix}:", StringComparison.OrdinalIgnoreCase)
        || text.TrimEnd(':', ' ').ToLowerInvariant() is "i alt" or "ialt" or "total" or "sum" or "samlet" or "hovedtotal";

    // How numbers that are written as text are written: as the clear ones among them.
    private static Notation? NotationOf(IEnumerable<XlsxRow> lines, Table table)
    {
        var found = lines.SelectMany(l => l.Cells).Where(c => !c.Value.IsNumber
                && table.Columns.TryGetValue(c.Key, out var heading) && heading.Column is OverviewColumn.Estimate or OverviewColumn.Target)
            .Select(c => WrittenNumber.Read(c.Value.Text).Notation)
            .Where(n => n is Notation.Danish or Notation.English).Distinct().ToList();
        return found.Count == 1 ? found[0] : null;
    }
}
