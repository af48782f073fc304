using System.Collections.Immutable;
using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Portal.Platform.Documents.Model;

namespace Portal.Features.Reports.Documents;

/// <summary>
/// Reads the SVG of a chain as the portal wrote it until reports were stored as documents: rectangles, paths, lines of text and groups.
/// What else an SVG may hold is left out. Pure.
/// </summary>
internal static class ChainSvg
{
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    /// <summary>The picture.</summary>
    /// <exception cref="XmlException">The text is no XML.</exception>
    /// <exception cref="FormatException">It is no SVG of a chain.</exception>
    public static ReportPicture Read(string svg)
    {
        using var reader = XmlReader.Create(new StringReader(svg), Settings);
        var root = XElement.Load(reader);
        if (Text(root, "viewBox").Split(' ') is not [var x, var y, var width, var height])
            throw new FormatException("The picture has no size.");
        return new ReportPicture(
            new Drawing(Number(x), Number(y), Number(width), Number(height), Shapes(root)), Named(root, "desc") ?? "");
    }

    private static ImmutableArray<Shape> Shapes(XElement parent) => [.. parent.Elements().Select(Shape).OfType<Shape>()];

    private static Shape? Shape(XElement element) => element.Name.LocalName switch
    {
        "rect" => new RectShape(
            Number(element, "x"), Number(element, "y"), Number(element, "width"), Number(element, "height"), Fill(element),
            Stroke(element), Number(element, "rx")),
        "path" => Path(element),
        "text" => Words(element),
        "g" => new GroupShape(Named(element, "title") ?? "", Shapes(element)),
        _ => null,
    };

    private static Shape Path(XElement element)
    {
        var path = new PathShape(Text(element, "d"), Fill(element), Stroke(element), element.Attribute("marker-end") is not null);
        return Named(element, "title") is { } title ? new GroupShape(title, [path]) : path;
    }

    private static WordsShape? Words(XElement element)
    {
        var lines = element.Elements().Where(e => e.Name.LocalName == "tspan").ToList();
        if (lines.Count == 0) return null;
        var (first, second) = (Number(lines[0], "y"), lines.Count > 1 ? Number(lines[1], "y") : 0);
        return new WordsShape(
            Number(lines[0], "x"), first, [.. lines.Select(l => l.Value)], Number(element, "font-size"),
            lines.Count > 1 ? second - first : 0, Text(element, "fill"), element.Attribute("font-weight") is not null);
    }

    private static Stroke? Stroke(XElement element) => element.Attribute("stroke") is { } colour
        ? new Stroke(colour.Value, Number(element, "stroke-width"), [.. Text(element, "stroke-dasharray")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Number)])
        : null;

    private static string? Fill(XElement element) => Text(element, "fill") is { Length: > 0 } fill && fill != "none" ? fill : null;

    private static string? Named(XElement element, string name) =>
        element.Elements().FirstOrDefault(e => e.Name.LocalName == name)?.Value;

    private static double Number(XElement element, string name) => Text(element, name) is { Length: > 0 } text ? Number(text) : 0;

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static string Text(XElement element, string name) => element.Attribute(name)?.Value ?? "";
}
