using Bunit;
using Portal.Platform.Documents.Model;
using Portal.Platform.Documents.Page;

namespace Portal.Tests.Platform.Documents;

/// <summary>The visible texts of a document in reading order, from its model and from its page.</summary>
internal static class DocumentWords
{
    public static IEnumerable<string> Of(Document document) => document.Blocks.SelectMany(Of);

    /// <summary>The text of the page that shows the document, without spaces and without what is for screen readers alone.</summary>
    public static string OnPage(Document document)
    {
        using var context = new BunitContext();
        var page = context.Render<DocumentView>(p => p.Add(x => x.Document, document)).Find("article");
        foreach (var unseen in page.QuerySelectorAll("svg title")) unseen.Remove();
        return Bare(page.TextContent);
    }

    /// <summary>
    /// The text without spaces, and without the characters that a page cannot hold: it shows U+FFFD or nothing in their place.
    /// </summary>
    public static string Bare(string text) =>
        string.Concat(text.EnumerateRunes().Where(r => !System.Text.Rune.IsWhiteSpace(r) && !System.Text.Rune.IsControl(r)
            && r.Value is not (0xFFFD or 0xFFFE or 0xFFFF)));

    private static IEnumerable<string> Of(Block block) => block switch
    {
        TitleBlock title => [title.Kicker, title.Title, title.Subtitle, .. title.Corner is { } corner ? Of(corner) : []],
        HeadingBlock heading => [heading.Text],
        ParagraphBlock paragraph => paragraph.Text.SelectMany(Of),
        FactsBlock facts => facts.Facts.SelectMany(f => f.Value.SelectMany(Of).Prepend(f.Name)),
        ListBlock list => list.Items.SelectMany(i => i.SelectMany(Of)),
        TableBlock table =>
            [.. table.Columns.Select(c => c.Header), .. table.Rows.SelectMany(r => r.Cells.SelectMany(c => c.SelectMany(Of)))],
        FigureBlock figure => Of(figure.Drawing),
        CodeBlock code => [code.Text],
        NoteBlock note => note.Blocks.SelectMany(Of),
        SectionBlock section => section.Blocks.SelectMany(Of),
        _ => throw new NotSupportedException(block.GetType().Name),
    };

    private static IEnumerable<string> Of(Inline part) => part switch
    {
        TextInline text => [text.Text],
        MarkInline mark => [mark.Text],
        LinkInline link => [link.Text],
        FigureInline figure => Of(figure.Drawing),
        BreakInline => [],
        _ => throw new NotSupportedException(part.GetType().Name),
    };

    private static IEnumerable<string> Of(Drawing drawing) => drawing.Shapes.SelectMany(Of);

    private static IEnumerable<string> Of(Shape shape) => shape switch
    {
        WordsShape words => words.Lines,
        GroupShape group => group.Shapes.SelectMany(Of),
        _ => [],
    };
}
