namespace Portal.Platform.Documents.Pdf;

/// <summary>Where blocks are put.</summary>
/// <param name="Tag">The element that holds them.</param>
/// <param name="X">The left edge, in points.</param>
internal sealed record Column(Tag Tag, double X, double Width, Surroundings Around)
{
    /// <summary>The height of its pages between the margins.</summary>
    public double PageHeight => (Around.Landscape ? PageSize.Landscape : PageSize.Portrait).BodyHeight;

    /// <summary>The whole width of a page.</summary>
    public static Column OfPage(Tag tag, bool landscape)
    {
        var size = landscape ? PageSize.Landscape : PageSize.Portrait;
        return new Column(tag, size.Side, size.BodyWidth, new Surroundings(null, landscape));
    }

    /// <summary>The pieces of a text as an element of its own; none when nothing of it would be seen.</summary>
    public IEnumerable<Piece> Text(StructureTree structure, string type, ShapedText text, RowEdges? edges = null)
    {
        if (text.IsEmpty) return [];
        var box = TextBox.Of(structure.Add(Tag, type), text, X, Width);
        return RowPiece.Of(Around, [box], whole: false, PageHeight, edges);
    }
}
