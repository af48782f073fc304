using System.Collections.Immutable;
using System.Globalization;
using Portal.Platform.Documents.Model;

namespace Portal.Tests.Features.Reports;

/// <summary>
/// Reads a report as a person with a pocket calculator does: the texts of its tables with the headings above them, and what an expression
/// gives. Knows nothing of how the report was made.
/// </summary>
internal static class ReportReading
{
    /// <summary>A table as text.</summary>
    /// <param name="Chain">The heading of level 2 above it.</param>
    /// <param name="Section">The nearest heading of level 3 above it; empty for none.</param>
    /// <param name="Rows">The lines of each cell.</param>
    public sealed record Table(string Chain, string Section, IReadOnlyList<string> Head, IReadOnlyList<IReadOnlyList<string[]>> Rows);

    /// <summary>All tables in reading order.</summary>
    public static IReadOnlyList<Table> Tables(Document document)
    {
        var (found, chain, section) = (new List<Table>(), "", "");
        Read(document.Blocks);
        return found;

        void Read(IEnumerable<Block> blocks)
        {
            foreach (var block in blocks)
            {
                if (block is SectionBlock inner) Read(inner.Blocks);
                if (block is HeadingBlock { Level: 2 } two) (chain, section) = (two.Text, "");
                if (block is HeadingBlock { Level: 3 } three) section = three.Text;
                if (block is TableBlock table)
                {
                    found.Add(new Table(chain, section, [.. table.Columns.Select(c => c.Header)],
                        [.. table.Rows.Select(r => (IReadOnlyList<string[]>)[.. r.Cells.Select(Lines)])]));
                }
            }
        }
    }

    /// <summary>The text of a document, a line for each block or row; with plain spaces.</summary>
    public static string Text(Document document) => Plain(string.Join('\n', document.Blocks.SelectMany(Of))) + "\n" + document.Footer;

    /// <summary>What an expression of numbers, + − × ÷ and parentheses gives.</summary>
    /// <exception cref="FormatException">It is anything else.</exception>
    public static decimal Evaluate(string expression, CultureInfo language)
    {
        var (text, at) = (expression.Replace(" ", "", StringComparison.Ordinal), 0);
        var result = Sum();
        return at == text.Length ? result : throw new FormatException($"»{text[at..]}« is left of »{expression}«.");

        decimal Sum()
        {
            var value = Product();
            while (at < text.Length && text[at] is '+' or '−') value = text[at++] == '+' ? value + Product() : value - Product();
            return value;
        }

        decimal Product()
        {
            var value = Single();
            while (at < text.Length && text[at] is '×' or '÷') value = text[at++] == '×' ? value * Single() : value / Single();
            return value;
        }

        decimal Single()
        {
            if (at < text.Length && text[at] == '(')
            {
                at++;
                var inner = Sum();
                return at < text.Length && text[at++] == ')' ? inner : throw new FormatException($"A ) is missing in »{expression}«.");
            }

            if (at < text.Length && text[at] == '−')
            {
                at++;
                return -Single();
            }

            var start = at;
            while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] is '.' or ',')) at++;
            return decimal.Parse(text[start..at], NumberStyles.Number, language);
        }
    }

    /// <summary>The number that a text begins with, and how many decimals it is printed with.</summary>
    public static (decimal Value, int Decimals) Number(string text, CultureInfo language)
    {
        var negative = text.StartsWith('−');
        var digits = new string([.. text.Skip(negative ? 1 : 0).TakeWhile(c => char.IsAsciiDigit(c) || c is '.' or ',')]).TrimEnd('.', ',');
        var value = decimal.Parse(digits, NumberStyles.Number, language);
        var point = digits.IndexOf(language.NumberFormat.NumberDecimalSeparator, StringComparison.Ordinal);
        return (negative ? -value : value, point < 0 ? 0 : digits.Length - point - 1);
    }

    /// <summary>With plain spaces in place of those that keep numbers together.</summary>
    public static string Plain(string text) => text.Replace('\u00A0', ' ');

    private static string[] Lines(ImmutableArray<Inline> cell) => Plain(string.Concat(cell.Select(Of))).Split('\n');

    private static string Of(Inline part) => part switch
    {
        TextInline text => text.Text,
        MarkInline mark => mark.Text,
        LinkInline link => link.Text,
        BreakInline => "\n",
        _ => "",
    };

    private static IEnumerable<string> Of(Block block) => block switch
    {
        TitleBlock title => [title.Kicker, title.Title, title.Subtitle],
        HeadingBlock heading => [$"{new string('#', heading.Level)} {heading.Text}"],
        ParagraphBlock paragraph => [string.Concat(paragraph.Text.Select(Of))],
        FactsBlock facts => facts.Facts.Select(f => $"{f.Name}: {string.Concat(f.Value.Select(Of))}"),
        ListBlock list => list.Items.Select((item, n) => $"{(list.Ordered ? $"{n + 1}." : "•")} {string.Concat(item.Select(Of))}"),
        TableBlock table => table.Rows.Select(r => string.Join(" | ", r.Cells.Select(c => string.Join(" / ", Lines(c)))))
            .Prepend(string.Join(" | ", table.Columns.Select(c => c.Header))),
        FigureBlock figure => [$"[{figure.Alternative}]"],
        CodeBlock code => [code.Text],
        NoteBlock note => note.Blocks.SelectMany(Of),
        SectionBlock section => section.Blocks.SelectMany(Of),
        _ => [],
    };
}
