using System.Collections.Immutable;
using CsCheck;
using Portal.Platform.Documents.Model;
using Xunit;

namespace Portal.Tests.Platform.Documents.Pdf;

/// <summary>Whatever the document, its PDF is accessible and says what the document says.</summary>
public sealed class PdfPropertyTests
{
    // Accents that stand alone: the reader of these tests puts them together with the letter before, in its own way.
    private const char CombiningMarks = '\u0300';
    private const char LastCombiningMark = '\u036F';

    private static readonly Gen<string> Words = Gen.Frequency(
        (6, Gen.OneOf("borger", "Sagsbehandlings-\u00ADtid", "Łódź", "1.234,5", "2026-11-29", "a/b", "-", "Nguyễn", "Ωμέγα", "Щука")),
        (1, Gen.OneOf("محمد", "שלום", "日本", "👍🏽", "e\u0301", "\u202Eab", "\uD800", "<&>", "]]>", "(", "\\", "\0", "\t")),
        (1, Gen.String[Gen.Char.Where(c => c is < CombiningMarks or > LastCombiningMark), 0, 30]))
        .Array[0, 15].Select(w => string.Join(' ', w));

    private static readonly Gen<TextStyle> Styles = Gen.Int[0, 31].Select(i => (TextStyle)i);

    private static readonly Gen<Inline> Inlines = Gen.OneOf(
        Gen.Select(Words, Styles, (t, s) => (Inline)new TextInline(t, s)),
        Gen.Select(Words, Gen.Enum<Tone>(), (t, tone) => (Inline)new MarkInline(t, tone)),
        Gen.Select(Words, Words, (t, h) => (Inline)new LinkInline(t, "https://a.dk/" + h)),
        Gen.Const((Inline)new BreakInline()),
        Gen.Double[1, 60].Select(w => (Inline)new FigureInline(PdfSamples.Chart, "Figur", w)));

    private static readonly Gen<ImmutableArray<Inline>> Line = Inlines.Array[0, 5].Select(l => l.ToImmutableArray());

    private static readonly Gen<TableColumn> Column = Gen.Select(
        Words, Gen.Double[1, 90], Gen.Bool, Gen.Bool, Gen.Bool,
        (h, w, fixedWidth, numeric, row) => new TableColumn(h, fixedWidth ? w : null, numeric) { IsRowHeader = row });

    private static readonly Gen<Block> Simple = Gen.OneOf(
        Gen.Select(Gen.Int[1, 6], Words, (l, t) => (Block)new HeadingBlock(l, t)),
        Gen.Select(Line, Gen.Enum<BlockStyle>(), (l, s) => (Block)new ParagraphBlock(l, s)),
        Gen.Select(
            Gen.Select(Words, Line, (n, v) => new Fact(n, v)).Array[0, 6], Gen.Bool,
            (f, r) => (Block)new FactsBlock([.. f]) { Ruled = r }),
        Gen.Select(Gen.Bool, Line.Array[0, 6], (o, items) => (Block)new ListBlock(o, [.. items])),
        Gen.Select(
            Column.Array[0, 6], Line.Array[0, 6].Array[0, 9], Gen.Bool,
            (c, r, compact) => (Block)new TableBlock([.. c], [.. r.Select(cells => new TableRow([.. cells]))]) { Compact = compact }),
        Words.Select(t => (Block)new CodeBlock(t)),
        Gen.Double[10, 400].Select(h => (Block)new FigureBlock(PdfSamples.Chart with { Height = h }, "Kurve")));

    private static readonly Gen<Block> Blocks = Gen.Recursive<Block>((depth, inner) => depth > 3
        ? Simple
        : Gen.Frequency(
            (5, Simple),
            (1, Gen.Select(Gen.Enum<Tone>(), inner.Array[0, 4], (t, b) => (Block)new NoteBlock(t, [.. b]))),
            (1, Gen.Select(inner.Array[0, 4], Gen.Bool, Gen.Bool, Gen.Bool, (b, n, l, k) =>
                (Block)new SectionBlock([.. b]) { NewPage = n, Landscape = l, Keep = k }))));

    [Fact]
    public void Any_document_is_accessible_and_says_what_it_should() =>
        Gen.Select(Words, Words, Blocks.Array[0, 12]).Sample(
            (title, footer, blocks) => PdfSamples.Checked(new Document(title, footer, [.. blocks])) is not null, iter: 100, threads: 2);
}
