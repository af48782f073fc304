using System.Collections.Immutable;
using System.Text;
using Portal.Platform.Documents.Model;

namespace Portal.Tests.Platform.Documents.Pdf;

/// <summary>What a document says, as lines of kind and text in reading order: what every writer of it must say.</summary>
internal static class DocumentTexts
{
    /// <summary>True for the types of elements that hold text of their own.</summary>
    public static bool IsText(string type) => type is "P" or "H1" or "H2" or "H3" or "H4" or "TH" or "TD" or "Lbl" or "LBody" or "Figure";

    /// <summary>Levels of headings are checked elsewhere.</summary>
    public static string Kind(string type) => type switch { "TH" or "TD" => "Cell", ['H', _] => "H", _ => type };

    /// <summary>The lines of a document.</summary>
    public static IEnumerable<string> Of(Document document) => Some(document.Blocks).SelectMany(Of);

    /// <summary>The text without what makes no difference to a reader: spaces, controls, how accents are encoded.</summary>
    public static string Normal(string text)
    {
        var to = new StringBuilder();
        foreach (var rune in string.Concat(text.EnumerateRunes()).Where(c => c is not ('\uFFFE' or '\uFFFF')).Aggregate(
            new StringBuilder(), (all, c) => all.Append(c)).ToString().Normalize(NormalizationForm.FormC).EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || rune.Value is '\r' or '\n' or '\t') to.Append(' ');
            else if (!IsUnseen(rune)) to.Append(rune);
        }

        return string.Join(' ', to.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    // Controls, soft hyphens, joiners, directions, selectors of variants and of skin.
    private static bool IsUnseen(Rune rune) => Rune.IsControl(rune)
        || rune.Value is 0xAD or 0x61C or 0x180E or (>= 0x200B and <= 0x200F) or (>= 0x202A and <= 0x202E) or (>= 0x2060 and <= 0x206F)
        or (>= 0xFE00 and <= 0xFE0F) or 0xFEFF or (>= 0xFFF9 and <= 0xFFFC) or (>= 0x1F3FB and <= 0x1F3FF) or (>= 0xE0000 and <= 0xE01EF);

    private static IEnumerable<string> Of(Block block) => block switch
    {
        TitleBlock title => [
            .. Line("P", title.Kicker), .. Line("H", title.Title), .. Line("P", title.Subtitle),
            .. title.Corner is { } corner ? Of(corner) : []],
        HeadingBlock heading => Line("H", heading.Text),
        ParagraphBlock paragraph => Text("P", paragraph.Text),
        FactsBlock facts => Some(facts.Facts).SelectMany(f => (string[])[$"Lbl: {Normal(f.Name)}", .. Cell("LBody", f.Value)]),
        ListBlock list => Some(list.Items).SelectMany((item, i) =>
            (string[])[list.Ordered ? $"Lbl: {i + 1}." : "Lbl: •", .. Cell("LBody", item)]),
        TableBlock table => Table(table),
        FigureBlock { Drawing: { Width: > 0, Height: > 0 } } figure => [$"Figure: {Normal(figure.Alternative)}"],
        FigureBlock figure => Line("P", figure.Alternative),
        CodeBlock code => Line("P", code.Text),
        NoteBlock note => Some(note.Blocks).SelectMany(Of),
        SectionBlock section => Some(section.Blocks).SelectMany(Of),
        _ => [],
    };

    private static IEnumerable<string> Table(TableBlock table)
    {
        var columns = Math.Max(Some(table.Columns).Length, Some(table.Rows).Select(r => Some(r.Cells).Length).DefaultIfEmpty().Max());
        for (var i = 0; i < columns; i++)
        {
            yield return $"Cell: {(i < Some(table.Columns).Length ? Normal(table.Columns[i].Header) : "")}";
        }

        foreach (var row in Some(table.Rows))
        {
            for (var i = 0; i < columns; i++)
            {
                foreach (var line in Cell("Cell", i < Some(row.Cells).Length ? row.Cells[i] : [])) yield return line;
            }
        }
    }

    // A block without text is not there; a cell without text is.
    private static IEnumerable<string> Line(string kind, string text) => Normal(text).Length == 0 ? [] : [$"{kind}: {Normal(text)}"];

    private static string[] Text(string kind, ImmutableArray<Inline> text)
    {
        var cell = Cell(kind, text).ToArray();
        return cell is [var only] && only == $"{kind}: " ? [] : cell;
    }

    private static IEnumerable<string> Cell(string kind, ImmutableArray<Inline> text) =>
        Some(text).OfType<FigureInline>().Select(f => $"Figure: {Normal(f.Alternative)}")
            .Prepend($"{kind}: {Normal(string.Concat(Some(text).Select(Of)))}");

    private static string Of(Inline part) => part switch
    {
        TextInline text => text.Text,
        LinkInline link => link.Text,
        MarkInline mark => Normal(mark.Text).Length == 0 ? "" : mark.Text,
        BreakInline => "\n",
        _ => "",
    };

    private static ImmutableArray<T> Some<T>(ImmutableArray<T> array) => array.IsDefault ? [] : array;
}
