namespace Portal.Platform.Documents.Pdf;

/// <summary>A text in a rectangle: a paragraph, a cell, an item's number.</summary>
internal sealed record TextBox(Tag Tag, ShapedText Text, IReadOnlyList<Line> Lines, double X, double Width)
{
    /// <summary>True: lines end at the right edge.</summary>
    public bool Right { get; init; }

    /// <summary>True: the last line is at the lower edge of its row.</summary>
    public bool Bottom { get; init; }

    /// <summary>A text broken into the lines of a rectangle.</summary>
    public static TextBox Of(Tag tag, ShapedText text, double x, double width) =>
        new(tag, text, LineBreaker.Break(text, width), x, width);
}

/// <summary>What is around the text of a row.</summary>
/// <param name="Rule">The thickness of the line below; 0 for none.</param>
internal sealed record RowEdges(double Above = 0, double Below = 0, double Rule = 0, double RuleX = 0, double RuleWidth = 0);

/// <summary>Texts next to each other, or some of their lines.</summary>
internal sealed class RowPiece : Piece
{
    // As many lines as print in Danish keeps together at the end and the beginning of a page.
    private const int Together = 3;
    private readonly IReadOnlyList<TextBox> _boxes;
    private readonly RowEdges _edges;
    private readonly int _from;
    private readonly int _to;
    private readonly double _textHeight;

    private RowPiece(Surroundings around, IReadOnlyList<TextBox> boxes, RowEdges edges, int from, int to)
        : base(around)
    {
        (_boxes, _edges, _from, _to) = (boxes, edges, from, to);
        _textHeight = boxes.Max(HeightOf);
        Height = (from == 0 ? edges.Above : 0) + _textHeight + (IsEnd ? edges.Below + edges.Rule : 0);
    }

    /// <inheritdoc />
    public override double Height { get; }

    /// <summary>True: the head of a table, which is drawn again on its further pages.</summary>
    public bool IsRepeated { get; init; }

    /// <summary>The element of its first text.</summary>
    public Tag Tag => _boxes[0].Tag;

    private bool IsEnd => _boxes.All(b => b.Lines.Count <= _to);

    /// <summary>The pieces of a row; none when it has no boxes.</summary>
    /// <param name="whole">True: one piece when it is not higher than <paramref name="most"/>. False: it may be cut between lines.</param>
    /// <param name="most">The height of the page, in points.</param>
    public static IEnumerable<Piece> Of(
        Surroundings around, IReadOnlyList<TextBox> boxes, bool whole, double most, RowEdges? edges = null,
        bool isRepeated = false)
    {
        if (boxes.Count == 0) yield break;
        var lines = boxes.Max(b => b.Lines.Count);
        var all = new RowPiece(around, boxes, edges ?? new RowEdges(), 0, int.MaxValue) { IsRepeated = isRepeated };
        if (lines < 2 || (all.Height <= most && (whole || lines < 2 * Together)))
        {
            yield return all;
            yield break;
        }

        for (var i = 0; i < lines; i++)
        {
            yield return new RowPiece(around, boxes, edges ?? new RowEdges(), i, i + 1)
            {
                Keep = i < Together - 1 || (i >= lines - Together && i < lines - 1) ? Keep.Always : Keep.None,
            };
        }
    }

    /// <inheritdoc />
    public override void Draw(DrawingContext context, double top)
    {
        var first = top + (_from == 0 ? _edges.Above : 0);
        foreach (var box in _boxes)
        {
            var y = first + (box.Bottom ? _textHeight - HeightOf(box) : 0);
            for (var i = _from; i < Math.Min(_to, box.Lines.Count); i++)
            {
                var line = box.Lines[i];
                var x = box.X + (box.Right ? box.Width - line.Width : 0);
                LinePainter.Draw(context, box.Text, line, box.Tag, x, y, PageFlow.MarkDepth);
                y += line.Height;
            }
        }

        if (IsEnd && _edges.Rule > 0)
        {
            context.Canvas.Ground(
                PageFlow.RuleDepth, Palette.Line, _edges.RuleX, top + Height - _edges.Rule, _edges.RuleWidth, _edges.Rule);
        }
    }

    private double HeightOf(TextBox box)
    {
        var height = 0.0;
        for (var i = _from; i < Math.Min(_to, box.Lines.Count); i++) height += box.Lines[i].Height;
        return height;
    }
}
