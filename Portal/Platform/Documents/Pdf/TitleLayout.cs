using Portal.Platform.Documents.Model;

namespace Portal.Platform.Documents.Pdf;

/// <summary>Lays out the head of a document: kicker, title and subtitle, with a figure at the right.</summary>
internal static class TitleLayout
{
    private static readonly double Gap = PageSize.Mm(8);
    private static readonly double Space = PageSize.Mm(1.5);

    /// <summary>The pieces of the head. In reading order the figure is last; on the page it begins where the kicker does.</summary>
    public static IEnumerable<Piece> Pieces(StructureTree structure, TitleBlock block, Column column)
    {
        var size = block.Corner is { } corner ? FigureSize.Of(corner, column.Width / 3, column.PageHeight / 3) : default;
        var left = size.Width > 0 ? column with { Width = column.Width - size.Width - Gap } : column;
        var kicker = Text("P", block.Kicker, Typefaces.Kicker, new RowEdges(Below: Space));
        var title = Text("H1", block.Title, Typefaces.Title, new RowEdges());
        var below = Text("P", block.Subtitle, Typefaces.Kicker, new RowEdges(Above: Space));
        if (title.Count > 0) title[0].Bookmark = Bookmark.Of(1, block.Title!);
        if (size.Width > 0) yield return Corner(structure, block.Corner!, column, size);
        var height = 0.0;
        foreach (var piece in (IEnumerable<Piece>)[.. kicker, .. title, .. below])
        {
            height += piece.Height;
            if (height < size.Height) piece.Keep = Keep.Always;
            yield return piece;
        }

        if (size.Height > height) yield return new RulePiece(column.Around, column.X, 0, size.Height - height, 0, above: true);

        List<Piece> Text(string type, string? text, Typeface typeface, RowEdges edges) =>
            [.. left.Text(structure, type, Shaper.Shape(text ?? "", typeface), edges)];
    }

    private static FigurePiece Corner(
        StructureTree structure, FigureBlock figure, Column column, (double Width, double Height, double Scale) size)
    {
        var tag = structure.Add(column.Tag, "Figure", FigureTag.Alternative(figure.Alternative));
        return new FigurePiece(column.Around, tag, figure.Drawing, column.X + column.Width - size.Width, size)
        {
            Overlaps = true, Keep = Keep.Always,
        };
    }
}
