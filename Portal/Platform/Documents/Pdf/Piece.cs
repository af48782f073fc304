using Portal.Ingestion.Domain;
using Portal.Platform.Documents.Model;

namespace Portal.Platform.Documents.Pdf;

/// <summary>Why a piece stays with the next one.</summary>
internal enum Keep
{
    None,

    /// <summary>They are in a section that is to be on one page.</summary>
    Section,

    /// <summary>A heading, or the first or last lines of a text: also when their section is too long for a page.</summary>
    Always,
}

/// <summary>Where a piece is put.</summary>
/// <param name="Frame">The innermost box around it; null for none.</param>
/// <param name="Landscape">True: on a page that is wider than high.</param>
/// <param name="Head">Drawn above it again where it begins a page: the head of its table.</param>
internal sealed record Surroundings(Frame? Frame, bool Landscape, Piece? Head = null);

/// <summary>A part of a document that is not cut: one or several lines of text, a row, a figure.</summary>
internal abstract class Piece(Surroundings around)
{
    /// <summary>Where it is put.</summary>
    public Surroundings Around => around;

    /// <summary>In points, without <see cref="Before"/>.</summary>
    public abstract double Height { get; }

    /// <summary>The space above; left out at the top of a page.</summary>
    public double Before { get; set; }

    /// <summary>Whether it stays with the next one.</summary>
    public Keep Keep { get; set; }

    /// <summary>True: begins a page.</summary>
    public bool NewPage { get; set; }

    /// <summary>Listed in the outline.</summary>
    public Bookmark? Bookmark { get; set; }

    /// <summary>Draws it.</summary>
    /// <param name="top">Its upper edge, from the upper edge of the page.</param>
    public abstract void Draw(DrawingContext context, double top);
}

/// <summary>A heading in the outline.</summary>
internal sealed record Bookmark(int Level, string Title)
{
    // A line in a narrow column.
    private const int Length = 160;

    /// <summary>Its place in the order of the text, which is not that of the pages where a page on its side waited.</summary>
    public int Number { get; init; }

    /// <summary>The bookmark of a heading, whose text may be shortened.</summary>
    public static Bookmark Of(int level, string heading) => new(level, TextCut.At(heading, Length, "…"));
}

/// <summary>A box around pieces: a note with its coloured edge, or the ground of code.</summary>
/// <param name="Parent">The box around it; null for none.</param>
/// <param name="Edge">The colour of the left edge; null for none.</param>
/// <param name="Padding">Above and below the pieces.</param>
internal sealed record Frame(Frame? Parent, string? Edge, double X, double Width, double Padding)
{
    /// <summary>The colour behind the pieces: code in a note is on white.</summary>
    public string Ground => Edge is null && Parent is not null ? "#ffffff" : Palette.Soft;

    /// <summary>How many boxes are around it.</summary>
    public int Depth { get; } = Parent is null ? 0 : Parent.Depth + 1;

    /// <summary>True when this is the box or is around it.</summary>
    public bool Holds(Frame? other)
    {
        while (other is not null && other.Depth > Depth) other = other.Parent;
        return ReferenceEquals(this, other);
    }
}

/// <summary>Space, with a rule above or below it or neither.</summary>
internal sealed class RulePiece(Surroundings around, double x, double width, double space, double thickness, bool above)
    : Piece(around)
{
    /// <inheritdoc />
    public override double Height => space + thickness;

    /// <inheritdoc />
    public override void Draw(DrawingContext context, double top)
    {
        context.Canvas.Ground(PageFlow.RuleDepth, Palette.Line, x, above ? top : top + space, width, thickness);
    }
}

/// <summary>A figure.</summary>
internal sealed class FigurePiece(Surroundings around, Tag tag, Drawing drawing, double x, (double Width, double Height, double Scale) size)
    : Piece(around)
{
    /// <inheritdoc />
    public override double Height => Overlaps ? 0 : size.Height;

    /// <summary>True: what follows begins at the figure's upper edge.</summary>
    public bool Overlaps { get; init; }

    /// <inheritdoc />
    public override void Draw(DrawingContext context, double top)
    {
        tag.Entries += FigureTag.Box(context.Canvas.Size, x, top, size.Width, size.Height);
        context.Canvas.Mark(tag);
        DrawingPainter.Draw(context.Canvas, drawing, x, top, size.Scale, context.Missing);
    }
}
