using CsCheck;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Layout;
using Xunit;

namespace Portal.Tests.Features.Chains;

public sealed class LayoutTests
{
    private static void AssertApart(IEnumerable<ChainElement> boxes)
    {
        var rects = boxes.Select(BoxSize.Rect).OrderBy(r => r.X).ToList();
        for (var n = 0; n < rects.Count; n++)
        {
            for (var m = n + 1; m < rects.Count && rects[m].X < rects[n].Right; m++)
                Assert.False(rects[n].Overlaps(rects[m]), $"{rects[n]} and {rects[m]}");
        }
    }

    private static ChainDocument Tidied(ChainDocument document) => ChainApply.Apply(document, ChainLayout.Tidy(document).Changes);

    [Fact]
    public void After_tidying_no_box_overlaps_another_and_each_is_in_its_place() =>
        ChainGen.Document(1000).Sample(
            document =>
            {
                var tidied = Tidied(document);
                AssertApart(tidied.Present);
                var zones = ChainLayout.Zones(tidied);
                foreach (var box in tidied.Present)
                {
                    var (rect, zone) = (BoxSize.Rect(box), zones[box.Kind]);
                    Assert.True(rect.X >= zone.X && rect.Y >= zone.Y && rect.Right <= zone.Right + 0.01
                        && rect.Bottom <= zone.Bottom + 0.01, $"{box.Kind} {rect} {zone}");
                }

                var places = zones.InOrder.ToList();
                Assert.All(places, one => Assert.DoesNotContain(places, other => other.Kind != one.Kind && one.Rect.Overlaps(other.Rect)));
            },
            iter: 60);

    [Fact]
    public void Tidying_twice_moves_nothing() =>
        ChainGen.Document(200).Sample(document => ChainLayout.Tidy(Tidied(document)).Changes.Count == 0, iter: 60);

    [Fact]
    public void New_boxes_are_placed_next_to_those_that_stay() =>
        ChainGen.Document(120).Sample(
            document =>
            {
                var placed = Tidied(document);
                var more = Enumerable.Range(0, 30).Aggregate(placed, (d, n) => ChainApply.Apply(
                    d, new AddElement($"ny{n}", (ChainKind)(n % 11), ChainGen.Values((ElementProperty.Text, "ny boks")))));
                var done = ChainLayout.PlaceMissing(more);
                Assert.All(placed.Present, box => Assert.Equal((box.X, box.Y), (done.Find(box.Id)!.X, done.Find(box.Id)!.Y)));
                Assert.All(done.Present, box => Assert.True(box.HasPlace));
                AssertApart(done.Present);
            },
            iter: 60);

    [Fact]
    public void A_new_box_gets_a_free_spot_in_its_own_place()
    {
        var document = Tidied(ChainGen.Chain("p:purpose", "d1:problem", "d2:problem"));
        var box = new ChainElement("d3", ChainKind.Problem, ChainGen.Values((ElementProperty.Text, "nyt")));
        var (x, y) = ChainLayout.SpotFor(document, box);
        var rect = BoxSize.Rect(box.With(ElementProperty.X, ChainNumber.Write(x)).With(ElementProperty.Y, ChainNumber.Write(y)));
        Assert.DoesNotContain(document.Present, other => BoxSize.Rect(other).Overlaps(rect));
        Assert.True(y > document.Find("d2")!.Y);
    }

    [Fact]
    public void The_zones_are_those_of_the_gallery()
    {
        var zones = ChainLayout.Zones(ChainDocument.Empty);
        CanvasRect At(ChainKind kind) => zones[kind];
        Assert.Equal(zones.Wall.Width, At(ChainKind.Purpose).Width);
        Assert.True(At(ChainKind.Purpose).Bottom < At(ChainKind.Problem).Y);
        Assert.True(
            At(ChainKind.Problem).Bottom < At(ChainKind.Technology).Y && At(ChainKind.Technology).Right < At(ChainKind.Capability).X);
        Assert.True(At(ChainKind.Problem).Right < At(ChainKind.Future).X && At(ChainKind.Future).Bottom < At(ChainKind.Result).Y);
        Assert.True(At(ChainKind.Future).Right < At(ChainKind.Difference).X && At(ChainKind.Difference).Right < At(ChainKind.Benefit).X);
        Assert.True(At(ChainKind.Benefit).Bottom < At(ChainKind.NegativeBenefit).Y
            && At(ChainKind.NegativeBenefit).Bottom < At(ChainKind.NewBehaviour).Y);
        Assert.Equal(zones.Wall.Right, At(ChainKind.NewBehaviour).Right);
    }

    [Fact]
    public void Wrapped_lines_fit_and_together_are_the_text() =>
        Gen.Select(Gen.String, Gen.Int[20, 400]).Sample((text, width) =>
        {
            var clean = ChainRules.Clean(text);
            var lines = TextMeasure.Wrap(clean, width, 13, int.MaxValue);
            Assert.All(lines, line => Assert.True(
                TextMeasure.Width(line, 13) <= width + 0.001 || new System.Globalization.StringInfo(line).LengthInTextElements == 1));
            Assert.Equal(string.Concat(clean.Where(c => !char.IsWhiteSpace(c))),
                string.Concat(string.Concat(lines).Where(c => !char.IsWhiteSpace(c))));
        });
}
