using System.Globalization;
using Portal.Platform.Documents.Model;

namespace Portal.Platform.Documents.Page;

/// <summary>A document's measures as CSS.</summary>
internal static class DocumentMeasure
{
    // A figure that is wider than this is scrolled on a narrow screen instead of shrunk until nobody can read it; others shrink a little.
    private const double NarrowScreen = 360, PixelsPerMillimetre = 96 / 25.4;

    /// <summary>A width in mm.</summary>
    public static string Width(double millimetres) => string.Create(CultureInfo.InvariantCulture, $"width:{millimetres:0.##}mm");

    /// <summary>
    /// The width of a figure: as demanded, or that of the text and at most twice its own. On narrow screens a wide one keeps its own
    /// (<c>--own</c>).
    /// </summary>
    public static string Width(FigureBlock figure) => figure.Width is { } width
        ? Width(width)
        : string.Create(CultureInfo.InvariantCulture, $"max-width:{figure.Drawing.Width * 2:0.#}px;--own:{figure.Drawing.Width:0.#}px");

    /// <summary>True when the figure is scrolled on narrow screens.</summary>
    public static bool IsWide(FigureBlock figure) => (figure.Width * PixelsPerMillimetre ?? figure.Drawing.Width) > NarrowScreen;
}
