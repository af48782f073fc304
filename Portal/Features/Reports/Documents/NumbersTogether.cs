using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Portal.Platform.Documents.Model;

namespace Portal.Features.Reports.Documents;

/// <summary>
/// Puts a space that never breaks a line between a number and its unit, so that no line begins with a lone »t«, within
/// »(22 af 48)«, and between a day and its month. Pure.
/// </summary>
internal static partial class NumbersTogether
{
    /// <summary>The document with such spaces in all its texts, but not in code.</summary>
    public static Document In(Document document) => document with { Blocks = In(document.Blocks) };

    private static ImmutableArray<Block> In(ImmutableArray<Block> blocks) => [.. blocks.Select(Of)];

    private static Block Of(Block block) => block switch
    {
        ParagraphBlock paragraph => paragraph with { Text = In(paragraph.Text) },
        FactsBlock facts => facts with { Facts = [.. facts.Facts.Select(f => f with { Value = In(f.Value) })] },
        ListBlock list => list with { Items = [.. list.Items.Select(In)] },
        TableBlock table => table with { Rows = [.. table.Rows.Select(r => r with { Cells = [.. r.Cells.Select(In)] })] },
        SectionBlock section => section with { Blocks = In(section.Blocks) },
        NoteBlock note => note with { Blocks = In(note.Blocks) },
        _ => block,
    };

    private static ImmutableArray<Inline> In(ImmutableArray<Inline> line) =>
        [.. line.Select(i => i is TextInline text ? text with { Text = Space().Replace(text.Text, "\u00A0") } : i)];

    [GeneratedRegex(
        @"(?<=[0-9]) (?=(t|h|min|kr)\b|%)|(?<=\([0-9.,]+) (?=(af|of) [0-9])|(?<=\([0-9.,]+ (af|of)) (?=[0-9])"
            + @"|(?<=\b[0-9]{1,2}\.) (?=(januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december)\b)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Space();
}
