using System.Text;
using System.Text.RegularExpressions;
using Portal.Platform.Documents.Model;

namespace Portal.Tests.Features.Evidence;

/// <summary>A document's words in reading order, with one space between them.</summary>
internal static class EvidenceText
{
    /// <summary>The words of the blocks; a figure's are its alternative text.</summary>
    public static string Of(Document document)
    {
        var text = new StringBuilder();
        Add(text, document.Blocks);
        return Regex.Replace(text.ToString(), @"\s+", " ");
    }

    private static void Add(StringBuilder text, IEnumerable<Block> blocks)
    {
        foreach (var block in blocks) Add(text, block);
    }

    private static void Add(StringBuilder text, Block block)
    {
        switch (block)
        {
            case TitleBlock title:
                text.AppendJoin(' ', title.Kicker, title.Title, title.Subtitle, title.Corner?.Alternative, "");
                break;
            case HeadingBlock heading: text.Append(heading.Text).Append(' '); break;
            case ParagraphBlock paragraph: Add(text, paragraph.Text); break;
            case FactsBlock facts:
                foreach (var fact in facts.Facts) Add(text.Append(fact.Name).Append(' '), fact.Value);
                break;
            case ListBlock list:
                foreach (var item in list.Items) Add(text, item);
                break;
            case TableBlock table:
                text.AppendJoin(' ', table.Columns.Select(c => c.Header)).Append(' ');
                foreach (var cell in table.Rows.SelectMany(r => r.Cells)) Add(text, cell);
                break;
            case FigureBlock figure: text.Append(figure.Alternative).Append(' '); break;
            case CodeBlock code: text.Append(code.Text).Append(' '); break;
            case NoteBlock note: Add(text, note.Blocks); break;
            case SectionBlock section: Add(text, section.Blocks); break;
            default: throw new NotSupportedException(block.GetType().Name);
        }
    }

    private static void Add(StringBuilder text, IEnumerable<Inline> parts)
    {
        foreach (var part in parts)
        {
            text.Append(part switch
            {
                TextInline plain => plain.Text,
                MarkInline mark => mark.Text,
                LinkInline link => link.Text,
                FigureInline figure => figure.Alternative,
                BreakInline => "",
                _ => throw new NotSupportedException(part.GetType().Name),
            }).Append(' ');
        }
    }
}
