using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using CsCheck;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Examples;
using Portal.Features.Chains.Exchange;
using Portal.Features.Chains.Layout;
using Portal.Features.Chains.Pictures;
using Portal.Features.Chains.Storage;
using Xunit;

namespace Portal.Tests.Features.Chains;

public sealed class ExchangeTests
{
    private static readonly ChainSummary Summary = new("k", "", "", ChainStage.Draft, 0, 1, default, "", default, "", null);

    private static ChainReadResult Read(string json) => ChainReader.Read(Encoding.UTF8.GetBytes(json));

    [Fact]
    public void The_shapes_of_the_contract_are_read_as_they_are()
    {
        var read = Read("""
            { "id": "k", "title": "T", "elements": [
              { "id": "d1", "kind": "problem", "text": "x", "volume": { "share": 0.10, "low": 500, "high": 600, "per": "year" },
              "consequence": "c", "to": ["g2"] },
              { "id": "d2", "kind": "problem", "text": "y", "volume": { "perYear": null, "minutesEach": 10 }, "to": [] },
              { "id": "d3", "kind": "problem", "text": "z", "volume": { "perYear": 1000 } },
              { "id": "g2", "kind": "benefit", "text": "g", "x": 7.5, "y": -3, "indicator": { "unit": "timer/år", "target": -1000 } },
              { "id": "b1", "kind": "new-behaviour", "who": "leder", "start": "s", "stop": "t", "insteadOf": "i", "to": ["g2"] } ] }
            """);
        Assert.Empty(read.Problems);
        var document = read.Document!;
        Assert.Equal(new ChainVolume(500, null, 600, "year", 0.1, null), document.Find("d1")!.Volume);
        Assert.Equal(10, document.Find("d2")!.Volume!.MinutesEach);
        Assert.Equal(1000, document.Find("d3")!.Volume!.PerYear);
        Assert.Equal((7.5, -3, -1000),
            (document.Find("g2")!.X, document.Find("g2")!.Y, document.Find("g2")!.Number(ElementProperty.IndicatorTarget)));
        Assert.Equal(("leder", "s", "t", "i"),
            (document.Find("b1")!.Who, document.Find("b1")!.Start, document.Find("b1")!.Stop, document.Find("b1")!.InsteadOf));
        Assert.All(document.Present, e => Assert.True(e.HasPlace));
        Assert.Equal(["d1", "d2", "d3", "b1"], read.Unplaced.OrderBy(i => i[0] == 'b' ? 1 : 0).ThenBy(i => i, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("", "$", 1)]
    [InlineData("{\n \"title\": \"T\",\n \"elements\": [\n", "$", 4)]
    [InlineData("[]", "$", 1)]
    [InlineData("{\"elements\":[]}", "title", 1)]
    [InlineData("{\"title\":\"T\"}", "elements", 1)]
    [InlineData("{\n\"title\":7,\n\"elements\":[]}", "title", 2)]
    [InlineData(
        "{\"title\":\"T\",\n\"elements\":[{\"id\":\"a\",\"kind\":\"note\"},\n{\"id\":\"b\",\n\"kind\":\"boks\"}]}", "elements[1].kind", 4)]
    [InlineData("{\"title\":\"T\",\"elements\":[{\"id\":\"a\",\n\"kind\":\"note\",\n\"to\":[\n\"x\"]}]}", "elements[0].to[0]", 4)]
    [InlineData("{\"title\":\"T\",\"elements\":[{\"id\":\"a\",\"kind\":\"note\",\"to\":[\"a\"]}]}", "elements[0].to[0]", 1)]
    [InlineData("{\"title\":\"T\",\"elements\":[{\"id\":\"a\",\"kind\":\"note\"},{\"id\":\"a\",\"kind\":\"note\"}]}", "elements[1].id", 1)]
    [InlineData("{\"title\":\"T\",\"elements\":[{\"id\":\"a\"}]}", "elements[0].kind", 1)]
    [InlineData("{\"title\":\"T\",\"elements\":[{\"id\":\"a\",\"kind\":\"note\",\"x\":\"1\"}]}", "elements[0].x", 1)]
    [InlineData("{\"title\":\"T\",\"elements\":[{\"id\":\"a\",\"kind\":\"note\",\"text\":\"\\ud800\"}]}", "elements[0].text", 1)]
    [InlineData(
        "{\"title\":\"T\",\"elements\":[{\"id\":\"a\",\"kind\":\"problem\",\"volume\":{\"low\":2,\"high\":1}}]}", "elements[0].volume", 1)]
    [InlineData(
        "{\"title\":\"T\",\"elements\":[{\"id\":\"a\",\"kind\":\"problem\",\"volume\":{\"per\":\"år\"}}]}", "elements[0].volume.per", 1)]
    [InlineData("{\"title\":\"T\",\"elements\":[7]}", "elements[0]", 1)]
    public void What_is_not_a_chain_is_reported_by_line_and_field_and_nothing_of_it_is_taken(string json, string field, int line)
    {
        var read = Read(json);
        Assert.Null(read.Document);
        Assert.Equal((field, line), (read.Problems[0].Field, read.Problems[0].Line));
        Assert.NotEmpty(read.Problems[0].Message);
    }

    [Fact]
    public void Tags_that_are_too_long_together_are_refused_at_their_field()
    {
        string Chain(int tags) => $$"""
            {"title":"T","elements":[{"id":"a","kind":"note","tags":[{{string.Join(',', Enumerable.Repeat("\"vigtigt\"", tags))}}]}]}
            """;
        var most = (ChainRules.MaxText + 1) / "vigtigt\n".Length;
        Assert.Empty(Read(Chain(most)).Problems);
        Assert.Equal("elements[0].tags", Assert.Single(Read(Chain(most + 1)).Problems).Field);
    }

    [Fact]
    public void All_that_is_wrong_is_reported_at_once()
    {
        var read = Read("""{"title":"","elements":[{"id":"","kind":"x"},{"id":"a","kind":"note","y":1e99}]}""");
        Assert.Equal(["title", "elements[0].id", "elements[0].kind", "elements[1].y"], read.Problems.Select(p => p.Field));
    }

    [Fact]
    public void Any_text_at_all_gives_an_answer() => Gen.OneOf(Gen.String, Gen.String[Gen.Char["{}[]\":,elmntsidkx017 "], 0, 80])
        .Sample(text => Read(text) is { Document: null, Problems.Count: > 0 } or { Document: not null, Problems.Count: 0 });

    [Fact]
    public void What_is_written_is_read_as_the_same_chain() =>
        ChainGen.Document(40).Sample(document =>
        {
            var laid = ChainLayout.PlaceMissing(document);
            var json = JsonSerializer.SerializeToUtf8Bytes(ChainJson.Of(Summary, laid), Portal.Platform.Http.PortalJson.Options);
            var read = ChainReader.Read(json);
            Assert.Empty(read.Problems);
            var back = read.Document!;
            // A volume without a period is written with its default period.
            foreach (var element in back.Present.Where(e => laid.Find(e.Id)!.Get(ElementProperty.VolumePer) is null))
                back = ChainApply.Apply(back, new SetValue(element.Id, ElementProperty.VolumePer, null));
            Assert.Equal(laid, back);
        }, iter: 50);

    [Fact]
    public void The_difference_of_two_chains_makes_one_of_the_other() =>
        Gen.Select(ChainGen.Change.Array[0, 25], ChainGen.Change.Array[0, 25]).Sample((one, two) =>
        {
            var (from, to) = (ChainApply.Apply(ChainDocument.Empty with { Title = "a" }, one),
                ChainApply.Apply(ChainDocument.Empty with { Title = "b" }, two));
            var made = ChainApply.Apply(from, ChainDifference.Changes(from, to));
            Assert.True(ChainComparison.Between(made, to).IsEmpty);
        });

    [Fact]
    public void The_picture_is_xml_with_text_as_text_for_any_chain()
    {
        var picture = new ChainPicture(ChainFixture.Texts<LayoutTexts>());
        ChainGen.Document(60).Sample(
            document => XDocument.Parse(picture.Draw(ChainLayout.PlaceMissing(document)).ToSvg()).Root!.Name.LocalName == "svg", iter: 50);
        var hostile = ChainApply.Apply(
            ChainGen.Chain("d:problem>f", "f:future"), new SetValue("d", ElementProperty.Text, "<script>alert(1)</script> & مرحبا 🎉"));
        var drawn = XDocument.Parse(picture.Draw(ChainLayout.PlaceMissing(hostile)).ToSvg());
        XNamespace svg = "http://www.w3.org/2000/svg";
        Assert.Empty(drawn.Descendants(svg + "script"));
        Assert.Contains(
            "<script>alert(1)</script>", string.Concat(drawn.Descendants(svg + "text").Select(t => t.Value)), StringComparison.Ordinal);
        Assert.Single(drawn.Descendants(svg + "path"), p => p.Attribute("marker-end") is not null);
        Assert.Equal("Kæde", drawn.Root!.Element(svg + "title")!.Value);
        Assert.NotEmpty(drawn.Root!.Element(svg + "desc")!.Value);
    }

    [Fact]
    public void The_worked_chains_can_be_drawn_without_overlap()
    {
        foreach (var example in new ChainExamples().All)
        {
            var rects = example.Document.Present.Select(BoxSize.Rect).ToList();
            Assert.Equal(rects.Count, rects.Count(r => rects.Count(r.Overlaps) == 1));
        }
    }
}
