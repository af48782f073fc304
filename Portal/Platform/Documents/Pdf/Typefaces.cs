using Portal.Platform.Documents.Model;

namespace Portal.Platform.Documents.Pdf;

/// <summary>The type of <c>document.css</c>, in points.</summary>
internal static class Typefaces
{
    public static readonly Typeface Body = new(10, 15, Palette.Ink);
    public static readonly Typeface Kicker = new(10, 15, Palette.Dim);
    public static readonly Typeface Title = new(21, 25.2, Palette.Ink, Face.SemiBold, -0.21);
    public static readonly Typeface TableHead = new(8.5, 11.5, Palette.Dim, Face.SemiBold);
    public static readonly Typeface Code = new(8.5, 12.5, Palette.Ink, Face.Mono);
    public static readonly Typeface Footer = new(8, 12, Palette.Dim);

    private static readonly Typeface Small = new(8.5, 12.33, Palette.Ink);

    /// <summary>The type of a style.</summary>
    public static Typeface Of(BlockStyle style) => style switch
    {
        BlockStyle.Lead => new Typeface(11, 16.5, Palette.Ink),
        BlockStyle.Small => Small,
        BlockStyle.Caption => Small with { Colour = Palette.Dim },
        _ => Body,
    };

    /// <summary>The type of a heading, with the space above and below in mm.</summary>
    public static (Typeface Type, double Above, double Below) Heading(int level) => level switch
    {
        <= 2 => (new Typeface(12.5, 16.25, Palette.Strong, Face.SemiBold), 8, 2.5),
        3 => (new Typeface(10.5, 15.75, Palette.Ink, Face.SemiBold), 5, 1.5),
        _ => (Body with { Face = Face.SemiBold }, 4, 1),
    };

    /// <summary>The same type, smaller or larger.</summary>
    public static Typeface Scaled(this Typeface type, double size) =>
        type with { Size = size, LineHeight = type.LineHeight * size / type.Size };
}
