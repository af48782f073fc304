using System.Globalization;
using System.Text;
using System.Xml;
using Microsoft.Extensions.Localization;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Layout;
using Portal.Platform.Text;

namespace Portal.Features.Chains.Pictures;

/// <summary>
/// Draws a chain as SVG: zones, boxes, the bracket of the difference, links with arrows. Text is text, not outlines. For screen readers it
/// has a title, a description, and the whole text of each box. No text is cut (<see cref="PictureLayout"/>). Self-contained: no font,
/// script or style sheet from elsewhere.
/// </summary>
public sealed class ChainPicture(IStringLocalizer<LayoutTexts> texts)
{
    private const string Svg = "http://www.w3.org/2000/svg";
    private const double Margin = 12, TitleSize = 20, TitleLine = 26, SubtitleSize = 13, SubtitleLine = 18;

    // Bold letters are wider than the estimate.
    private const double Bold = 1.1;

    private static readonly XmlWriterSettings Settings =
        new() { Indent = true, OmitXmlDeclaration = true, Encoding = new UTF8Encoding(false), CheckCharacters = true };

    /// <summary>The picture as an SVG document; CPR numbers are masked.</summary>
    /// <param name="document">The chain.</param>
    /// <param name="changedAt">When it was last changed: draws title, department and this date above the picture. Null: without them, where
    /// the page shows them.</param>
    public string Draw(ChainDocument document, DateTimeOffset? changedAt = null)
    {
        document = ChainMask.Of(document);
        var boxes = ChainOrder.Read(document);
        var layout = PictureLayout.Of(document, box => BoxContent.Of(box, texts), Name);
        var rects = boxes.ToDictionary(b => b.Id, b => layout.Boxes[b.Id].Rect);
        var edge = Around([.. layout.Places.Values.Select(p => p.Rect), .. rects.Values]);
        var (title, subtitle) = changedAt is { } at ? Heading(document, at, edge.Width - (2 * Margin)) : ([], []);
        var above = (title.Count * TitleLine) + (subtitle.Count * SubtitleLine) + (title.Count > 0 ? Margin : 0);
        edge = edge with { Y = edge.Y - above, Height = edge.Height + above };
        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(text, Settings))
        {
            xml.WriteStartElement("svg", Svg);
            xml.WriteAttributeString(
                "viewBox", string.Create(CultureInfo.InvariantCulture, $"{edge.X:0.#} {edge.Y:0.#} {edge.Width:0.#} {edge.Height:0.#}"));
            xml.WriteAttributeString("width", Number(edge.Width));
            xml.WriteAttributeString("height", Number(edge.Height));
            xml.WriteAttributeString("role", "img");
            xml.WriteAttributeString("font-family", "Segoe UI, Helvetica, Arial, sans-serif");
            xml.WriteAttributeString("fill", "#1d2a33");
            xml.WriteElementString("title", Svg, document.Title);
            xml.WriteElementString("desc", Svg, Describe(boxes));
            Arrow(xml);
            Rect(xml, edge, "#ffffff", null, 0);
            Lines(xml, title, edge.X + Margin, edge.Y + Margin + TitleSize, TitleSize, TitleLine, "#1d2a33", bold: true);
            Lines(xml, subtitle, edge.X + Margin, edge.Y + Margin + (title.Count * TitleLine) + SubtitleSize, SubtitleSize,
                SubtitleLine, "#566573");
            foreach (var place in layout.Places.Values) Zone(xml, place);
            Bracket(xml, layout);
            var links = ChainOrder.Links(document);
            foreach (var (link, path) in links.Zip(LinkRoutes.Of(links, rects, [.. layout.Places.Values.Select(WordsOf)])))
                Link(xml, link, path);
            foreach (var box in boxes) Box(xml, box, layout.Boxes[box.Id]);
            xml.WriteEndElement();
        }

        return text.ToString();
    }

    // What whoever receives the file must know: title, department and date.
    private (IReadOnlyList<string> Title, IReadOnlyList<string> Subtitle) Heading(
        ChainDocument document, DateTimeOffset changedAt, double width)
    {
        string[] facts = [document.Department, texts["PictureChanged", DanishFormat.Date(changedAt)]];
        return (TextMeasure.Wrap(document.Title, width / Bold, TitleSize, int.MaxValue),
            TextMeasure.Wrap(string.Join(" · ", facts.Where(f => f.Length > 0)), width, SubtitleSize, int.MaxValue));
    }

    private string Name(ChainKind kind) => BoxContent.Label(kind, texts).ToUpper(CultureInfo.CurrentUICulture);

    private static CanvasRect WordsOf(PicturePlace place) => new(
        place.Rect.X + ChainZones.Padding, place.Rect.Y + 6, place.Heading.Max(line => TextMeasure.Width(line, PictureLayout.HeadingSize)),
        place.Heading.Count * PictureLayout.HeadingLine);

    private static CanvasRect Around(IReadOnlyList<CanvasRect> rects)
    {
        var (x, y) = (rects.Min(r => r.X) - Margin, rects.Min(r => r.Y) - Margin);
        return new CanvasRect(x, y, rects.Max(r => r.Right) + Margin - x, rects.Max(r => r.Bottom) + Margin - y);
    }

    private string Describe(IReadOnlyList<ChainElement> boxes) =>
        string.Join(" · ", boxes.GroupBy(b => b.Kind)
            .Select(g => $"{BoxContent.Label(g.Key, texts)}: {g.Count().ToString(CultureInfo.InvariantCulture)}"));

    private static void Arrow(XmlWriter xml)
    {
        xml.WriteStartElement("defs", Svg);
        xml.WriteStartElement("marker", Svg);
        foreach (var (name, value) in new[] { ("id", "pil"), ("viewBox", "0 0 8 8"), ("refX", "7"), ("refY", "4"), ("markerWidth", "7"),
            ("markerHeight", "7"), ("orient", "auto") })
        {
            xml.WriteAttributeString(name, value);
        }
        xml.WriteStartElement("path", Svg);
        xml.WriteAttributeString("d", "M0 0L8 4L0 8z");
        xml.WriteAttributeString("fill", "#8497a3");
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Zone(XmlWriter xml, PicturePlace place)
    {
        Rect(xml, place.Rect, "#fbfcfd", "#c9d3da", 14, dashed: true);
        var first = place.Rect.Y + (place.Heading.Count == 1 ? 21 : 16);
        Lines(xml, place.Heading, place.Rect.X + ChainZones.Padding, first, PictureLayout.HeadingSize, PictureLayout.HeadingLine, "#566573",
            bold: true);
    }

    // A bracket left of the difference zone: the difference is between today and the future, which are to its left.
    private static void Bracket(XmlWriter xml, PictureLayout layout)
    {
        var (future, difference) = (layout.Places[ChainKind.Future].Rect, layout.Places[ChainKind.Difference].Rect);
        var x = difference.X - (ChainZones.ZoneGap / 2);
        xml.WriteStartElement("path", Svg);
        xml.WriteAttributeString("d", string.Create(
            CultureInfo.InvariantCulture, $"M{x - 5:0.#} {future.Y + 8:0.#}H{x:0.#}V{difference.Bottom - 8:0.#}H{x - 5:0.#}"));
        xml.WriteAttributeString("fill", "none");
        xml.WriteAttributeString("stroke", "#7a4f00");
        xml.WriteAttributeString("stroke-width", "2");
        xml.WriteEndElement();
    }

    private static void Link(XmlWriter xml, ChainLink link, string path)
    {
        xml.WriteStartElement("path", Svg);
        xml.WriteAttributeString("d", path);
        xml.WriteAttributeString("fill", "none");
        xml.WriteAttributeString("stroke", "#8497a3");
        xml.WriteAttributeString("stroke-width", "1.8");
        if (link.Confidence == "low") xml.WriteAttributeString("stroke-dasharray", "6 4");
        xml.WriteAttributeString("marker-end", "url(#pil)");
        if (link.Assumption is { } assumption) xml.WriteElementString("title", Svg, assumption);
        xml.WriteEndElement();
    }

    private void Box(XmlWriter xml, ChainElement box, PictureBox drawn)
    {
        var rect = drawn.Rect;
        var content = BoxContent.Of(box, texts);
        var colour = ChainColours.Of(box.Kind);
        xml.WriteStartElement("g", Svg);
        // The whole text in one element, for screen readers.
        xml.WriteElementString(
            "title", Svg, string.Join('\n', [$"{BoxContent.Label(box.Kind, texts)}: {content.Main}", .. content.Details]));
        Rect(xml, rect, colour.Fill, colour.Stroke, 10);
        var (x, lines) = (rect.X + BoxSize.PaddingX, drawn.Main);
        var y = rect.Y + BoxSize.PaddingY + BoxSize.FontSize;
        Lines(xml, lines, x, y, BoxSize.FontSize, BoxSize.LineHeight, "#1d2a33");
        y = rect.Y + BoxSize.PaddingY + (lines.Count * BoxSize.LineHeight) + 3 + BoxSize.DetailFontSize;
        Lines(xml, drawn.Details, x, y, BoxSize.DetailFontSize, BoxSize.DetailLineHeight, "#566573");
        xml.WriteEndElement();
    }

    private static void Lines(
        XmlWriter xml, IReadOnlyList<string> lines, double x, double y, double size, double height, string colour, bool bold = false)
    {
        if (lines.Count == 0) return;
        xml.WriteStartElement("text", Svg);
        xml.WriteAttributeString("font-size", Number(size));
        xml.WriteAttributeString("fill", colour);
        if (bold) xml.WriteAttributeString("font-weight", "bold");
        xml.WriteAttributeString("xml", "space", null, "preserve");
        for (var n = 0; n < lines.Count; n++)
        {
            xml.WriteStartElement("tspan", Svg);
            xml.WriteAttributeString("x", Number(x));
            xml.WriteAttributeString("y", Number(y + (n * height)));
            xml.WriteString(lines[n]);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Rect(XmlWriter xml, CanvasRect rect, string fill, string? stroke, double radius, bool dashed = false)
    {
        xml.WriteStartElement("rect", Svg);
        foreach (var (name, value) in new[] { ("x", rect.X), ("y", rect.Y), ("width", rect.Width), ("height", rect.Height),
            ("rx", radius) })
        {
            xml.WriteAttributeString(name, Number(value));
        }
        xml.WriteAttributeString("fill", fill);
        if (stroke is not null) xml.WriteAttributeString("stroke", stroke);
        if (stroke is not null) xml.WriteAttributeString("stroke-width", "1.5");
        if (dashed) xml.WriteAttributeString("stroke-dasharray", "5 4");
        xml.WriteEndElement();
    }

    private static string Number(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);
}
