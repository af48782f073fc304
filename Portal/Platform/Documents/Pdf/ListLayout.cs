using System.Globalization;
using Portal.Platform.Documents.Model;

namespace Portal.Platform.Documents.Pdf;

/// <summary>Lays out lists, and names with values, which are heard as a list.</summary>
internal sealed class ListLayout(StructureTree structure, Gaps gaps, Column column)
{
    private const double BetweenItems = 1.2;
    private static readonly double NamesWidth = PageSize.Mm(44);
    private static readonly double Gap = PageSize.Mm(4);
    private static readonly double RuleSpace = PageSize.Mm(3.5);
    private static readonly double RuleWidth = PageSize.Mm(0.3);

    /// <summary>The pieces of names with values.</summary>
    public IEnumerable<Piece> Facts(FactsBlock block)
    {
        if (block.Facts.IsDefaultOrEmpty) yield break;
        var type = Typefaces.Of(block.Style);
        var names = type with { Colour = Palette.Dim };
        var width = Math.Min(NamesWidth, column.Width / 3);
        var list = structure.Add(column.Tag, "L", "/A<</O/List/ListNumbering/None>>");
        var before = gaps.Above(block.Ruled ? 4 : 2);
        if (block.Ruled)
        {
            yield return new RulePiece(column.Around, column.X, column.Width, RuleSpace, RuleWidth, above: true)
            {
                Before = before, Keep = Keep.Always,
            };
            before = 0;
        }

        for (var i = 0; i < block.Facts.Length; i++)
        {
            var (name, value) = (Shaper.Shape(block.Facts[i].Name ?? "", names), Shaper.Shape(block.Facts[i].Value, type));
            foreach (var piece in Item(list, name, value, width, width + Gap, i == 0 ? before : PageSize.Mm(BetweenItems)))
            {
                if (block.Ruled && i == block.Facts.Length - 1) piece.Keep = Keep.Always;
                yield return piece;
            }
        }

        if (block.Ruled) yield return new RulePiece(column.Around, column.X, column.Width, RuleSpace, RuleWidth, above: false);
        gaps.Below(block.Ruled ? 4 : 2);
    }

    /// <summary>The pieces of a list.</summary>
    public IEnumerable<Piece> List(ListBlock block)
    {
        if (block.Items.IsDefaultOrEmpty) yield break;
        var list = structure.Add(column.Tag, "L", $"/A<</O/List/ListNumbering/{(block.Ordered ? "Decimal" : "Disc")}>>");
        var widest = Label(block.Items.Length).Glyphs.Sum(g => g.Width);
        var indent = Math.Max(PageSize.Mm(5), widest + PageSize.Mm(1.5));
        var before = gaps.Above(2);
        for (var i = 0; i < block.Items.Length; i++)
        {
            var text = Shaper.Shape(block.Items[i], Typefaces.Body);
            foreach (var piece in Item(list, Label(i + 1), text, indent, indent, i == 0 ? before : PageSize.Mm(BetweenItems)))
            {
                yield return piece;
            }
        }

        gaps.Below(2);

        ShapedText Label(int number) => Shaper.Shape(
            block.Ordered ? string.Create(CultureInfo.InvariantCulture, $"{number}.") : "•", Typefaces.Body);
    }

    private IEnumerable<Piece> Item(Tag list, ShapedText label, ShapedText body, double width, double indent, double before)
    {
        var item = structure.Add(list, "LI");
        var boxes = new[]
        {
            TextBox.Of(structure.Add(item, "Lbl"), label, column.X, width),
            TextBox.Of(structure.Add(item, "LBody"), body, column.X + indent, column.Width - indent),
        };
        foreach (var piece in RowPiece.Of(column.Around, boxes, whole: false, column.PageHeight))
        {
            (piece.Before, before) = (before, 0);
            yield return piece;
        }
    }
}
