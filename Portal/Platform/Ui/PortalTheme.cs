using MudBlazor;

namespace Portal.Platform.Ui;

/// <summary>MudBlazor's theme in the portal's palette; the same colours as <c>app.css</c>.</summary>
public static class PortalTheme
{
    private static readonly string[] Fonts = ["Inter", "Segoe UI", "DejaVu Sans", "sans-serif"];

    /// <summary>The light and the dark palette.</summary>
    public static MudTheme Theme { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#0b5566", PrimaryContrastText = "#ffffff", Success = "#176b35", Warning = "#7a4f00", Error = "#a3211a",
            Info = "#1d4f8c",
            Secondary = "#5d3a8e", TextPrimary = "#17232e", TextSecondary = "#566573", Background = "#f4f6f8", Surface = "#ffffff",
            AppbarBackground = "#ffffff", AppbarText = "#17232e", DrawerBackground = "#ffffff", DrawerText = "#17232e",
            LinesDefault = "#d9e0e6", Divider = "#d9e0e6",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#6cc5d8", PrimaryContrastText = "#06222a", Success = "#83d9a0", Warning = "#f0c56a", Error = "#ff9d95",
            Info = "#93c1f5",
            Secondary = "#c9aef2", TextPrimary = "#e6edf3", TextSecondary = "#a3b1bd", Background = "#10181f", Surface = "#18222b",
            AppbarBackground = "#18222b", AppbarText = "#e6edf3", DrawerBackground = "#18222b", DrawerText = "#e6edf3",
            LinesDefault = "#33414d", Divider = "#33414d",
        },
        Typography = new Typography { Default = new DefaultTypography { FontFamily = Fonts, FontSize = "14px", LineHeight = "1.45",
            LetterSpacing = "normal" } },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "8px" },
    };
}
