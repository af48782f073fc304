using System.Collections.Immutable;
using Portal.Platform.Documents.Model;

namespace Portal.Platform.Documents.Pdf;

/// <summary>
/// Lays out a table: the type becomes smaller until no word is broken, down to a size that is still read; the head is repeated on each
/// page; a row is cut only when it is longer than a page.
/// </summary>
internal sealed class TableLayout(StructureTree structure, Column column, CancellationToken cancellationToken)
{
    private const double SmallestNumber = 0.7;

    // A word that is wider than this part of the table is broken, whatever the size of the type.
    private const double WidestWord = 0.4;
    private static readonly double[] Sizes = [10, 9.5, 9, 8.5, 8];
    private static readonly double[] CompactSizes = [8.5, 8, 7.5];
    private static readonly double Padding = PageSize.Mm(3);

    /// <summary>The pieces of the table; none for one without columns.</summary>
    public IEnumerable<Piece> Pieces(TableBlock block)
    {
        var columns = Columns(block);
        if (columns.Length == 0) yield break;
        var (type, widths) = Fit(block, columns);
        var table = structure.Add(column.Tag, "Table");
        var head = Head(structure.Add(structure.Add(table, "THead"), "TR"), columns, widths).ToList();
        foreach (var piece in head)
        {
            if (!block.Rows.IsDefaultOrEmpty) piece.Keep = Keep.Always;
            yield return piece;
        }

        if (block.Rows.IsDefaultOrEmpty) yield break;

        // A head that fills half a page would leave no room for rows.
        var inTable = head.Count == 1 && head[0].Height < column.PageHeight / 2 ? column.Around with { Head = head[0] } : column.Around;
        var most = column.PageHeight - (inTable.Head?.Height ?? 0);
        var body = structure.Add(table, "TBody");
        for (var i = 0; i < block.Rows.Length; i++)
        {
            var boxes = Row(structure.Add(body, "TR"), block.Rows[i], columns, widths, type);

            // The last row is not left alone on a page.
            var isKept = i == block.Rows.Length - 2;
            var space = PageSize.Mm(block.Compact ? 0.8 : 2);
            var edges = new RowEdges(space, space, PageSize.Mm(0.2), column.X, column.Width);
            foreach (var piece in RowPiece.Of(inTable, boxes, true, most, edges))
            {
                if (isKept) piece.Keep = Keep.Always;
                yield return piece;
            }
        }
    }

    // A row with more cells than columns is no reason to leave them out.
    private static ImmutableArray<TableColumn> Columns(TableBlock block)
    {
        var columns = block.Columns.IsDefault ? [] : block.Columns;
        var most = block.Rows.IsDefaultOrEmpty ? 0 : block.Rows.Max(r => r.Cells.IsDefault ? 0 : r.Cells.Length);
        while (columns.Length < most) columns = columns.Add(new TableColumn(""));
        return columns;
    }

    private (Typeface Type, double[] Widths) Fit(TableBlock block, ImmutableArray<TableColumn> columns)
    {
        var sizes = block.Compact ? CompactSizes : Sizes;
        var type = Typefaces.Body.Scaled(sizes[0]);
        var needs = new ColumnNeed[columns.Length];
        for (var i = 0; i < columns.Length; i++) Widen(i, Shaper.Shape(columns[i].Header ?? "", Typefaces.TableHead), isHead: true);
        foreach (var row in block.Rows.IsDefault ? [] : block.Rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var cells = row.Cells.IsDefault ? [] : row.Cells;
            for (var i = 0; i < cells.Length; i++) Widen(i, Shaper.Shape(cells[i], type), isHead: false);
        }

        foreach (var size in sizes)
        {
            var scale = size / sizes[0];
            var scaled = needs.Select(n => new ColumnNeed(n.Whole * scale, n.Longest * scale)).ToArray();
            var widths = ColumnWidths.Of(columns, scaled, column.Width);
            var fits = Enumerable.Range(0, widths.Length).All(i => widths[i] >= scaled[i].Longest - 0.01);
            if (fits) return (type.Scaled(size), widths);
        }

        // Words are broken in any case: then the type need not be the smallest as well.
        return (type, ColumnWidths.Of(columns, needs, column.Width));

        void Widen(int i, ShapedText text, bool isHead)
        {
            var padding = PaddingAfter(columns, i);
            var (whole, longest) = LineBreaker.Widths(text);
            if (columns[i].Numeric && !isHead) longest = whole;
            longest = Math.Min(longest, column.Width * WidestWord);
            needs[i] = new ColumnNeed(Math.Max(needs[i].Whole, whole + padding), Math.Max(needs[i].Longest, longest + padding));
        }
    }

    private IEnumerable<Piece> Head(Tag row, ImmutableArray<TableColumn> columns, double[] widths)
    {
        var boxes = new List<TextBox>();
        for (var (i, left) = (0, column.X); i < columns.Length; left += widths[i++])
        {
            var tag = structure.Add(row, "TH", "/A<</O/Table/Scope/Column>>");
            boxes.Add(TextBox.Of(tag, Shaper.Shape(columns[i].Header ?? "", Typefaces.TableHead), left, Inner(columns, widths, i)) with
            {
                Right = columns[i].Numeric, Bottom = true,
            });
        }

        var edges = new RowEdges(0, PageSize.Mm(1.8), PageSize.Mm(0.4), column.X, column.Width);
        return RowPiece.Of(column.Around, boxes, true, column.PageHeight, edges, isRepeated: true);
    }

    private List<TextBox> Row(Tag row, TableRow cells, ImmutableArray<TableColumn> columns, double[] widths, Typeface type)
    {
        var boxes = new List<TextBox>();
        for (var (i, left) = (0, column.X); i < columns.Length; left += widths[i++])
        {
            var tag = columns[i].IsRowHeader ? structure.Add(row, "TH", "/A<</O/Table/Scope/Row>>") : structure.Add(row, "TD");
            var text = i < (cells.Cells.IsDefault ? 0 : cells.Cells.Length) ? cells.Cells[i] : [];
            var inner = Inner(columns, widths, i);
            boxes.Add(TextBox.Of(tag, columns[i].Numeric ? Number(text, type, inner) : Shaper.Shape(text, type), left, inner) with
            {
                Right = columns[i].Numeric,
            });
        }

        return boxes;
    }

    private static double Inner(ImmutableArray<TableColumn> columns, double[] widths, int i) =>
        widths[i] - Math.Min(PaddingAfter(columns, i), widths[i] / 2);

    // A number ends where its column does: text right after it needs more room, or the two read as one.
    private static double PaddingAfter(ImmutableArray<TableColumn> columns, int i) =>
        i == columns.Length - 1 ? 0 : columns[i].Numeric && !columns[i + 1].Numeric ? 2 * Padding : Padding;

    // A number is set smaller rather than broken; one that is still too long is broken rather than cut.
    private static ShapedText Number(ImmutableArray<Inline> text, Typeface type, double width)
    {
        var shown = Shaper.Shape(text, type);
        var whole = LineBreaker.Widths(shown).Whole;
        if (whole <= width) return shown;
        return Shaper.Shape(text, type with { Size = type.Size * Math.Max(SmallestNumber, width / whole * 0.999) });
    }
}
