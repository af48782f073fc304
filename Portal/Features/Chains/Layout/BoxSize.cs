using System.Runtime.CompilerServices;
using Portal.Features.Chains.Document;

namespace Portal.Features.Chains.Layout;

/// <summary>
/// Estimates the size of a box in canvas pixels, with 13 px text and 11 px details. The canvas cuts text after the same number of lines.
/// </summary>
public static class BoxSize
{
    public const double FontSize = 13, LineHeight = 17, DetailFontSize = 11, DetailLineHeight = 14, PaddingX = 10, PaddingY = 8;

    /// <summary>Lines of text that a box shows; opening it shows the rest.</summary>
    public const int MaxLines = 12;

    /// <summary>Lines of one detail that a box shows.</summary>
    public const int MaxDetailLines = 3;

    // Boxes are immutable, and most of a chain is the same after a change: each is measured once.
    private static readonly ConditionalWeakTable<ChainElement, StrongBox<(CanvasRect Rect, bool Cut)>> Known = [];

    // The longest text put before a detail, in either language.
    private const string Label = "i stedet for at nnn ";

    /// <summary>The width of a kind's boxes.</summary>
    public static double WidthOf(ChainKind kind) => kind switch
    {
        ChainKind.Purpose => 270,
        ChainKind.Problem or ChainKind.Technology or ChainKind.Note => 242,
        ChainKind.Capability => 214,
        ChainKind.Future or ChainKind.Result => 240,
        ChainKind.Difference => 180,
        ChainKind.Benefit or ChainKind.NegativeBenefit => 268,
        _ => 196,
    };

    /// <summary>The width of a box.</summary>
    public static double Width(ChainElement element) => element.Width ?? WidthOf(element.Kind);

    /// <summary>The estimated height of a box.</summary>
    public static double Height(ChainElement element) => Rect(element).Height;

    /// <summary>Position and estimated size of a box.</summary>
    public static CanvasRect Rect(ChainElement element) => Of(element).Rect;

    /// <summary>True when a box may not show all of its text.</summary>
    public static bool IsCut(ChainElement element) => Of(element).Cut;

    private static (CanvasRect Rect, bool Cut) Of(ChainElement element) => Known.GetValue(element, e => new(Measure(e))).Value;

    private static (CanvasRect Rect, bool Cut) Measure(ChainElement element)
    {
        var inner = Width(element) - (2 * PaddingX);
        var main = Math.Max(1, TextMeasure.Wrap(MainText(element), inner, FontSize, MaxLines).Count);
        var lines = Details(element).Select(d => TextMeasure.Wrap(d, inner, DetailFontSize, MaxDetailLines).Count).ToList();
        var height = (2 * PaddingY) + (main * LineHeight) + (lines.Count > 0 ? 3 + (lines.Sum() * DetailLineHeight) : 0);
        return (new(element.X, element.Y, Width(element), height), main >= MaxLines || lines.Exists(l => l >= MaxDetailLines));
    }

    private static string MainText(ChainElement element) =>
        element.Kind != ChainKind.NewBehaviour || element.Text.Length > 0 ? element.Text : Label + (element.Start ?? element.Stop ?? "");

    private static IEnumerable<string> Details(ChainElement element)
    {
        if (element.Volume is not null) yield return "500.000–600.000 om året · 10 % af sagerne · 109 min. hver";
        if (element.Consequence is { } consequence) yield return Label + consequence;
        if (element.Kind == ChainKind.NewBehaviour && element is { Stop: { } stop } and ({ Start: not null } or { Text.Length: > 0 }))
            yield return Label + stop;
        if (element.Kind == ChainKind.NewBehaviour && element is { Start: { } start, Text.Length: > 0 }) yield return Label + start;
        if (element.InsteadOf is { } instead) yield return Label + instead;
        if (element.Who is { } who) yield return Label + who;
        if (element.Get(ElementProperty.IndicatorTarget) is { } target)
            yield return Label + target + element.Get(ElementProperty.IndicatorUnit);
        if (element.Owner is { } owner) yield return Label + owner;
    }
}

/// <summary>A rectangle on the canvas, in pixels, y downwards.</summary>
public readonly record struct CanvasRect(double X, double Y, double Width, double Height)
{
    public double Right => X + Width;
    public double Bottom => Y + Height;

    /// <summary>True when the two share an area, not only an edge.</summary>
    public bool Overlaps(CanvasRect other) => X < other.Right && other.X < Right && Y < other.Bottom && other.Y < Bottom;
}
