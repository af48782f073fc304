using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Portal.Ingestion.Domain;
using Portal.Platform.Documents.Model;

namespace Portal.Platform.Documents.Page;

/// <summary>Renders the parts of a line. In C#, since spaces between elements count here and Razor's own must not be added.</summary>
/// <param name="figures">The document's figures, which get a number each.</param>
public sealed class DocumentText(FigureNumbers figures)
{
    private static readonly string[] Schemes = [Uri.UriSchemeHttps, Uri.UriSchemeHttp, Uri.UriSchemeMailto];

    /// <summary>Plain text; a line feed breaks the line.</summary>
    public static RenderFragment Of(string text) => builder => Add(builder, text);

    /// <summary>The parts.</summary>
    public RenderFragment Of(ImmutableArray<Inline> parts) => builder =>
    {
        if (parts.IsDefaultOrEmpty) return;
        foreach (var part in parts) Add(builder, part);
    };

    /// <summary>A drawing as SVG.</summary>
    public MarkupString Of(Drawing drawing, string alternative) =>
        new(SvgWriter.WriteInline(drawing, alternative, string.Create(CultureInfo.InvariantCulture, $"figur-{figures.Next()}-")));

    private void Add(RenderTreeBuilder builder, Inline part)
    {
        switch (part)
        {
            case TextInline { Style: TextStyle.Plain } text:
                Add(builder, text.Text);
                break;
            case TextInline text:
                Open(builder, text.Style.HasFlag(TextStyle.Strong) ? "b" : "span", Class(text.Style & ~TextStyle.Strong));
                Add(builder, text.Text);
                builder.CloseElement();
                break;
            case MarkInline mark:
                Open(builder, "span", $"mark {ToneClass(mark.Tone)}");
                Add(builder, mark.Text);
                builder.CloseElement();
                break;
            case LinkInline link:
                AddLink(builder, link);
                break;
            case BreakInline:
                Break(builder);
                break;
            case FigureInline figure:
                Open(builder, "span", "figure");
                builder.AddAttribute(2, "style", DocumentMeasure.Width(figure.Width));
                builder.AddContent(3, Of(figure.Drawing, figure.Alternative));
                builder.CloseElement();
                break;
            default:
                throw new NotSupportedException($"A part of the type {part.GetType().Name} cannot be shown.");
        }
    }

    /// <summary>The CSS class of a tone.</summary>
    public static string ToneClass(Tone tone) => tone switch
    {
        Tone.Ok => "ok", Tone.Info => "info", Tone.Warn => "warn", Tone.Bad => "bad", _ => "grey",
    };

    /// <summary>The CSS classes of a block's style; null for the usual one.</summary>
    public static string? StyleClass(BlockStyle style) => style switch
    {
        BlockStyle.Lead => "lead", BlockStyle.Small => "small", BlockStyle.Caption => "dim small", _ => null,
    };

    // A text that is no address to follow stays text: a stored document must not run anything.
    private static void AddLink(RenderTreeBuilder builder, LinkInline link)
    {
        var leads = Uri.TryCreate(link.Href, UriKind.Absolute, out var address) && Schemes.Contains(address.Scheme);
        Open(builder, leads ? "a" : "span", Class(link.Style));
        if (leads) builder.AddAttribute(2, "href", link.Href);
        Add(builder, link.Text);
        builder.CloseElement();
    }

    private static void Add(RenderTreeBuilder builder, string text)
    {
        if (!text.Any(TextLines.IsBreak))
        {
            builder.AddContent(3, text);
            return;
        }

        var lines = TextLines.Split(text);
        for (var n = 0; n < lines.Length; n++)
        {
            if (n > 0) Break(builder);
            builder.AddContent(3, lines[n]);
        }
    }

    private static void Break(RenderTreeBuilder builder)
    {
        builder.OpenElement(4, "br");
        builder.CloseElement();
    }

    private static void Open(RenderTreeBuilder builder, string element, string css)
    {
        builder.OpenElement(0, element);
        if (css.Length > 0) builder.AddAttribute(1, "class", css);
    }

    private static string Class(TextStyle style) => string.Join(' ', Classes.Where(c => style.HasFlag(c.Style)).Select(c => c.Name));

    private static readonly (TextStyle Style, string Name)[] Classes =
    [
        (TextStyle.Strong, "strong"), (TextStyle.Dim, "dim"), (TextStyle.Small, "small"), (TextStyle.Code, "mono"),
        (TextStyle.NoBreak, "nobreak"),
    ];
}

/// <summary>Numbers the figures of a document on the page, so that no two have the same ids. Not thread-safe.</summary>
public sealed class FigureNumbers
{
    private int _latest;

    /// <summary>A number that no figure has yet.</summary>
    public int Next() => ++_latest;
}
