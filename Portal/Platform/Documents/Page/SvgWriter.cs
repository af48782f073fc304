using System.Globalization;
using System.Text;
using System.Xml;
using Portal.Platform.Documents.Model;

namespace Portal.Platform.Documents.Page;

/// <summary>
/// Writes drawings as SVG: text is text, and nothing is loaded from elsewhere (no font, script or style sheet). Characters that XML cannot
/// hold become U+FFFD. Pure.
/// </summary>
public static class SvgWriter
{
    private const string Svg = "http://www.w3.org/2000/svg";
    private const string Font = "Segoe UI, Helvetica, Arial, sans-serif";

    /// <summary>A drawing as a file of its own, with a title and a description for those who do not see it.</summary>
    public static string WriteFile(Drawing drawing, string title, string description) => Write(drawing, "", indent: true, xml =>
    {
        xml.WriteAttributeString("font-family", Font);
        xml.WriteElementString("title", Svg, Safe(title));
        xml.WriteElementString("desc", Svg, Safe(description));
    });

    /// <summary>A drawing within a page, named by its alternative text.</summary>
    /// <param name="id">Precedes the ids within the drawing; different for each drawing on the page.</param>
    public static string WriteInline(Drawing drawing, string alternative, string id) =>
        Write(drawing, id, indent: false, xml => xml.WriteAttributeString("aria-label", Safe(alternative)));

    private static string Write(Drawing drawing, string id, bool indent, Action<XmlWriter> name)
    {
        ArgumentNullException.ThrowIfNull(drawing);
        var text = new StringBuilder();
        var settings = new XmlWriterSettings
        {
            Indent = indent, OmitXmlDeclaration = true, Encoding = new UTF8Encoding(false), NewLineHandling = NewLineHandling.Entitize,
        };
        using (var xml = XmlWriter.Create(text, settings))
        {
            xml.WriteStartElement("svg", Svg);
            xml.WriteAttributeString(
                "viewBox", $"{Number(drawing.X)} {Number(drawing.Y)} {Number(drawing.Width)} {Number(drawing.Height)}");
            xml.WriteAttributeString("width", Number(drawing.Width));
            xml.WriteAttributeString("height", Number(drawing.Height));
            xml.WriteAttributeString("role", "img");
            name(xml);
            var arrows = ArrowColours(drawing.Shapes).Distinct(StringComparer.Ordinal).ToList();
            if (arrows.Count > 0) Markers(xml, arrows, id);
            foreach (var shape in drawing.Shapes) Write(xml, shape, colour => MarkerId(id, arrows.IndexOf(colour)));
            xml.WriteEndElement();
        }

        return text.ToString();
    }

    private static IEnumerable<string> ArrowColours(IEnumerable<Shape> shapes) => shapes.SelectMany(shape => shape switch
    {
        PathShape { Arrow: true, Stroke: { } stroke } => [stroke.Colour],
        GroupShape group => ArrowColours(group.Shapes),
        _ => [],
    });

    private static string MarkerId(string id, int number) => string.Create(CultureInfo.InvariantCulture, $"{id}pil-{number}");

    // A marker per colour: the keyword for the line's own colour, context-stroke, is not known to all programs that show SVG.
    private static void Markers(XmlWriter xml, List<string> colours, string id)
    {
        xml.WriteStartElement("defs", Svg);
        for (var n = 0; n < colours.Count; n++)
        {
            xml.WriteStartElement("marker", Svg);
            xml.WriteAttributeString("id", MarkerId(id, n));
            foreach (var (name, value) in new[] { ("viewBox", "0 0 8 8"), ("refX", "7"), ("refY", "4"), ("markerWidth", "7"),
                ("markerHeight", "7"), ("orient", "auto") })
            {
                xml.WriteAttributeString(name, value);
            }

            xml.WriteStartElement("path", Svg);
            xml.WriteAttributeString("d", "M0 0L8 4L0 8z");
            xml.WriteAttributeString("fill", Safe(colours[n]));
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Write(XmlWriter xml, Shape shape, Func<string, string> marker)
    {
        switch (shape)
        {
            case RectShape rect:
                xml.WriteStartElement("rect", Svg);
                Place(xml, ("x", rect.X), ("y", rect.Y), ("width", rect.Width), ("height", rect.Height));
                if (rect.Radius > 0) Place(xml, ("rx", rect.Radius));
                Paint(xml, rect.Fill, rect.Stroke);
                xml.WriteEndElement();
                break;
            case CircleShape circle:
                xml.WriteStartElement("circle", Svg);
                Place(xml, ("cx", circle.X), ("cy", circle.Y), ("r", circle.Radius));
                Paint(xml, circle.Fill, circle.Stroke);
                xml.WriteEndElement();
                break;
            case PathShape path:
                xml.WriteStartElement("path", Svg);
                xml.WriteAttributeString("d", Safe(path.Data));
                Paint(xml, path.Fill, path.Stroke);
                if (path is { Arrow: true, Stroke: { } line }) xml.WriteAttributeString("marker-end", $"url(#{marker(line.Colour)})");
                xml.WriteEndElement();
                break;
            case WordsShape words:
                Words(xml, words);
                break;
            case GroupShape group:
                xml.WriteStartElement("g", Svg);
                if (group.Title.Length > 0) xml.WriteElementString("title", Svg, Safe(group.Title));
                foreach (var part in group.Shapes) Write(xml, part, marker);
                xml.WriteEndElement();
                break;
            default:
                throw new NotSupportedException($"A shape of the type {shape.GetType().Name} cannot be written as SVG.");
        }
    }

    private static void Words(XmlWriter xml, WordsShape words)
    {
        if (words.Lines.IsDefaultOrEmpty) return;
        xml.WriteStartElement("text", Svg);
        Place(xml, ("font-size", words.Size));
        xml.WriteAttributeString("fill", Safe(words.Colour));
        if (words.Bold) xml.WriteAttributeString("font-weight", "bold");
        if (words.Anchor != Anchor.Start) xml.WriteAttributeString("text-anchor", words.Anchor == Anchor.Middle ? "middle" : "end");
        xml.WriteAttributeString("xml", "space", null, "preserve");
        for (var n = 0; n < words.Lines.Length; n++)
        {
            xml.WriteStartElement("tspan", Svg);
            Place(xml, ("x", words.X), ("y", words.Y + (n * words.LineHeight)));
            xml.WriteString(Safe(words.Lines[n]));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Paint(XmlWriter xml, string? fill, Stroke? stroke)
    {
        xml.WriteAttributeString("fill", Safe(fill ?? "none"));
        if (stroke is null) return;
        xml.WriteAttributeString("stroke", Safe(stroke.Colour));
        Place(xml, ("stroke-width", stroke.Width));
        if (!stroke.Dashes.IsDefaultOrEmpty) xml.WriteAttributeString("stroke-dasharray", string.Join(' ', stroke.Dashes.Select(Number)));
    }

    private static void Place(XmlWriter xml, params ReadOnlySpan<(string Name, double Value)> places)
    {
        foreach (var (name, value) in places) xml.WriteAttributeString(name, Number(value));
    }

    private static string Number(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Safe(string text)
    {
        if (IsSafe(text)) return text;
        var safe = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) // a half of a pair is U+FFFD already
            safe.Append(rune.Value > char.MaxValue || XmlConvert.IsXmlChar((char)rune.Value) ? rune.ToString() : "\uFFFD");
        return safe.ToString();
    }

    private static bool IsSafe(string text)
    {
        for (var n = 0; n < text.Length; n++)
        {
            if (XmlConvert.IsXmlChar(text[n])) continue;
            if (n + 1 == text.Length || !XmlConvert.IsXmlSurrogatePair(text[n + 1], text[n])) return false;
            n++;
        }

        return true;
    }
}
