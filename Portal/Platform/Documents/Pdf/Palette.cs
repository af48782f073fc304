using MudBlazor.Utilities;
using Portal.Platform.Documents.Model;
using Portal.Platform.Ui;

namespace Portal.Platform.Documents.Pdf;

/// <summary>The colours of <c>document.css</c>, from the theme's light palette; each text has a contrast of 4.5:1 to its ground.</summary>
internal static class Palette
{
    public static readonly string Ink = Hex(PortalTheme.PaperPalette.TextPrimary);
    public static readonly string Dim = Hex(PortalTheme.PaperPalette.TextSecondary);
    public static readonly string Line = Hex(PortalTheme.PaperPalette.LinesDefault);
    public static readonly string Strong = Hex(PortalTheme.PaperPalette.Primary);
    public static readonly string Soft = Hex(PortalTheme.PaperPalette.Background);

    /// <summary>Ground and text of a mark.</summary>
    public static (string Ground, string Text) Mark(Tone tone) => (Hex(TintOf(ColourOf(tone))), Hex(ColourOf(tone)));

    /// <summary>The edge of a note.</summary>
    public static string Edge(Tone tone) => tone is Tone.Ok or Tone.Info or Tone.Warn or Tone.Bad ? Hex(ColourOf(tone)) : Line;

    private static MudColor ColourOf(Tone tone) => tone switch
    {
        Tone.Ok => PortalTheme.PaperPalette.Success,
        Tone.Info => PortalTheme.PaperPalette.Info,
        Tone.Warn => PortalTheme.PaperPalette.Warning,
        Tone.Bad => PortalTheme.PaperPalette.Error,
        _ => PortalTheme.PaperPalette.Tertiary,
    };

    // The browser's color-mix(in srgb, …) of a tone and white.
    private static MudColor TintOf(MudColor tone)
    {
        var share = PortalTheme.Schemes[0].Tint / 100.0;
        int Mixed(byte part) => (int)Math.Round(255 - ((255 - part) * share), MidpointRounding.AwayFromZero);
        return new MudColor(Mixed(tone.R), Mixed(tone.G), Mixed(tone.B), 255);
    }

    private static string Hex(MudColor colour) => colour.ToString(MudColorOutputFormats.Hex);
}
