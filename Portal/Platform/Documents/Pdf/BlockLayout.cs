using System.Collections.Immutable;
using System.Globalization;
using Portal.Ingestion.Domain;
using Portal.Platform.Documents.Model;

namespace Portal.Platform.Documents.Pdf;

/// <summary>
/// Turns blocks into pieces, one block at a time and only when the pages have room for more, so that a long document is never laid out as
/// a whole. Makes the elements of the structure in reading order.
/// </summary>
internal sealed class BlockLayout(StructureTree structure)
{
    // A bookmark is a line in a narrow column.
    private const int BookmarkLength = 160;
    private const double NamesWidth = 44;
    private const double NarrowestBox = 40;

    // Boxes deeper inside others are not drawn: their edges would fill the page.
    private const int DeepestBox = 5;
    private readonly Gaps _gaps = new();
    private int _level;
    private bool _newPage;

    /// <summary>Where blocks are put: the element that holds them, and the column.</summary>
    private sealed record Column(Tag Tag, double X, double Width, Surroundings Around)
    {
        public double PageHeight => (Around.Landscape ? PageSize.Landscape : PageSize.Portrait).BodyHeight;
    }

    /// <summary>The pieces of a document's blocks.</summary>
    public IEnumerable<Piece> Pieces(ImmutableArray<Block> blocks) => Pieces(blocks, PageColumn(structure.Document, landscape: false));

    private static Column PageColumn(Tag tag, bool landscape)
    {
        var size = landscape ? PageSize.Landscape : PageSize.Portrait;
        return new Column(tag, size.Side, size.BodyWidth, new Surroundings(null, landscape));
    }

    // Boxes and sections may hold each other to any depth, so what is left is on a stack of its own. Null ends a box.
    private IEnumerable<Piece> Pieces(ImmutableArray<Block> blocks, Column column)
    {
        var left = new Stack<(Block? Block, Column Column)>();
        Push(blocks, column);
        while (left.TryPop(out var next))
        {
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
        return section.Landscape && column.Around.Frame is null ? PageColumn(tag, landscape: true) : column with { Tag = tag };
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
            FactsBlock facts => Facts(facts, column),
            ListBlock list => List(list, column),
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
        var size = block.Corner is { } corner ? FigureSize.Of(corner, column.Width / 3, column.PageHeight / 3) : default;
        var text = size.Width > 0 ? column with { Width = column.Width - size.Width - PageSize.Mm(8) } : column;
        var boxes = new[]
        {
            Text(text, "P", Shaper.Shape(block.Kicker ?? "", Typefaces.Kicker), 0, PageSize.Mm(1.5)),
            Text(text, "H1", Shaper.Shape(block.Title ?? "", Typefaces.Title), 0, 0),
            Text(text, "P", Shaper.Shape(block.Subtitle ?? "", Typefaces.Kicker), PageSize.Mm(1.5), 0),
        };
        var height = 0.0;
        var pieces = boxes.SelectMany(b => b).ToList();
        if (size.Width > 0)
        {
            var tag = structure.Add(column.Tag, "Figure", "/Alt" + PdfSyntax.Text(block.Corner!.Alternative ?? ""));
            yield return new FigurePiece(column.Around, tag, block.Corner.Drawing, column.X + column.Width - size.Width, size)
            {
                Overlaps = true, Keep = Keep.Always,
            };
        }

        foreach (var piece in pieces)
        {
            height += piece.Height;
            if (height < size.Height) piece.Keep = Keep.Always;
            if (!string.IsNullOrWhiteSpace(block.Title) && _level == 0 && piece is RowPiece { Tag.Type: "H1" })
            {
                _level = 1;
                piece.Bookmark = new Bookmark(1, TextCut.At(block.Title, BookmarkLength, "…"));
            }

            yield return piece;
        }

        if (size.Height > height) yield return new RulePiece(column.Around, column.X, 0, size.Height - height, 0, above: true);
        _gaps.Below(5);
    }

    private IEnumerable<Piece> Text(Column column, string type, ShapedText text, double above, double below) =>
        text.IsEmpty
            ? []
            : RowPiece.Of(
                column.Around, [TextBox.Of(structure.Add(column.Tag, type), text, column.X, column.Width)], false, column.PageHeight,
                new RowEdges(above, below));

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
        pieces[0].Bookmark = new Bookmark(_level, TextCut.At(text, BookmarkLength, "…"));
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

    private IEnumerable<Piece> Facts(FactsBlock block, Column column)
    {
        if (block.Facts.IsDefaultOrEmpty) yield break;
        var type = Typefaces.Of(block.Style);
        var names = Math.Min(PageSize.Mm(NamesWidth), column.Width / 3);
        var (gap, space) = (PageSize.Mm(4), block.Ruled ? PageSize.Mm(3.5) : 0);
        var list = structure.Add(column.Tag, "L", "/A<</O/List/ListNumbering/None>>");
        var before = _gaps.Above(block.Ruled ? 4 : 2);
        if (block.Ruled)
        {
            yield return new RulePiece(column.Around, column.X, column.Width, space, PageSize.Mm(0.3), above: true)
            {
                Before = before, Keep = Keep.Always,
            };
            before = 0;
        }

        for (var i = 0; i < block.Facts.Length; i++)
        {
            var item = structure.Add(list, "LI");
            var boxes = new[]
            {
                TextBox.Of(
                    structure.Add(item, "Lbl"), Shaper.Shape(block.Facts[i].Name ?? "", type with { Colour = Palette.Dim }), column.X, names),
                TextBox.Of(
                    structure.Add(item, "LBody"), Shaper.Shape(block.Facts[i].Value, type), column.X + names + gap,
                    column.Width - names - gap),
            };
            foreach (var piece in RowPiece.Of(column.Around, boxes, false, column.PageHeight))
            {
                (piece.Before, before) = (before, 0);
                if (block.Ruled && i == block.Facts.Length - 1) piece.Keep = Keep.Always;
                yield return piece;
            }

            before = PageSize.Mm(1.2);
        }

        if (block.Ruled) yield return new RulePiece(column.Around, column.X, column.Width, space, PageSize.Mm(0.3), above: false);
        _gaps.Below(block.Ruled ? 4 : 2);
    }

    private IEnumerable<Piece> List(ListBlock block, Column column)
    {
        if (block.Items.IsDefaultOrEmpty) yield break;
        var list = structure.Add(column.Tag, "L", $"/A<</O/List/ListNumbering/{(block.Ordered ? "Decimal" : "Disc")}>>");
        var widest = Shaper.Shape(Label(block.Items.Length), Typefaces.Body).Glyphs.Sum(g => g.Width);
        var indent = Math.Max(PageSize.Mm(5), widest + PageSize.Mm(1.5));
        var before = _gaps.Above(2);
        for (var i = 0; i < block.Items.Length; i++)
        {
            var item = structure.Add(list, "LI");
            var boxes = new[]
            {
                TextBox.Of(structure.Add(item, "Lbl"), Shaper.Shape(Label(i + 1), Typefaces.Body), column.X, indent),
                TextBox.Of(
                    structure.Add(item, "LBody"), Shaper.Shape(block.Items[i], Typefaces.Body), column.X + indent, column.Width - indent),
            };
            foreach (var piece in RowPiece.Of(column.Around, boxes, false, column.PageHeight))
            {
                (piece.Before, before) = (before, 0);
                yield return piece;
            }

            before = PageSize.Mm(1.2);
        }

        _gaps.Below(2);

        string Label(int number) => block.Ordered ? string.Create(CultureInfo.InvariantCulture, $"{number}.") : "•";
    }

    private IEnumerable<Piece> Table(TableBlock block, Column column)
    {
        var before = _gaps.Above(3);
        foreach (var piece in new TableLayout(structure, column.Tag, column.X, column.Width, column.Around, column.PageHeight).Pieces(block))
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

        var tag = structure.Add(column.Tag, "Figure", "/Alt" + PdfSyntax.Text(block.Alternative ?? ""));
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
