namespace Portal.Platform.Documents.Pdf;

/// <summary>A page's size and margins, in points (1/72 inch). Positions are counted from the upper left corner.</summary>
internal sealed record PageSize(double Width, double Height, double Top, double Side, double Bottom)
{
    /// <summary>A4 with the margins of <c>document.css</c>.</summary>
    public static readonly PageSize Portrait = new(Mm(210), Mm(297), Mm(22), Mm(19), Mm(24));

    /// <summary>A4 on its side.</summary>
    public static readonly PageSize Landscape = new(Mm(297), Mm(210), Mm(16), Mm(15), Mm(20));

    /// <summary>The width between the margins.</summary>
    public double BodyWidth => Width - (2 * Side);

    /// <summary>The height between the margins.</summary>
    public double BodyHeight => Height - Top - Bottom;

    /// <summary>Where the lower margin begins.</summary>
    public double BodyEnd => Height - Bottom;

    /// <summary>Millimetres in points.</summary>
    public static double Mm(double millimetres) => millimetres * 72 / 25.4;
}
