using System.Collections.Immutable;
using System.Globalization;
using Portal.Platform.Documents.Model;

namespace Portal.Platform.Documents.Pdf;

/// <summary>
/// Turns blocks into pieces, one block at a time and only when the pages have room for more, so that a long document is never laid out as
/// a whole. Makes the elements of the structure in reading order.
/// </summary>
internal sealed class BlockLayout(StructureTree structure, CancellationToken cancellationToken)
{
    private const double NarrowestBox = 40;

    // Boxes deeper inside others are not drawn: their edges would fill the page.
    private const int DeepestBox = 5;
    private readonly Gaps _gaps = new();
    private int _level;
    private bool _newPage;

    /// <summary>The pieces of a document's blocks.</summary>
    public IEnumerable<Piece> Pieces(ImmutableArray<Block> blocks) => Pieces(blocks, Column.OfPage(structure.Document, landscape: false));

    // Boxes and sections may hold each other to any depth, so what is left is on a stack of its own. Null ends a box.
    private IEnumerable<Piece> Pieces(ImmutableArray<Block> blocks, Column column)
    {
        var left = new Stack<(Block? Block, Column Column)>();
        Push(blocks, column);
        while (left.TryPop(out var next))
        {
            cancellationToken.ThrowIfCancellationRequested();
            switch (next.Block)
            {
                case null:
                    _gaps.Below(4);
                    break;
                case SectionBlock { Keep: true } section:
                    foreach (var piece in Kept(section, next.Column)) yield return piece;
                    break;
                case SectionBlock section:
                    _newPage |= section.NewPage;
                    Push(section.Blocks, InSection(section, next.Column));
                    break;
                case NoteBlock { Blocks.IsDefaultOrEmpty: false } note:
                    left.Push((null, next.Column));
                    Push(note.Blocks, InNote(note.Tone, next.Column));
                    break;
                default:
                    foreach (var piece in Simple(next.Block, next.Column)) yield return piece;
                    break;
            }
        }

        void Push(ImmutableArray<Block> inner, Column at)
        {
            for (var i = (inner.IsDefault ? 0 : inner.Length) - 1; i >= 0; i--) left.Push((inner[i], at));
        }
    }

    // Collected until it is longer than a page: then it is not kept.
    private IEnumerable<Piece> Kept(SectionBlock section, Column column)
    {
        _newPage |= section.NewPage;
        var inner = InSection(section, column);
        var (waiting, height) = ((List<Piece>?)[], 0.0);
        foreach (var piece in Pieces(section.Blocks, inner))
        {
            if (waiting is null)
            {
                yield return piece;
                continue;
            }

            waiting.Add(piece);
            height += piece.Before + piece.Height;
            if (height <= inner.PageHeight) continue;
            foreach (var early in waiting) yield return early;
            waiting = null;
        }

        for (var i = 0; i < (waiting?.Count ?? 0); i++)
        {
            if (i < waiting!.Count - 1 && waiting[i].Keep == Keep.None) waiting[i].Keep = Keep.Section;
            yield return waiting[i];
        }
    }

    // Pages of their own are possible at the outermost level only: a box is not wider than its page.
    private Column InSection(SectionBlock section, Column column)
    {
        if (section.Blocks.IsDefaultOrEmpty) return column;
        var tag = section.NewPage || section.Landscape ? structure.Add(column.Tag, "Sect") : column.Tag;
        return section.Landscape && column.Around.Frame is null ? Column.OfPage(tag, landscape: true) : column with { Tag = tag };
    }

    private Column InNote(Tone tone, Column column) =>
        Framed(column, structure.Add(column.Tag, "Div"), Palette.Edge(tone), PageSize.Mm(4.5), PageSize.Mm(3.5));

    // Boxes in boxes become narrower, down to a width that still holds text.
    private Column Framed(Column column, Tag tag, string? edge, double side, double padding)
    {
        if (column.Around.Frame is { Depth: >= DeepestBox }) return column with { Tag = tag };
        _gaps.Below(4);
        var inset = column.Width - (2 * side) >= PageSize.Mm(NarrowestBox) ? side : 0;
        var frame = new Frame(column.Around.Frame, edge, column.X, column.Width, padding);
        return new Column(tag, column.X + inset, column.Width - (2 * inset), column.Around with { Frame = frame });
    }

    private IEnumerable<Piece> Simple(Block block, Column column)
    {
        var isFirst = true;
        foreach (var piece in block switch
        {
            TitleBlock title => Title(title, column),
            HeadingBlock heading => Heading(heading.Level, heading.Text, column),
            ParagraphBlock paragraph => Paragraph(Shaper.Shape(paragraph.Text, Typefaces.Of(paragraph.Style)), column),
            FactsBlock facts => new ListLayout(structure, _gaps, column).Facts(facts),
            ListBlock list => new ListLayout(structure, _gaps, column).List(list),
            TableBlock table => Table(table, column),
            FigureBlock figure => Figure(figure, column),
            CodeBlock code => Code(code.Text, column),
            _ => [],
        })
        {
            if (isFirst && _newPage) (piece.NewPage, _newPage) = (true, false);
            isFirst = false;
            yield return piece;
        }
    }

    private IEnumerable<Piece> Title(TitleBlock block, Column column)
    {
        if (!string.IsNullOrWhiteSpace(block.Title)) _level = 1;
        foreach (var piece in TitleLayout.Pieces(structure, block, column)) yield return piece;
        _gaps.Below(5);
    }

    private IEnumerable<Piece> Heading(int level, string text, Column column)
    {
        var shown = Shaper.Shape(text ?? "", Typefaces.Heading(level).Type);
        if (shown.IsEmpty) yield break;

        // A level that was left out would be heard as a part that is missing.
        _level = Math.Clamp(level, 1, Math.Min(_level + 1, 4));
        var (_, above, below) = Typefaces.Heading(level);
        var tag = structure.Add(column.Tag, string.Create(CultureInfo.InvariantCulture, $"H{_level}"));
        var pieces = RowPiece.Of(column.Around, [TextBox.Of(tag, shown, column.X, column.Width)], false, column.PageHeight).ToList();
        pieces[0].Before = _gaps.Above(above);
        pieces[0].Bookmark = Bookmark.Of(_level, text ?? "");
        pieces[^1].Keep = Keep.Always;
        foreach (var piece in pieces) yield return piece;
        _gaps.Below(below, exactly: true);
    }

    private IEnumerable<Piece> Paragraph(ShapedText text, Column column, double above = 2)
    {
        if (text.IsEmpty) yield break;
        var box = TextBox.Of(structure.Add(column.Tag, "P"), text, column.X, column.Width);
        var before = _gaps.Above(above);
        foreach (var piece in RowPiece.Of(column.Around, [box], false, column.PageHeight))
        {
            (piece.Before, before) = (before, 0);
            yield return piece;
        }

        _gaps.Below(2);
    }

    private IEnumerable<Piece> Table(TableBlock block, Column column)
    {
        var before = _gaps.Above(3);
        foreach (var piece in new TableLayout(structure, column, cancellationToken).Pieces(block))
        {
            if (before > 0) (piece.Before, before) = (before, 0);
            yield return piece;
        }

        _gaps.Below(3);
    }

    private IEnumerable<Piece> Figure(FigureBlock block, Column column)
    {
        // Room for the heading above, so that both are on one page.
        var size = FigureSize.Of(block, column.Width, column.PageHeight - PageSize.Mm(16));
        if (size.Width <= 0)
        {
            foreach (var piece in Paragraph(Shaper.Shape(block.Alternative ?? "", Typefaces.Body), column)) yield return piece;
            yield break;
        }

        var tag = structure.Add(column.Tag, "Figure", FigureTag.Alternative(block.Alternative));
        yield return new FigurePiece(column.Around, tag, block.Drawing, column.X, size) { Before = _gaps.Above(3) };
        _gaps.Below(3);
    }

    private IEnumerable<Piece> Code(string text, Column column)
    {
        var shown = Shaper.Shape(text ?? "", Typefaces.Code, keepSpaces: true);
        if (shown.IsEmpty) yield break;
        var inner = Framed(column, structure.Add(column.Tag, "P"), null, PageSize.Mm(4), PageSize.Mm(3));
        var box = TextBox.Of(structure.Add(inner.Tag, "Code"), shown, inner.X, inner.Width);
        var before = _gaps.Above(3);
        foreach (var piece in RowPiece.Of(inner.Around, [box], false, column.PageHeight))
        {
            (piece.Before, before) = (before, 0);
            yield return piece;
        }

        _gaps.Below(4);
    }
}
