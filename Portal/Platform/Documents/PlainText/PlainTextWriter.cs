using Portal.Platform.Documents.Model;
using Portal.Platform.Text;

namespace Portal.Platform.Documents.PlainText;

/// <summary>
/// Writes documents as plain text that every program opens: titles in capitals, lines of at most <see cref="Columns"/> characters, code
/// indented and never wrapped, so that its commands can be copied. Line ends are LF. Pure.
/// </summary>
public static class PlainTextWriter
{
    /// <summary>The width of a line; only code, and a word that is longer by itself, is wider.</summary>
    public const int Columns = 100;
    private const string CodeIndent = "    ";

    /// <summary>The document as text, ending with a line feed.</summary>
    public static string Write(Document document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var lines = new PlainTextLines();
        foreach (var block in document.Blocks) Write(lines, block);
        return lines.ToString();
    }

    private static void Write(PlainTextLines lines, Block block)
    {
        switch (block)
        {
            case TitleBlock title: WriteTitle(lines, title); break;
            case HeadingBlock { Level: 2 } heading: lines.Begin().Wrap(heading.Text.ToUpper(DanishFormat.Danish)); break;
            case HeadingBlock heading: lines.Begin().Wrap(heading.Text); break;
            case ParagraphBlock paragraph: lines.Begin().Wrap(PlainInlines.Of(paragraph.Text)); break;
            case FactsBlock facts: PlainTextRows.Write(lines, facts); break;
            case TableBlock table: PlainTextRows.Write(lines, table); break;
            case ListBlock list: WriteList(lines, list); break;
            case FigureBlock figure: lines.Begin().Wrap(PlainInlines.Figure(figure.Alternative)); break;
            case CodeBlock code: lines.Begin().Verbatim(code.Text, CodeIndent); break;
            case NoteBlock note: WriteAll(lines, note.Blocks); break;
            case SectionBlock section: WriteAll(lines, section.Blocks); break;
            default: throw new NotSupportedException($"A block of the type {block.GetType().Name} has no plain text.");
        }
    }

    private static void WriteAll(PlainTextLines lines, IEnumerable<Block> blocks)
    {
        foreach (var block in blocks) Write(lines, block);
    }

    private static void WriteTitle(PlainTextLines lines, TitleBlock title)
    {
        lines.Begin();
        if (title.Kicker.Length > 0) lines.Wrap(title.Kicker);
        lines.Wrap(title.Title.ToUpper(DanishFormat.Danish));
        if (title.Subtitle.Length > 0) lines.Wrap(title.Subtitle);
        if (title.Corner is { } corner) lines.Wrap(PlainInlines.Figure(corner.Alternative));
    }

    private static void WriteList(PlainTextLines lines, ListBlock list)
    {
        lines.Begin();
        for (var n = 0; n < list.Items.Length; n++)
        {
            var mark = list.Ordered ? $"{n + 1}. " : "- ";
            lines.Wrap(PlainInlines.Of(list.Items[n]), mark);
        }
    }
}
