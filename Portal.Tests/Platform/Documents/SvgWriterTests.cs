using System.Globalization;
using System.Xml.Linq;
using CsCheck;
using Portal.Platform.Documents.Model;
using Portal.Platform.Documents.Page;
using Xunit;

namespace Portal.Tests.Platform.Documents;

/// <summary>Drawings as SVG.</summary>
public sealed class SvgWriterTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static readonly XName[] Known =
        [.. "svg title desc defs marker path rect circle text tspan g".Split(' ').Select(name => Svg + name)];

    private static Drawing Of(params Shape[] shapes) => new(-4, 0, 100, 50.25, [.. shapes]);

    private static PathShape Arrow(string colour) => new("M0 0L10 0", null, new Stroke(colour, 2), Arrow: true);

    private static IEnumerable<string> WordsOf(IEnumerable<Shape> shapes) => shapes.SelectMany(shape => shape switch
    {
        WordsShape words => words.Lines,
        GroupShape group => WordsOf(group.Shapes),
        _ => Enumerable.Empty<string>(),
    });

    [Fact]
    public void Any_text_in_any_shape_gives_XML_that_holds_it() => Gen.Select(DocumentGen.AnyDrawing, DocumentGen.Text).Sample(
        (drawing, text) =>
        {
            foreach (var svg in (string[])[SvgWriter.WriteFile(drawing, text, text), SvgWriter.WriteInline(drawing, text, "d1-")])
            {
                var root = XDocument.Parse(svg, LoadOptions.PreserveWhitespace).Root!;
                Assert.Equal(DocumentWords.Bare(string.Concat(WordsOf(drawing.Shapes))),
                    DocumentWords.Bare(string.Concat(root.Descendants(Svg + "tspan").Select(t => t.Value))));
                Assert.All(root.DescendantsAndSelf(), e => Assert.Contains(e.Name, Known));
                Assert.DoesNotContain(root.DescendantsAndSelf().Attributes(), a => a.Name.LocalName == "href");
            }
        });

    [Fact]
    public void A_file_has_title_and_description_and_a_figure_of_a_page_has_its_alternative_text()
    {
        var file = XDocument.Parse(SvgWriter.WriteFile(Of(), "Kæde & <b>", "Tre bokse")).Root!;
        Assert.Equal(("img", "Kæde & <b>", "Tre bokse", null), (file.Attribute("role")?.Value, file.Element(Svg + "title")?.Value,
            file.Element(Svg + "desc")?.Value, file.Attribute("aria-label")));
        Assert.NotNull(file.Attribute("font-family"));
        var figure = XDocument.Parse(SvgWriter.WriteInline(Of(), "Udvikling \"i\" maj", "d1-")).Root!;
        Assert.Equal(("img", "Udvikling \"i\" maj"), (figure.Attribute("role")?.Value, figure.Attribute("aria-label")?.Value));
        Assert.Equal(("-4 0 100 50.25", "100", "50.25"),
            (figure.Attribute("viewBox")?.Value, figure.Attribute("width")?.Value, figure.Attribute("height")?.Value));
    }

    [Fact]
    public void Arrows_have_the_colour_of_their_line_and_ids_of_their_own()
    {
        var drawing = Of(Arrow("#112233"), new GroupShape("Antagelse", [Arrow("#445566")]), Arrow("#112233"));
        XElement[] both = [XDocument.Parse(SvgWriter.WriteInline(drawing, "", "d1-")).Root!,
            XDocument.Parse(SvgWriter.WriteInline(drawing, "", "d2-")).Root!];
        var ids = both.SelectMany(d => d.Descendants().Attributes("id")).Select(a => a.Value).ToList();
        Assert.Equal(4, ids.Distinct().Count());
        foreach (var root in both)
        {
            var colours = root.Descendants(Svg + "marker").ToDictionary(
                m => $"url(#{m.Attribute("id")!.Value})", m => m.Element(Svg + "path")!.Attribute("fill")!.Value);
            Assert.All(root.Descendants().Where(e => e.Attribute("marker-end") is not null),
                line => Assert.Equal(line.Attribute("stroke")!.Value, colours[line.Attribute("marker-end")!.Value]));
        }

        Assert.Empty(XDocument.Parse(SvgWriter.WriteInline(Of(), "", "d1-")).Descendants(Svg + "defs"));
        Assert.Equal("Antagelse", both[0].Descendants(Svg + "title").Single().Value);
    }

    [Fact]
    public void Numbers_are_written_alike_in_every_language()
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("da-DK");
        var svg = SvgWriter.WriteInline(Of(
            new RectShape(1.5, 2, 3, 4, null, new Stroke("#000000", 1.5, [1.5, 3]), 2),
            new WordsShape(1.25, 10, ["ét", "to"], 10.5, 12.5, "#000000", Anchor: Anchor.End)), "", "");
        var root = XDocument.Parse(svg).Root!;
        Assert.Equal(["1.5 3"], root.Descendants().Attributes("stroke-dasharray").Select(a => a.Value));
        Assert.Equal([("1.25", "10"), ("1.25", "22.5")],
            root.Descendants(Svg + "tspan").Select(t => (t.Attribute("x")!.Value, t.Attribute("y")!.Value)));
        Assert.Equal(("10.5", "end"), (root.Element(Svg + "text")!.Attribute("font-size")!.Value,
            root.Element(Svg + "text")!.Attribute("text-anchor")!.Value));
        Assert.DoesNotContain(",", svg, StringComparison.Ordinal);
    }
}
