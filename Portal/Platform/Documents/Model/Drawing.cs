using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Portal.Platform.Documents.Model;

/// <summary>
/// A figure as shapes, drawn once and written as SVG (<c>SvgWriter</c>) and into a PDF alike. Coordinates are in units of 1/96 inch, y
/// downwards.
/// </summary>
/// <param name="X">The left edge of the visible part.</param>
/// <param name="Y">Its upper edge.</param>
/// <param name="Shapes">In the order in which they are drawn.</param>
public sealed record Drawing(double X, double Y, double Width, double Height, ImmutableArray<Shape> Shapes);

/// <summary>A part of a drawing. Colours are <c>#rrggbb</c>; null draws nothing.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "shape")]
[JsonDerivedType(typeof(RectShape), "rect")]
[JsonDerivedType(typeof(CircleShape), "circle")]
[JsonDerivedType(typeof(PathShape), "path")]
[JsonDerivedType(typeof(WordsShape), "words")]
[JsonDerivedType(typeof(GroupShape), "group")]
public abstract record Shape;

/// <summary>A line's look.</summary>
/// <param name="Dashes">Lengths of dash and gap; empty for a whole line.</param>
public sealed record Stroke(string Colour, double Width = 1, ImmutableArray<double> Dashes = default);

/// <summary>A rectangle.</summary>
/// <param name="Radius">Of the corners; 0 for sharp ones.</param>
public sealed record RectShape(
    double X, double Y, double Width, double Height, string? Fill, Stroke? Stroke = null, double Radius = 0) : Shape;

/// <summary>A circle.</summary>
public sealed record CircleShape(double X, double Y, double Radius, string? Fill, Stroke? Stroke = null) : Shape;

/// <summary>A line through points, straight or curved.</summary>
/// <param name="Data">SVG path data with absolute commands M, L, H, V, C, Q and Z alone.</param>
/// <param name="Arrow">True: an arrow head of 7 × 7 stroke widths at its end, in the stroke's colour.</param>
public sealed record PathShape(string Data, string? Fill, Stroke? Stroke = null, bool Arrow = false) : Shape;

/// <summary>Where a text is anchored.</summary>
public enum Anchor
{
    Start,
    Middle,
    End,
}

/// <summary>Lines of text. The first base line is at (X, Y), each next one <paramref name="LineHeight"/> below.</summary>
public sealed record WordsShape(
    double X, double Y, ImmutableArray<string> Lines, double Size, double LineHeight, string Colour, bool Bold = false,
    Anchor Anchor = Anchor.Start) : Shape;

/// <summary>Shapes that are one thing, with its whole text for screen readers.</summary>
public sealed record GroupShape(string Title, ImmutableArray<Shape> Shapes) : Shape;
