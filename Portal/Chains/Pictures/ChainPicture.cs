using System.Globalization;
using System.Text;
using System.Xml;
using Microsoft.Extensions.Localization;
using Portal.Chains.Document;
using Portal.Chains.Layout;

namespace Portal.Chains.Pictures;

/// <summary>
/// Draws a chain as SVG: places, boxes, the bracket of the difference, links with arrows. Text stays text. For screen readers it has a title, a
/// description, and the whole text of each box. Needs nothing from elsewhere: no font, no script, no style sheet.
/// </summary>
public sealed class ChainPicture(IStringLocalizer<LayoutTexts> texts)
{
    private const string Svg = "http://www.w3.org/2000/svg";
    private const double Margin = 12;

    private static readonly XmlWriterSettings Settings = new() { Indent = true, OmitXmlDeclaration = true, Encoding = new UTF8Encoding(false), CheckCharacters = true };

    /// <summary>The picture as a document of its own.</summary>
    public string Draw(ChainDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var boxes = ChainOrder.Read(document);
        var zones = ChainZones.For(boxes);
        var rects = boxes.ToDictionary(b => b.Id, BoxSize.Rect);
        var edge = Around([zones.Wall, .. rects.Values]);
        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(text, Settings))
        {
            xml.WriteStartElement("svg", Svg);
            xml.WriteAttributeString("viewBox", string.Create(CultureInfo.InvariantCulture, $"{edge.X:0.#} {edge.Y:0.#} {edge.Width:0.#} {edge.Height:0.#}"));
            xml.WriteAttributeString("width", Number(edge.Width));
            xml.WriteAttributeString("height", Number(edge.Height));
            xml.WriteAttributeString("role", "img");
            xml.WriteAttributeString("font-family", "Segoe UI, Helvetica, Arial, sans-serif");
            xml.WriteAttributeString("fill", "#1d2a33");
            xml.WriteElementString("title", Svg, document.Title);
            xml.WriteElementString("desc", Svg, Describe(boxes));
            Arrow(xml);
            Rect(xml, edge, "#ffffff", null, 0);
            foreach (var (kind, rect) in zones.InOrder.Where(z => z.Kind != ChainKind.Note || boxes.Any(b => b.Kind == ChainKind.Note))) Zone(xml, kind, rect);
            Bracket(xml, zones);
            var links = ChainOrder.Links(document);
            foreach (var (link, path) in links.Zip(LinkRoutes.Of(links, rects, zones.Headings))) Link(xml, link, path);
            foreach (var box in boxes) Box(xml, box, rects[box.Id]);
            xml.WriteEndElement();
        }

        return text.ToString();
    }

    private static CanvasRect Around(IReadOnlyList<CanvasRect> rects)
    {
        var (x, y) = (rects.Min(r => r.X) - Margin, rects.Min(r => r.Y) - Margin);
        return new CanvasRect(x, y, rects.Max(r => r.Right) + Margin - x, rects.Max(r => r.Bottom) + Margin - y);
    }

    private string Describe(IReadOnlyList<ChainElement> boxes) =>
        string.Join(" · ", boxes.GroupBy(b => b.Kind).Select(g => $"{BoxContent.Label(g.Key, texts)}: {g.Count().ToString(CultureInfo.InvariantCulture)}"));

    private static void Arrow(XmlWriter xml)
    {
        xml.WriteStartElement("defs", Svg);
        xml.WriteStartElement("marker", Svg);
        foreach (var (name, value) in new[] { ("id", "pil"), ("viewBox", "0 0 8 8"), ("refX", "7"), ("refY", "4"), ("markerWidth", "7"), ("markerHeight", "7"), ("orient", "auto") }) xml.WriteAttributeString(name, value);
        xml.WriteStartElement("path", Svg);
        xml.WriteAttributeString("d", "M0 0L8 4L0 8z");
        xml.WriteAttributeString("fill", "#8497a3");
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private void Zone(XmlWriter xml, ChainKind kind, CanvasRect rect)
    {
        Rect(xml, rect, "#fbfcfd", "#c9d3da", 14, dashed: true);
        Lines(xml, [BoxContent.Label(kind, texts).ToUpper(CultureInfo.CurrentUICulture)], rect.X + 12, rect.Y + 20, 12, 0, "#566573", bold: true);
    }

    // From today to the future: the difference is what lies between.
    private static void Bracket(XmlWriter xml, ChainZones zones)
    {
        var (future, difference) = (zones[ChainKind.Future], zones[ChainKind.Difference]);
        var x = difference.X - (ChainZones.ZoneGap / 2);
        xml.WriteStartElement("path", Svg);
        xml.WriteAttributeString("d", string.Create(CultureInfo.InvariantCulture, $"M{x - 5:0.#} {future.Y + 8:0.#}H{x:0.#}V{difference.Bottom - 8:0.#}H{x - 5:0.#}"));
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

    private void Box(XmlWriter xml, ChainElement box, CanvasRect rect)
    {
        var content = BoxContent.Of(box, texts);
        var (stroke, fill) = ChainColours.Of(box.Kind);
        xml.WriteStartElement("g", Svg);
        // Lines are cut as on the canvas; here stands all of it.
        xml.WriteElementString("title", Svg, string.Join('\n', [$"{BoxContent.Label(box.Kind, texts)}: {content.Main}", .. content.Details]));
        Rect(xml, rect, fill, stroke, 10);
        var (x, inner) = (rect.X + BoxSize.PaddingX, rect.Width - (2 * BoxSize.PaddingX));
        var lines = TextMeasure.Wrap(content.Main, inner, BoxSize.FontSize, BoxSize.MaxLines);
        var y = rect.Y + BoxSize.PaddingY + BoxSize.FontSize;
        Lines(xml, lines, x, y, BoxSize.FontSize, BoxSize.LineHeight, "#1d2a33");
        y = rect.Y + BoxSize.PaddingY + (lines.Count * BoxSize.LineHeight) + 3 + BoxSize.DetailFontSize;
        Lines(xml, [.. content.Details.SelectMany(d => TextMeasure.Wrap(d, inner, BoxSize.DetailFontSize, BoxSize.MaxDetailLines))], x, y, BoxSize.DetailFontSize, BoxSize.DetailLineHeight, "#566573");
        xml.WriteEndElement();
    }

    private static void Lines(XmlWriter xml, IReadOnlyList<string> lines, double x, double y, double size, double height, string colour, bool bold = false)
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
        foreach (var (name, value) in new[] { ("x", rect.X), ("y", rect.Y), ("width", rect.Width), ("height", rect.Height), ("rx", radius) }) xml.WriteAttributeString(name, Number(value));
        xml.WriteAttributeString("fill", fill);
        if (stroke is not null) xml.WriteAttributeString("stroke", stroke);
        if (stroke is not null) xml.WriteAttributeString("stroke-width", "1.5");
        if (dashed) xml.WriteAttributeString("stroke-dasharray", "5 4");
        xml.WriteEndElement();
    }

    private static string Number(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);
}
