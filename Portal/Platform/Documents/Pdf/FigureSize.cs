using Portal.Platform.Documents.Model;

namespace Portal.Platform.Documents.Pdf;

/// <summary>How large figures become.</summary>
internal static class FigureSize
{
    // A drawing's unit is 1/96 inch.
    private const double PointsPerUnit = 0.75;

    /// <summary>The size in points and the scale of a figure on a line.</summary>
    public static (double Width, double Height, double Scale) Of(FigureInline figure) =>
        Fit(figure.Drawing, PageSize.Mm(figure.Width), PageSize.Portrait.BodyHeight / 2);

    /// <summary>
    /// The size in points and the scale of a figure: as wide as it may be, at most twice its own size and at most as high as a page.
    /// </summary>
    public static (double Width, double Height, double Scale) Of(FigureBlock figure, double width, double height)
    {
        var wanted = figure.Width is { } millimetres ? PageSize.Mm(millimetres) : figure.Drawing.Width * PointsPerUnit * 2;
        return Fit(figure.Drawing, Math.Min(wanted, width), height);
    }

    private static (double Width, double Height, double Scale) Fit(Drawing drawing, double width, double height)
    {
        if (!(drawing.Width > 0) || !(drawing.Height > 0) || !(width > 0)) return (0, 0, 0);
        var scale = Math.Min(width / drawing.Width, height / drawing.Height);
        return double.IsFinite(scale) ? (drawing.Width * scale, drawing.Height * scale, scale) : (0, 0, 0);
    }
}
