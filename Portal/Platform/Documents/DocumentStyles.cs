using System.Text;

namespace Portal.Platform.Documents;

/// <summary>Styles of every printed document. The fonts are embedded resources, so a document looks the same from every server.</summary>
internal static class DocumentStyles
{
    private const string Latin = "U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+0304, U+0308, U+0329, "
        + "U+2000-206F, U+20AC, U+2122, U+2191, U+2193, U+2212, U+2215, U+FEFF, U+FFFD";
    private const string LatinExtended = "U+0100-02BA, U+02BD-02C5, U+02C7-02CC, U+02CE-02D7, U+02DD-02FF, U+1E00-1E9F, U+1EF2-1EFF, "
        + "U+2020, U+20A0-20AB, U+20AD-20C0, U+2113";

    private static readonly Lazy<string> LoadedFonts = new(() =>
    {
        var css = new StringBuilder();
        foreach (var weight in (int[])[400, 600])
        {
            AddFace(css, "IBM Plex Sans", $"ibm-plex-sans-latin-{weight}-normal", weight, Latin);
            AddFace(css, "IBM Plex Sans", $"ibm-plex-sans-latin-ext-{weight}-normal", weight, LatinExtended);
        }

        AddFace(css, "IBM Plex Mono", "ibm-plex-mono-latin-400-normal", 400, Latin);
        return css.ToString();
    });

    private static readonly Lazy<string> LoadedCommon = new(() => Encoding.UTF8.GetString(Read("document.css")));

    /// <summary>The fonts as <c>@font-face</c> rules with the files as data URLs.</summary>
    public static string Fonts => LoadedFonts.Value;

    /// <summary>The rules of <c>wwwroot/document.css</c>, which the pages use too.</summary>
    public static string Common => LoadedCommon.Value;

    private static void AddFace(StringBuilder css, string family, string file, int weight, string range) => css.Append(
        System.Globalization.CultureInfo.InvariantCulture,
        $"@font-face {{ font-family: \"{family}\"; font-weight: {weight}; unicode-range: {range}; "
            + $"src: url(data:font/woff2;base64,{Convert.ToBase64String(Read(file + ".woff2"))}) format(\"woff2\"); }}\n");

    private static byte[] Read(string name)
    {
        using var stream = typeof(DocumentStyles).Assembly.GetManifestResourceStream("Printing." + name)
            ?? throw new InvalidOperationException($"The resource {name} is not in the program.");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
