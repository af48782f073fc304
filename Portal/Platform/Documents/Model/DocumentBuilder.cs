using System.Collections.Immutable;

namespace Portal.Platform.Documents.Model;

/// <summary>Builds blocks in reading order, so that the code reads as the document does. Not thread-safe.</summary>
public sealed class DocumentBuilder
{
    private readonly ImmutableArray<Block>.Builder _blocks = ImmutableArray.CreateBuilder<Block>();

    /// <summary>What was added so far.</summary>
    public ImmutableArray<Block> Blocks => _blocks.ToImmutable();

    /// <summary>The whole document.</summary>
    /// <param name="title">See <see cref="Document"/>.</param>
    /// <param name="footer">See <see cref="Document"/>.</param>
    public Document Build(string title, string footer) => new(title, footer, Blocks);

    /// <summary>Adds any block.</summary>
    public DocumentBuilder Add(Block block)
    {
        _blocks.Add(block);
        return this;
    }

    /// <summary>Adds the head.</summary>
    public DocumentBuilder Title(string kicker, string title, string subtitle, FigureBlock? corner = null) =>
        Add(new TitleBlock(kicker, title, subtitle, corner));

    /// <summary>Adds a heading of level 2 to 4.</summary>
    public DocumentBuilder Heading(int level, string text) => Add(new HeadingBlock(level, text));

    /// <summary>Adds a paragraph of plain text.</summary>
    public DocumentBuilder Paragraph(string text, BlockStyle style = BlockStyle.Body, string? testId = null) =>
        Add(new ParagraphBlock([new TextInline(text)], style) { TestId = testId });

    /// <summary>Adds a paragraph.</summary>
    public DocumentBuilder Paragraph(Action<LineBuilder> text, BlockStyle style = BlockStyle.Body, string? testId = null) =>
        Add(new ParagraphBlock(LineBuilder.Build(text), style) { TestId = testId });

    /// <summary>Adds names with values; nothing when there are none.</summary>
    public DocumentBuilder Facts(Action<FactsBuilder> facts, BlockStyle style = BlockStyle.Body, bool ruled = false)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var builder = new FactsBuilder();
        facts(builder);
        var built = builder.Build();
        return built.IsEmpty ? this : Add(new FactsBlock(built, style) { Ruled = ruled });
    }

    /// <summary>Adds a list of plain texts; nothing when there are none.</summary>
    public DocumentBuilder List(bool ordered, IEnumerable<string> items) =>
        List(ordered, items.Select(text => ImmutableArray.Create<Inline>(new TextInline(text))));

    /// <summary>Adds a list; nothing when there are no items. Make the items with <see cref="LineBuilder.Build"/>.</summary>
    public DocumentBuilder List(bool ordered, IEnumerable<ImmutableArray<Inline>> items)
    {
        ImmutableArray<ImmutableArray<Inline>> all = [.. items];
        return all.IsEmpty ? this : Add(new ListBlock(ordered, all));
    }

    /// <summary>Adds a table.</summary>
    /// <param name="columns">Its columns.</param>
    /// <param name="rows">Adds the rows.</param>
    /// <param name="compact">See <see cref="TableBlock.Compact"/>.</param>
    public DocumentBuilder Table(ImmutableArray<TableColumn> columns, Action<TableBuilder> rows, bool compact = false)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var builder = new TableBuilder();
        rows(builder);
        return Add(new TableBlock(columns, builder.Build()) { Compact = compact });
    }

    /// <summary>Adds a figure.</summary>
    public DocumentBuilder Figure(Drawing drawing, string alternative, double? width = null) =>
        Add(new FigureBlock(drawing, alternative, width));

    /// <summary>Adds text in a fixed pitch.</summary>
    public DocumentBuilder Code(string text) => Add(new CodeBlock(text));

    /// <summary>Adds a box with a coloured edge.</summary>
    public DocumentBuilder Note(Tone tone, Action<DocumentBuilder> blocks) => Add(new NoteBlock(tone, Inner(blocks)));

    /// <summary>Adds blocks that begin on a new page.</summary>
    public DocumentBuilder NewPage(Action<DocumentBuilder> blocks) => Add(new SectionBlock(Inner(blocks)) { NewPage = true });

    /// <summary>Adds blocks on pages of their own that are wider than high.</summary>
    public DocumentBuilder Landscape(Action<DocumentBuilder> blocks) =>
        Add(new SectionBlock(Inner(blocks)) { NewPage = true, Landscape = true });

    /// <summary>Adds blocks that stay on one page when they fit on one.</summary>
    public DocumentBuilder Keep(Action<DocumentBuilder> blocks) => Add(new SectionBlock(Inner(blocks)) { Keep = true });

    private static ImmutableArray<Block> Inner(Action<DocumentBuilder> blocks)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        var builder = new DocumentBuilder();
        blocks(builder);
        return builder.Blocks;
    }
}

/// <summary>Builds a line of text from its parts.</summary>
public sealed class LineBuilder
{
    private readonly ImmutableArray<Inline>.Builder _parts = ImmutableArray.CreateBuilder<Inline>();

    /// <summary>The parts that <paramref name="line"/> adds.</summary>
    public static ImmutableArray<Inline> Build(Action<LineBuilder> line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var builder = new LineBuilder();
        line(builder);
        return builder._parts.ToImmutable();
    }

    /// <summary>Adds any part.</summary>
    public LineBuilder Add(Inline part)
    {
        _parts.Add(part);
        return this;
    }

    /// <summary>Adds text; nothing when it is empty.</summary>
    public LineBuilder Text(string? text, TextStyle style = TextStyle.Plain) =>
        string.IsNullOrEmpty(text) ? this : Add(new TextInline(text, style));

    /// <summary>Adds semi-bold text.</summary>
    public LineBuilder Strong(string? text) => Text(text, TextStyle.Strong);

    /// <summary>Adds grey text.</summary>
    public LineBuilder Dim(string? text) => Text(text, TextStyle.Dim);

    /// <summary>Adds text in a fixed pitch.</summary>
    public LineBuilder Code(string? text) => Text(text, TextStyle.Code);

    /// <summary>Adds a status on a coloured ground.</summary>
    public LineBuilder Mark(string text, Tone tone) => Add(new MarkInline(text, tone));

    /// <summary>Adds a link to an absolute address.</summary>
    public LineBuilder Link(string text, string href, TextStyle style = TextStyle.Plain) => Add(new LinkInline(text, href, style));

    /// <summary>Ends the line.</summary>
    public LineBuilder Break() => Add(new BreakInline());

    /// <summary>Adds a small drawing.</summary>
    public LineBuilder Figure(Drawing drawing, string alternative, double width) => Add(new FigureInline(drawing, alternative, width));
}

/// <summary>Builds names with values.</summary>
public sealed class FactsBuilder
{
    private readonly ImmutableArray<Fact>.Builder _facts = ImmutableArray.CreateBuilder<Fact>();

    /// <summary>Adds a name with plain text.</summary>
    public FactsBuilder Add(string name, string value, TextStyle style = TextStyle.Plain) => Add(name, v => v.Text(value, style));

    /// <summary>Adds a name with its value.</summary>
    public FactsBuilder Add(string name, Action<LineBuilder> value)
    {
        _facts.Add(new Fact(name, LineBuilder.Build(value)));
        return this;
    }

    internal ImmutableArray<Fact> Build() => _facts.ToImmutable();
}

/// <summary>Builds the rows of a table.</summary>
public sealed class TableBuilder
{
    private readonly ImmutableArray<TableRow>.Builder _rows = ImmutableArray.CreateBuilder<TableRow>();

    /// <summary>Adds a row of plain texts.</summary>
    public TableBuilder Row(params ReadOnlySpan<string> cells)
    {
        var row = ImmutableArray.CreateBuilder<ImmutableArray<Inline>>(cells.Length);
        foreach (var cell in cells) row.Add([new TextInline(cell)]);
        _rows.Add(new TableRow(row.MoveToImmutable()));
        return this;
    }

    /// <summary>Adds a row.</summary>
    public TableBuilder Row(params ReadOnlySpan<Action<LineBuilder>> cells)
    {
        var row = ImmutableArray.CreateBuilder<ImmutableArray<Inline>>(cells.Length);
        foreach (var cell in cells) row.Add(LineBuilder.Build(cell));
        _rows.Add(new TableRow(row.MoveToImmutable()));
        return this;
    }

    internal ImmutableArray<TableRow> Build() => _rows.ToImmutable();
}
