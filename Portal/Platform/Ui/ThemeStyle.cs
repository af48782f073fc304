using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;
using Portal.Ingestion.Domain;

namespace Portal.Platform.Ui;

/// <summary>
/// The stylesheet with the CSS variables of every scheme, written by MudBlazor's own theme provider once a process. All schemes are in it,
/// so that the first paint has the right one (<c>data-theme</c>) and a switch needs no server.
/// </summary>
/// <param name="scopes">Makes the scope that the provider is rendered in.</param>
/// <param name="logs">The renderer's log.</param>
public sealed partial class ThemeStyle(IServiceScopeFactory scopes, ILoggerFactory logs)
{
    /// <summary>Its address; <c>v</c> is the version of its content.</summary>
    public const string Path = "/tema.css";

    private static readonly string[] OnlyOnce = ["--mud-typography", "--mud-zindex", "--mud-elevation", "--mud-drawer-width",
        "--mud-appbar",
        "--mud-default-border", "--mud-ripple-opacity"];

    // The palette's short names in our own rules.
    private static readonly (string Name, string Colour)[] Names = [("ink", "text-primary"), ("dim", "text-secondary"),
        ("line", "lines-default"), ("line-soft", "table-lines"), ("edge", "lines-inputs"), ("bg", "background"), ("card", "surface"),
        ("pri", "primary"), ("pri-ink", "primary-text"), ("ok", "success"), ("warn", "warning"), ("bad", "error"), ("info", "info"),
        ("vio", "secondary"), ("grey", "tertiary")];

    private static readonly string[] Headings = ["h1", "h2", "h3"];

    private readonly Lock _lock = new();
    private Task<Sheet>? _sheet;

    /// <summary>The address of the present content.</summary>
    public async Task<string> AddressAsync() => $"{Path[1..]}?v={(await SheetAsync()).Version}";

    /// <summary>The stylesheet's text.</summary>
    public async Task<string> TextAsync() => (await SheetAsync()).Text;

    /// <summary>Maps its address.</summary>
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(Path, async (HttpContext context, ThemeStyle style) =>
        {
            var sheet = await style.SheetAsync();
            var isCurrent = context.Request.Query["v"] == sheet.Version;
            context.Response.Headers.CacheControl = isCurrent ? "public, max-age=31536000, immutable" : "no-cache";
            context.Response.Headers.Vary = "Accept-Encoding";
            var zips = context.Request.GetTypedHeaders().AcceptEncoding.Any(e => e.Value == "gzip" && e.Quality is not 0);
            if (zips) context.Response.Headers.ContentEncoding = "gzip";
            return Results.Bytes(zips ? sheet.Zipped : Encoding.UTF8.GetBytes(sheet.Text), "text/css; charset=utf-8");
        }).ExcludeFromDescription();

    private Task<Sheet> SheetAsync()
    {
        lock (_lock) return _sheet is null or { IsFaulted: true } ? _sheet = WriteAsync() : _sheet;
    }

    private async Task<Sheet> WriteAsync()
    {
        var text = new StringBuilder();
        await using var scope = scopes.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, logs);
        foreach (var scheme in PortalTheme.Schemes)
        {
            var html = await renderer.Dispatcher.InvokeAsync(async () =>
                (await renderer.RenderComponentAsync<MudThemeProvider>(ParameterView.FromDictionary(new Dictionary<string, object?>
                {
                    [nameof(MudThemeProvider.Theme)] = scheme.Theme, [nameof(MudThemeProvider.IsDarkMode)] = scheme.IsDark,
                    [nameof(MudThemeProvider.DefaultScrollbar)] = true,
                }))).ToHtmlString());
            var rules = WebUtility.HtmlDecode(Style().Match(html).Groups["rules"].Value);
            foreach (var line in TextLines.Split(rules).Where(l => l.Length > 0))
            {
                if (scheme == PortalTheme.Schemes[0] || !OnlyOnce.Any(line.StartsWith)) text.Append(line).Append('\n');
            }

            text.Append(CultureInfo.InvariantCulture, $"{scheme.Theme.PseudoCss.Scope} {{ --tint: {scheme.Tint}%; }}\n");
        }

        text.Append(OwnRules());
        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        return new Sheet(text.ToString(), Zip(bytes), Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    // Set where the palette is set: a variable that is inherited has the colours of the element that it is set on.
    private static string OwnRules()
    {
        var names = string.Concat(Names.Select(n => $"  --{n.Name}: var(--mud-palette-{n.Colour});\n"));
        var headings = string.Concat(Headings.Select(h => $"{h} {{ font-size: var(--mud-typography-{h}-size); "
            + $"font-weight: var(--mud-typography-{h}-weight); line-height: var(--mud-typography-{h}-lineheight); }}\n"));
        return $"{PortalTheme.Schemes[0].Theme.PseudoCss.Scope} {{\n{names}"
            + "  --pri-soft: color-mix(in srgb, var(--pri) var(--tint), var(--card));\n  --shadow: var(--mud-elevation-8);\n"
            + "  --mono: \"IBM Plex Mono\", \"DejaVu Sans Mono\", ui-monospace, Consolas, monospace;\n"
            + $"  color-scheme: var(--mud-native-html-color-scheme);\n}}\n{headings}";
    }

    private static byte[] Zip(byte[] bytes)
    {
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.SmallestSize)) zip.Write(bytes);
        return zipped.ToArray();
    }

    [GeneratedRegex("<style class=['\"]mud-theme-provider['\"]>(?<rules>.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex Style();

    private sealed record Sheet(string Text, byte[] Zipped, string Version);
}
