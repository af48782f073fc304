using System.Collections.Immutable;
using CsCheck;
using Portal.Platform.Documents.Model;

namespace Portal.Tests.Platform.Documents;

/// <summary>Documents of every kind of block with any text, markup and control characters included.</summary>
internal static class DocumentGen
{
    private static readonly string[] Hostile =
        ["</p><script>alert(1)</script>", "<!--", "]]>", "&lt;b&gt;", "@(1+1)", "</title></svg>", "مرحبا 🎉", "javascript:alert(1)"];

    public static readonly Gen<string> Text = Gen.OneOf(
        Gen.String[0, 30], Gen.String[Gen.Char["ab <>&\"'\n\r\t;/-æ漢\u0000\u001B\uD83D\u2028"], 0, 30],
        Gen.Int[0, Hostile.Length - 1].Select(n => Hostile[n]));

    private static readonly Gen<TextStyle> Style = Gen.Int[0, 31].Select(n => (TextStyle)n);
    private static readonly Gen<Tone> AnyTone = Gen.Int[0, 4].Select(n => (Tone)n);

    public static readonly Gen<Shape> AnyShape = Gen.Recursive<Shape>((depth, shape) => depth > 2 ? Words : Gen.OneOf(
        Words, Gen.Const<Shape>(new RectShape(1, 2, 3, 4, "#ffffff", new Stroke("#000000", 1.5, [5, 4]), 3)),
        Gen.Const<Shape>(new PathShape("M1 2L3 4", null, new Stroke("#123456", 2), Arrow: true)),
        Gen.Const<Shape>(new CircleShape(1, 2, 3, "#00ff00")),
        Gen.Select(Text, shape.Array[0, 3], (title, inner) => (Shape)new GroupShape(title, [.. inner]))));

    private static Gen<Shape> Words => Gen.Select(Text.Array[0, 3], Gen.Bool, Gen.Int[0, 2],
        (lines, bold, anchor) => (Shape)new WordsShape(1, 2, [.. lines], 10, 12, "#111111", bold, (Anchor)anchor));

    public static readonly Gen<Drawing> AnyDrawing =
        AnyShape.Array[0, 4].Select(shapes => new Drawing(-1.5, 0, 200, 100, [.. shapes]));

    private static readonly Gen<Inline> Part = Gen.OneOf(
        Gen.Select(Text, Style, (t, s) => (Inline)new TextInline(t, s)),
        Gen.Select(Text, AnyTone, (t, tone) => (Inline)new MarkInline(t, tone)),
        Gen.Select(Text, Text, Style, (t, href, s) => (Inline)new LinkInline(t, href, s)),
        Text.Select(t => (Inline)new LinkInline(t, "https://portal.kommune.dk/?a=1&b=2")), Gen.Const<Inline>(new BreakInline()),
        Gen.Select(AnyDrawing, Text, (d, t) => (Inline)new FigureInline(d, t, 25)));

    private static readonly Gen<ImmutableArray<Inline>> Line = Part.Array[0, 4].Select(parts => parts.ToImmutableArray());

    private static readonly Gen<FigureBlock> Figure =
        Gen.Select(AnyDrawing, Text, Gen.Bool, (d, t, sized) => new FigureBlock(d, t, sized ? 25 : null));

    private static readonly Gen<Block> Table = Gen.Select(
        Gen.Select(Text, Gen.Bool, Gen.Bool, (t, numeric, head) => new TableColumn(t, numeric ? 20 : null, numeric) { IsRowHeader = head })
            .Array[1, 4],
        Line.Array[0, 4].Array[0, 4],
        (columns, rows) => (Block)new TableBlock(
            [.. columns], [.. rows.Select(cells => new TableRow([.. cells.Take(columns.Length)]))]) { Compact = rows.Length > 2 });

    private static readonly Gen<Block> Block = Gen.Recursive<Block>((depth, block) =>
    {
        var leaf = Gen.OneOf(
            Gen.Select(Gen.Int[2, 4], Text, (level, t) => (Block)new HeadingBlock(level, t)),
            Gen.Select(Line, Gen.Int[0, 3], Text, (l, s, id) => (Block)new ParagraphBlock(l, (BlockStyle)s) { TestId = id }),
            Gen.Select(Gen.Select(Text, Line, (t, l) => new Fact(t, l)).Array[1, 3], Gen.Bool,
                (facts, ruled) => (Block)new FactsBlock([.. facts]) { Ruled = ruled }),
            Gen.Select(Line.Array[1, 3], Gen.Bool, (items, ordered) => (Block)new ListBlock(ordered, [.. items])), Table,
            Figure.Select(f => (Block)f), Text.Select(t => (Block)new CodeBlock(t)));
        return depth > 2 ? leaf : Gen.Frequency(
            (6, leaf), (1, Gen.Select(AnyTone, block.Array[0, 3], (tone, inner) => (Block)new NoteBlock(tone, [.. inner]))),
            (1, Gen.Select(block.Array[0, 3], Gen.Bool, (inner, wide) => (Block)new SectionBlock([.. inner])
            {
                NewPage = wide, Landscape = wide, Keep = !wide,
            })));
    });

    public static readonly Gen<Document> Document = Gen.Select(
        Text, Text, Figure, Block.Array[0, 6],
        (kicker, title, corner, blocks) => new Document(
            title, kicker, [new TitleBlock(kicker, title, kicker, title.Length % 2 == 0 ? corner : null), .. blocks]));
}
