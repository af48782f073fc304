namespace Portal.Platform.Documents.Workbooks;

/// <summary>A column of a table.</summary>
/// <param name="Width">In characters.</param>
internal sealed record SheetColumn<T>(string Heading, double Width, Func<T, SheetCell> Cell);

/// <summary>A sheet of a workbook: headings, rows, and totals under them.</summary>
/// <param name="Columns">Headings with widths in characters.</param>
internal sealed record SheetTable(
    string Name, IReadOnlyList<(string Heading, double Width)> Columns, IReadOnlyList<IReadOnlyList<SheetCell>> Rows)
{
    /// <summary>What texts with a line or more are shown in.</summary>
    public const double Wide = 44, Middle = 24, Narrow = 13;

    /// <summary>Rows under the table, with a row between; they are no part of its filter.</summary>
    public IReadOnlyList<IReadOnlyList<SheetCell>> Totals { get; init; } = [];

    /// <summary>How many columns stay when one scrolls to the right.</summary>
    public int Frozen { get; init; } = 1;

    /// <summary>A table with a row for each item.</summary>
    public static SheetTable Of<T>(string name, IEnumerable<T> items, IReadOnlyList<SheetColumn<T>> columns) => new(
        name, [.. columns.Select(c => (c.Heading, c.Width))],
        [.. items.Select(item => (IReadOnlyList<SheetCell>)[.. columns.Select(c => c.Cell(item))])]);

    /// <summary>The name of a cell: AB12.</summary>
    /// <param name="column">From 0.</param>
    /// <param name="row">From 1, the headings.</param>
    public static string Reference(int column, int row) =>
        FormattableString.Invariant($"{ColumnName(column)}{row}");

    /// <summary>The letters of a column, from 0.</summary>
    public static string ColumnName(int column) =>
        column < 26 ? ((char)('A' + column)).ToString() : ColumnName((column / 26) - 1) + (char)('A' + (column % 26));
}
