using MudBlazor;

namespace Portal.Platform.Ui;

/// <summary>
/// The one palette and type scale of pages, canvas and documents on the screen: MudBlazor's themes, which <see cref="ThemeStyle"/> turns
/// into CSS variables. Every text has a contrast of at least 4.5:1 on its background (WCAG 1.4.3), in the high-contrast theme 7:1 (1.4.6).
/// </summary>
public static class PortalTheme
{
    /// <summary>The cookie with a person's choice: the name of a scheme; without it the browser's preference counts.</summary>
    public const string Cookie = "theme";

    /// <summary>The class of a document, which has the light scheme's colours in every scheme.</summary>
    public const string Paper = "paper";

    private static readonly string[] Sans = ["IBM Plex Sans", "Segoe UI", "DejaVu Sans", "sans-serif"];

    private static readonly PaletteLight Light = new()
    {
        Black = "#17232e", Primary = "#0b5566", PrimaryContrastText = "#ffffff", Secondary = "#5d3a8e", Tertiary = "#404a53",
        Success = "#176b35", Warning = "#7a4f00", Error = "#a3211a", Info = "#1d4f8c",
        TextPrimary = "#17232e", TextSecondary = "#54626f", TextDisabled = "#6b7885",
        ActionDefault = "#54626f", ActionDisabled = "#6b7885", ActionDisabledBackground = "#e9edf0",
        Background = "#f4f6f8", BackgroundGray = "#eef1f4", Surface = "#ffffff",
        AppbarBackground = "#ffffff", AppbarText = "#17232e", DrawerBackground = "#ffffff", DrawerText = "#17232e", DrawerIcon = "#54626f",
        LinesDefault = "#d9e0e6", LinesInputs = "#7b8996", TableLines = "#eef1f4", TableHover = "#f4f6f8", TableStriped = "#f8fafb",
        Divider = "#d9e0e6",
    };

    private static readonly PaletteDark Dark = new()
    {
        Black = "#e6edf3", Primary = "#6cc5d8", PrimaryContrastText = "#06222a", Secondary = "#c9aef2", SecondaryContrastText = "#221336",
        Tertiary = "#ccd5dc", TertiaryContrastText = "#10181f",
        Success = "#83d9a0", SuccessContrastText = "#062312", Warning = "#f0c56a", WarningContrastText = "#2b1e00",
        Error = "#ff9d95", ErrorContrastText = "#3b0a07", Info = "#93c1f5", InfoContrastText = "#06213f",
        TextPrimary = "#e6edf3", TextSecondary = "#a3b1bd", TextDisabled = "#8595a2",
        ActionDefault = "#a3b1bd", ActionDisabled = "#8595a2", ActionDisabledBackground = "#26323c",
        Background = "#10181f", BackgroundGray = "#1d2831", Surface = "#18222b",
        AppbarBackground = "#18222b", AppbarText = "#e6edf3", DrawerBackground = "#18222b", DrawerText = "#e6edf3", DrawerIcon = "#a3b1bd",
        LinesDefault = "#33414d", LinesInputs = "#7b8996", TableLines = "#26323c", TableHover = "#1f2b35", TableStriped = "#1b2630",
        Divider = "#33414d",
    };

    private static readonly PaletteLight Contrast = new()
    {
        Black = "#000000", Primary = "#00404d", PrimaryContrastText = "#ffffff", Secondary = "#3f1f70", Tertiary = "#2b2b2b",
        Success = "#0b4a20", Warning = "#553600", Error = "#7d0f0a", Info = "#0b356e",
        TextPrimary = "#000000", TextSecondary = "#2b2b2b", TextDisabled = "#4a4a4a",
        ActionDefault = "#000000", ActionDisabled = "#4a4a4a", ActionDisabledBackground = "#ffffff",
        Background = "#ffffff", BackgroundGray = "#ffffff", Surface = "#ffffff",
        AppbarBackground = "#ffffff", AppbarText = "#000000", DrawerBackground = "#ffffff", DrawerText = "#000000", DrawerIcon = "#000000",
        LinesDefault = "#000000", LinesInputs = "#000000", TableLines = "#4a4a4a", TableHover = "#eeeeee", TableStriped = "#ffffff",
        Divider = "#000000",
    };

    /// <summary>The palette that documents are printed with.</summary>
    internal static Palette PaperPalette => Light;

    /// <summary>
    /// The schemes. The first is what a page without script has; <c>data-theme</c> of the root element names the one that is in force.
    /// </summary>
    public static IReadOnlyList<ThemeScheme> Schemes { get; } =
    [
        new("light", IsDark: false, Tint: 11, ThemeOf($":root, .{Paper}", Light, Dark)),
        new("dark", IsDark: true, Tint: 20, ThemeOf(":root[data-theme=\"dark\"]", Light, Dark)),
        new("contrast", IsDark: false, Tint: 4, ThemeOf(":root[data-theme=\"contrast\"]", Contrast, Dark)),
    ];

    /// <summary>The scheme of that name, null for any other text.</summary>
    public static string? Known(string? name) => Schemes.FirstOrDefault(s => s.Name == name)?.Name;

    private static MudTheme ThemeOf(string selector, PaletteLight light, PaletteDark dark) => new()
    {
        PseudoCss = new PseudoCss { Scope = selector },
        PaletteLight = light,
        PaletteDark = dark,
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "8px", AppbarHeight = "52px", DrawerWidthLeft = "224px",
            DrawerMiniWidthLeft = "56px" },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Sans, FontSize = ".875rem", LineHeight = "1.45", LetterSpacing = "normal" },
            H1 = new H1Typography { FontFamily = Sans, FontSize = "1.375rem", FontWeight = "600", LineHeight = "1.25",
                LetterSpacing = "normal" },
            H2 = new H2Typography { FontFamily = Sans, FontSize = "1rem", FontWeight = "600", LineHeight = "1.35",
                LetterSpacing = "normal" },
            H3 = new H3Typography { FontFamily = Sans, FontSize = ".9375rem", FontWeight = "600", LineHeight = "1.4",
                LetterSpacing = "normal" },
            H4 = new H4Typography { FontFamily = Sans, FontSize = "1.75rem", FontWeight = "600", LineHeight = "1.2",
                LetterSpacing = "normal" },
            H5 = new H5Typography { FontFamily = Sans, FontSize = "1.25rem", FontWeight = "600", LineHeight = "1.3",
                LetterSpacing = "normal" },
            H6 = new H6Typography { FontFamily = Sans, FontSize = "1rem", FontWeight = "600", LineHeight = "1.4",
                LetterSpacing = "normal" },
            Subtitle1 = new Subtitle1Typography { FontFamily = Sans, FontSize = ".9375rem", LineHeight = "1.45", LetterSpacing = "normal" },
            Subtitle2 = new Subtitle2Typography { FontFamily = Sans, FontSize = ".875rem", FontWeight = "600", LineHeight = "1.45",
                LetterSpacing = "normal" },
            Body1 = new Body1Typography { FontFamily = Sans, FontSize = ".875rem", LineHeight = "1.45", LetterSpacing = "normal" },
            Body2 = new Body2Typography { FontFamily = Sans, FontSize = ".8125rem", LineHeight = "1.45", LetterSpacing = "normal" },
            Button = new ButtonTypography { FontFamily = Sans, FontSize = ".875rem", FontWeight = "600", LineHeight = "1.45",
                LetterSpacing = "normal", TextTransform = "none" },
            Caption = new CaptionTypography { FontFamily = Sans, FontSize = ".8125rem", LineHeight = "1.4", LetterSpacing = "normal" },
            Overline = new OverlineTypography { FontFamily = Sans, FontSize = ".75rem", FontWeight = "600", LineHeight = "1.6",
                LetterSpacing = ".04em", TextTransform = "uppercase" },
        },
    };
}

/// <summary>A colour scheme that a person can choose.</summary>
/// <param name="Name">Its name in the cookie and in <c>data-theme</c>.</param>
/// <param name="IsDark">True when the theme's dark palette is meant.</param>
/// <param name="Tint">Percent of a tone in the ground of what has that tone: chips, alerts, the chosen row.</param>
/// <param name="Theme">The theme, whose variables are set on its own selector.</param>
public sealed record ThemeScheme(string Name, bool IsDark, int Tint, MudTheme Theme);
