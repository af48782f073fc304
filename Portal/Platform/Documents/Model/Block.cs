using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Portal.Platform.Documents.Model;

/// <summary>A part of a document that begins on a line of its own.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "block")]
[JsonDerivedType(typeof(TitleBlock), "title")]
[JsonDerivedType(typeof(HeadingBlock), "heading")]
[JsonDerivedType(typeof(ParagraphBlock), "paragraph")]
[JsonDerivedType(typeof(FactsBlock), "facts")]
[JsonDerivedType(typeof(ListBlock), "list")]
[JsonDerivedType(typeof(TableBlock), "table")]
[JsonDerivedType(typeof(FigureBlock), "figure")]
[JsonDerivedType(typeof(CodeBlock), "code")]
[JsonDerivedType(typeof(NoteBlock), "note")]
[JsonDerivedType(typeof(SectionBlock), "section")]
public abstract record Block
{
    /// <summary>The test id on the page; null for most blocks.</summary>
    public string? TestId { get; init; }
}

/// <summary>The head of the document: kicker, title, subtitle, and at the right a figure such as a QR code. Once, first.</summary>
/// <param name="Kicker">What kind of document it is; above the title.</param>
/// <param name="Title">The heading of level 1.</param>
/// <param name="Subtitle">Below the title; empty for none.</param>
/// <param name="Corner">At the top right; null for none.</param>
public sealed record TitleBlock(string Kicker, string Title, string Subtitle, FigureBlock? Corner = null) : Block;

/// <summary>A heading; kept with what follows it.</summary>
/// <param name="Level">2 to 4; levels are never skipped.</param>
public sealed record HeadingBlock(int Level, string Text) : Block;

/// <summary>How a paragraph, a list or a table is set.</summary>
public enum BlockStyle
{
    /// <summary>10 pt.</summary>
    Body,

    /// <summary>11 pt: what a director reads first.</summary>
    Lead,

    /// <summary>8.5 pt.</summary>
    Small,

    /// <summary>8.5 pt and grey: explains what is above it.</summary>
    Caption,
}

/// <summary>A paragraph. A line break in a text is a line break in the document.</summary>
public sealed record ParagraphBlock(ImmutableArray<Inline> Text, BlockStyle Style = BlockStyle.Body) : Block;

/// <summary>Names with values, in two columns.</summary>
public sealed record FactsBlock(ImmutableArray<Fact> Facts, BlockStyle Style = BlockStyle.Body) : Block
{
    /// <summary>True for a line above and below the facts.</summary>
    public bool Ruled { get; init; }
}

/// <summary>A name with its value.</summary>
public sealed record Fact(string Name, ImmutableArray<Inline> Value);

/// <summary>A list with a text per item.</summary>
/// <param name="Ordered">True: numbered from 1. False: bulleted.</param>
public sealed record ListBlock(bool Ordered, ImmutableArray<ImmutableArray<Inline>> Items) : Block;

/// <summary>A table. Its head is repeated on every page; a row is split over pages only when it is longer than a page.</summary>
public sealed record TableBlock(ImmutableArray<TableColumn> Columns, ImmutableArray<TableRow> Rows) : Block
{
    /// <summary>Smaller type and tighter rows, for tables of numbers.</summary>
    public bool Compact { get; init; }
}

/// <summary>A column of a table.</summary>
/// <param name="Header">The head's text, also the label of the cell on narrow screens.</param>
/// <param name="Width">In mm; null: an equal share of what is left.</param>
/// <param name="Numeric">True: right-aligned and never broken.</param>
public sealed record TableColumn(string Header, double? Width = null, bool Numeric = false)
{
    /// <summary>True: the cells of this column are the heads of their rows.</summary>
    public bool IsRowHeader { get; init; }
}

/// <summary>A row, with a cell per column; missing cells at the end are empty.</summary>
public sealed record TableRow(ImmutableArray<ImmutableArray<Inline>> Cells);

/// <summary>A drawing with its text for those who do not see it.</summary>
/// <param name="Alternative">What the figure shows, in words; demanded.</param>
/// <param name="Width">In mm; null: as wide as the text, at most the drawing's own size doubled.</param>
public sealed record FigureBlock(Drawing Drawing, string Alternative, double? Width = null) : Block;

/// <summary>Text in a fixed pitch, with its line breaks; broken anywhere when it is too wide.</summary>
public sealed record CodeBlock(string Text) : Block;

/// <summary>A box with a coloured edge: the verdict on a letter.</summary>
public sealed record NoteBlock(Tone Tone, ImmutableArray<Block> Blocks) : Block;

/// <summary>Blocks that belong together.</summary>
public sealed record SectionBlock(ImmutableArray<Block> Blocks) : Block
{
    /// <summary>True: begins on a new page.</summary>
    public bool NewPage { get; init; }

    /// <summary>True: on pages of its own that are wider than high.</summary>
    public bool Landscape { get; init; }

    /// <summary>True: on one page, when it fits on one.</summary>
    public bool Keep { get; init; }
}
