using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace Portal.Platform.Documents;

/// <summary>A document ready to be printed: static HTML that loads nothing.</summary>
/// <param name="Title">The PDF's title; must not hold a CPR number.</param>
/// <param name="Body">The body's HTML, from <see cref="DocumentRenderer"/>, in an element with class <c>paper</c> (see
/// <c>wwwroot/document.css</c>).</param>
/// <param name="Footer">Text at the bottom left of every page; the page number is at the bottom right.</param>
public sealed record PrintDocument(string Title, string Body, string Footer)
{
    // Nothing may be fetched, run, framed or sent, whatever markup the body holds.
    private const string Policy =
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'";

    /// <summary>Styles of this document alone, after the common ones.</summary>
    public string Css { get; init; } = "";

    /// <summary>
    /// The authorities of the viewer that it was made for; its PDF may be cached in memory and given to the same authorities again. Null
    /// for documents about citizens: never cached.
    /// </summary>
    public string? KeptFor { get; init; }

    /// <summary>
    /// A document with the common styles and fonts and an empty body; see <see cref="OwnStyleId"/>. Hidden on screen, so that the browser
    /// lays it out for print only.
    /// </summary>
    internal static string Empty =>
        Page("", "", "").Replace("</head>", "<style media=\"screen\">body { display: none }</style></head>", StringComparison.Ordinal);

    /// <summary>The id of the style element for <see cref="OwnStyle"/>.</summary>
    internal const string OwnStyleId = "own";

    /// <summary>The rules of this document alone.</summary>
    internal string OwnStyle => string.Create(CultureInfo.InvariantCulture, $$"""
        @page {
          @bottom-left { content: {{CssText(Footer)}}; }
          @bottom-right { content: "Side " counter(page) " af " counter(pages); }
        }
        {{Css}}
        """);

    /// <summary>The whole document, with styles and fonts inlined.</summary>
    public string ToHtml() => Page(Title, OwnStyle, Body);

    private static string Page(string title, string style, string body) => $"""
        <!DOCTYPE html>
        <html lang="da">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="{Policy}">
        <title>{HtmlEncoder.Default.Encode(title)}</title>
        <style>
        {DocumentStyles.Fonts}
        {DocumentStyles.Common}
        </style>
        <style id="{OwnStyleId}">
        {style}
        </style>
        </head>
        <body>{body}</body>
        </html>
        """;

    /// <summary>A CSS string; characters that could end it, or the style element around it, are escaped as code points.</summary>
    private static string CssText(string text)
    {
        var css = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || rune.Value is ' ' or '-' or '.' or ',' or ':' or '/' or '·') css.Append(rune);
            else css.Append(CultureInfo.InvariantCulture, $"\\{rune.Value:x6} "); // the space ends the escape
        }

        return css.Append('"').ToString();
    }
}
