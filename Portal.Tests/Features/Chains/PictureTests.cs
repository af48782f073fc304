using System.Globalization;
using System.Xml.Linq;
using CsCheck;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Layout;
using Portal.Features.Chains.Pictures;
using Portal.Platform.Ui;
using Xunit;

namespace Portal.Tests.Features.Chains;

/// <summary>The exported picture shows every word, and nothing overlaps.</summary>
public sealed class PictureTests
{
    private static readonly ChainPicture Picture = new(ChainFixture.Texts<LayoutTexts>());

    private static string Words(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    private static string Drawn(XDocument svg) =>
        Words(string.Concat(svg.Descendants().Where(e => e.Name.LocalName == "tspan").Select(e => e.Value)));

    private static ChainDocument With(params (string Id, ChainKind Kind, double X, double Y, string Text)[] boxes) => ChainApply.Apply(
        ChainDocument.Empty with { Title = "Ventetid", Department = "Byg" },
        boxes.SelectMany(b => ChainOperation.Add(b.Id, b.Kind, (ElementProperty.Text, b.Text), (ElementProperty.X, ChainNumber.Write(b.X)),
            (ElementProperty.Y, ChainNumber.Write(b.Y))).Changes));

    private static PictureLayout Layout(ChainDocument document) =>
        PictureLayout.Of(document, b => BoxContent.Of(b, ChainFixture.Texts<LayoutTexts>()),
            kind => BoxContent.Label(kind, ChainFixture.Texts<LayoutTexts>()).ToUpper(CultureInfo.CurrentCulture));

    private static void NothingLiesOverAnything(PictureLayout layout)
    {
        var boxes = layout.Boxes.Values.Select(b => b.Rect).ToList();
        for (var n = 0; n < boxes.Count; n++) Assert.DoesNotContain(boxes.Skip(n + 1), boxes[n].Overlaps);
        var headings =
            layout.Places.Values.Select(p => p.Rect with { Height = 6 + (p.Heading.Count * PictureLayout.HeadingLine) }).ToList();
        Assert.DoesNotContain(headings, h => boxes.Any(h.Overlaps) || headings.Any(other => other != h && h.Overlaps(other)));
    }

    [Fact]
    public void A_text_of_twenty_thousand_characters_is_drawn_to_its_last_word_and_its_place_grows()
    {
        var text = string.Join(' ', Enumerable.Range(1, 3500).Select(n => n.ToString(CultureInfo.InvariantCulture)));
        var document =
            ChainLayout.PlaceMissing(ChainGen.Chain("p1:problem", "p2:problem:Under den lange", "t1:technology:Teknologi", "n1:note:Note"));
        document = ChainApply.Apply(document, new SetValue("p1", ElementProperty.Text, text));
        var svg = XDocument.Parse(Picture.Draw(document).ToSvg());
        Assert.Contains(Words(text), Drawn(svg), StringComparison.Ordinal);
        Assert.DoesNotContain("…", Drawn(svg), StringComparison.Ordinal);
        var layout = Layout(document);
        NothingLiesOverAnything(layout);
        Assert.All(layout.Boxes, b => Assert.InRange(b.Value.Rect.Bottom, 0, layout.Places[document.Find(b.Key)!.Kind].Rect.Bottom));
        Assert.Equal(layout.Places.Values.Select(p => p.Rect.Bottom).Max() - layout.Places.Values.Select(p => p.Rect.Y).Min() + 24,
            double.Parse(svg.Root!.Attribute("height")!.Value, CultureInfo.InvariantCulture), 0.2);
    }

    [Fact]
    public void A_place_that_grew_on_the_canvas_and_left_boxes_behind_has_them_in_the_picture()
    {
        var document = ChainApply.Apply(ChainLayout.PlaceMissing(ChainGen.Chain("p1:problem", "g1:benefit", "g2:benefit", "g3:benefit",
            "m1:negative-benefit", "n1:new-behaviour", "t1:technology", "e1:capability")),
            new SetValue("g1", ElementProperty.Text, string.Concat(Enumerable.Repeat("Lang tekst om gevinsten. ", 60))));
        var layout = Layout(document);
        NothingLiesOverAnything(layout);
        foreach (var (id, box) in layout.Boxes)
        {
            var place = layout.Places[document.Find(id)!.Kind].Rect;
            Assert.True(box.Rect.X >= place.X && box.Rect.Right <= place.Right && box.Rect.Y >= place.Y && box.Rect.Bottom <= place.Bottom,
                $"{id}: {box.Rect} in {place}");
        }
    }

    [Fact]
    public void Boxes_that_lie_on_each_other_or_on_a_heading_on_the_canvas_are_apart_in_the_picture()
    {
        var document = With(
            ("a", ChainKind.Problem, 14, 130, "den øverste"), ("b", ChainKind.Problem, 20, 130, "på samme sted"),
            ("c", ChainKind.Problem, 40, 140, string.Join(' ', Enumerable.Repeat("lang", 90))),
            ("d", ChainKind.Benefit, 30, 100, "over et andet steds overskrift"), ("e", ChainKind.Note, 14, 105, "også der"));
        NothingLiesOverAnything(Layout(document));
    }

    [Fact]
    public void Wherever_boxes_are_all_words_are_drawn_and_nothing_overlaps() => ChainGen.Document(25).Sample(
        invented =>
        {
            var document = ChainLayout.PlaceMissing(invented);
            NothingLiesOverAnything(Layout(document));
            var drawn = Drawn(XDocument.Parse(Picture.Draw(document).ToSvg()));
            foreach (var box in document.Present)
            {
                var content = BoxContent.Of(box, ChainFixture.Texts<LayoutTexts>());
                foreach (var text in content.Details.Append(content.Main)) Assert.Contains(Words(text), drawn, StringComparison.Ordinal);
            }
        },
        iter: 60);

    [Fact]
    public void A_picture_without_long_texts_looks_as_on_the_canvas()
    {
        var document =
            ChainLayout.PlaceMissing(ChainGen.Chain("p1:problem:Kort", "f1:future:Kort", "g1:benefit:Kort", "n1:new-behaviour:Kort"));
        Assert.All(Layout(document).Boxes, b => Assert.Equal(BoxSize.Rect(document.Find(b.Key)!), b.Value.Rect));
    }

    [Fact]
    public void No_heading_is_wider_than_its_place()
    {
        foreach (var place in Layout(With()).Places.Values)
        {
            Assert.All(
                place.Heading, line => Assert.InRange(TextMeasure.Width(line, PictureLayout.HeadingSize) * 1.1, 0, place.Rect.Width - 20));
        }
    }

    [Fact]
    public void A_file_that_is_sent_on_says_what_it_is_whose_and_of_when()
    {
        var drawn = Drawn(XDocument.Parse(Picture.Draw(With(), new DateTimeOffset(2026, 3, 4, 23, 30, 0, TimeSpan.Zero)).ToSvg()));
        Assert.Contains("Ventetid", drawn, StringComparison.Ordinal);
        Assert.Contains("Byg·Senestændret05.03.2026", drawn, StringComparison.Ordinal);
        Assert.DoesNotContain("Ventetid", Drawn(XDocument.Parse(Picture.Draw(With()).ToSvg())), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\r")]
    [InlineData("\r\n")]
    [InlineData("\v")]
    [InlineData("\f")]
    [InlineData("\u0085")]
    [InlineData("\u2028")]
    [InlineData("\u2029")]
    public void Every_kind_of_line_break_is_one_where_text_is_stored_measured_and_drawn(string newLine)
    {
        var text = $"første{newLine}anden";
        Assert.Equal("første\nanden", ChainRules.CheckValue(ElementProperty.Text, text));
        Assert.Equal(["første", "anden"], TextMeasure.Wrap(text, 500, 13, 12));
        // Also for text that an older version stored unnormalised.
        var box = new ChainElement("b", ChainKind.Note,
            System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty.Add(ElementProperty.Text, text));
        Assert.Equal("første\nanden", BoxContent.Of(box, ChainFixture.Texts<LayoutTexts>()).Main);
        var (title, _) = ChainRules.Check(ChainDocument.Empty, ChainOperation.Of(new SetChainValue(ChainDocument.TitleProperty, text)));
        Assert.Equal("første anden", ((SetChainValue)title!.Changes[0]).Value);
    }

    [Theory]
    [InlineData("Ventetid i byggesager", "effektkaede-ventetid-i-byggesager.svg")]
    [InlineData("Færre rykkere – økonomi/æøå", "effektkaede-færre-rykkere-økonomi-æøå.svg")]
    [InlineData("../../etc/passwd\0\r\nx", "effektkaede-etc-passwd-x.svg")]
    [InlineData("Sagen om 010101-1234 igen", "effektkaede-sagen-om-igen.svg")]
    [InlineData("01 01 01 1234", "effektkaede.svg")]
    [InlineData("…", "effektkaede.svg")]
    [InlineData("  ", "effektkaede.svg")]
    [InlineData("😀 glad", "effektkaede-glad.svg")]
    public void The_file_is_named_by_the_title(string title, string name) => Assert.Equal(name, ChainFileName.Of(title, "svg"));

    [Fact]
    public void No_title_makes_a_name_that_a_disk_refuses_or_that_holds_a_number() => Gen.String[Gen.Char, 0, 120].Sample(title =>
    {
        var name = ChainFileName.Of(title, "png");
        Assert.InRange(name.Length, 1, 100);
        Assert.DoesNotContain(
            name, c => c is '/' or '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|' || char.IsControl(c) || char.IsWhiteSpace(c));
        Assert.False(CprLike.IsIn(name));
    });
}
