using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace Portal.Printing;

/// <summary>A document ready to be printed: static HTML that needs nothing from outside.</summary>
/// <param name="Title">The PDF's title; never a person number.</param>
/// <param name="Body">The body's HTML, from <see cref="DocumentRenderer"/>, in an element with class <c>paper</c> (see <c>wwwroot/document.css</c>).</param>
/// <param name="Footer">Text at the left of every page's foot; the page number stands at the right.</param>
public sealed record PrintDocument(string Title, string Body, string Footer)
{
    // Beside the browser's own closed doors: nothing may be fetched, run, framed or sent, whatever a text within should hold.
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'";

    /// <summary>Styles of this document alone, after the common ones.</summary>
    public string Css { get; init; } = "";

    /// <summary>The whole document, with styles and fonts inlined.</summary>
    public string ToHtml() => string.Create(CultureInfo.InvariantCulture, $$"""
        <!DOCTYPE html>
        <html lang="da">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="{{Policy}}">
        <title>{{HtmlEncoder.Default.Encode(Title)}}</title>
        <style>
        {{DocumentStyles.Fonts}}
        {{DocumentStyles.Common}}
        @page {
          @bottom-left { content: {{CssText(Footer)}}; }
          @bottom-right { content: "Side " counter(page) " af " counter(pages); }
        }
        {{Css}}
        </style>
        </head>
        <body>{{Body}}</body>
        </html>
        """);

    /// <summary>A CSS string; what could end it, or the style element around it, is written as a code point.</summary>
    private static string CssText(string text)
    {
        var css = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || rune.Value is ' ' or '-' or '.' or ',' or ':' or '/' or '·') css.Append(rune);
            else css.Append(CultureInfo.InvariantCulture, $"\\{rune.Value:x6}");
        }

        return css.Append('"').ToString();
    }
}
