using System.Globalization;
using Portal.Features.Chains.Document;

namespace Portal.Features.Chains.Pictures;

/// <summary>The colours of a kind, wherever its boxes are shown.</summary>
/// <param name="Tone">On the screen: the palette's colour of border and list (<c>app.css</c>), with a light and a dark value.</param>
/// <param name="Tint">On the screen: percent of the tone in the background; 0 for the plain background.</param>
/// <param name="Stroke">In print and picture, which are on white: the border.</param>
/// <param name="Fill">In print and picture: the background.</param>
public sealed record ChainColour(string Tone, int Tint, string Stroke, string Fill);

/// <summary>
/// The table of the kinds' colours for screen, print and picture. Colour is never the only sign: a box's zone and heading show its kind
/// too.
/// </summary>
public static class ChainColours
{
    private const string White = "#ffffff";

    /// <summary>
    /// The colours of a box: those of its kind. Picture and print ask here, the screen <see cref="ClassOf"/>: boxes are coloured by
    /// something else by changing these two.
    /// </summary>
    public static ChainColour Of(ChainElement box)
    {
        ArgumentNullException.ThrowIfNull(box);
        return Of(box.Kind);
    }

    /// <summary>The class of a box on the screen, one of <see cref="ScreenRules"/>.</summary>
    public static string ClassOf(ChainElement box)
    {
        ArgumentNullException.ThrowIfNull(box);
        return ClassOfKind(box.Kind);
    }

    /// <summary>The colours of a kind.</summary>
    public static ChainColour Of(ChainKind kind) => kind switch
    {
        ChainKind.Purpose => new("vio", 0, "#5d3a8e", White),
        ChainKind.Problem => new("bad", 0, "#a3211a", White),
        ChainKind.Capability => new("pri", 0, "#0b5566", White),
        ChainKind.Future or ChainKind.Result => new("info", 0, "#1d4f8c", White),
        ChainKind.Difference => new("warn", 0, "#7a4f00", White),
        ChainKind.Benefit => new("ok", 5, "#176b35", "#f3faf5"),
        ChainKind.NegativeBenefit => new("bad", 5, "#a3211a", "#fdf4f3"),
        ChainKind.NewBehaviour => new("pri", 6, "#0b5566", "#f0f8fa"),
        ChainKind.Note => new("warn", 7, "#8a7a2f", "#fffbe6"),
        _ => new("dim", 0, "#566573", White),
    };

    /// <summary>
    /// The screen's rules: <c>.k-benefit</c> and so on set <c>--k</c>, the border, and <c>--kb</c>, the background (<c>chains.css</c>).
    /// </summary>
    public static string ScreenRules { get; } = string.Concat(ChainKinds.InOrder.Select(kind =>
    {
        var colour = Of(kind);
        var ground = colour.Tint == 0
            ? "var(--card)"
            : string.Create(CultureInfo.InvariantCulture, $"color-mix(in srgb, var(--{colour.Tone}) {colour.Tint}%, var(--card))");
        return $".{ClassOfKind(kind)} {{ --k: var(--{colour.Tone}); --kb: {ground}; }}\n";
    }));

    private static string ClassOfKind(ChainKind kind) => $"k-{kind.ToWire()}";
}
