using System.Globalization;
using System.Text.RegularExpressions;
using CsCheck;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Examples;
using Portal.Features.Chains.Layout;
using Xunit;

namespace Portal.Tests.Features.Chains;

/// <summary>The routes of links.</summary>
public sealed partial class LinkRouteTests
{
    private static readonly CanvasRect One = new(0, 0, 100, 40), Between = new(200, -30, 100, 100), Two = new(400, 0, 100, 40);

    private static string[] Crossed(ChainDocument document)
    {
        var (links, rects) = (ChainOrder.Links(document), document.Present.ToDictionary(b => b.Id, BoxSize.Rect));
        return [.. links.Zip(LinkRoutes.Of(links, rects, ChainLayout.Zones(document).Headings)).SelectMany(l => rects
            .Where(r => r.Key != l.First.From && r.Key != l.First.To && Points(l.Second)
                .Any(p => p.X > r.Value.X + 2 && p.X < r.Value.Right - 2 && p.Y > r.Value.Y + 2 && p.Y < r.Value.Bottom - 2))
            .Select(r => $"{l.First.From} → {l.First.To} over {r.Key}"))];
    }

    // Points of an SVG path, in small steps.
    private static IEnumerable<(double X, double Y)> Points(string path)
    {
        var at = (X: 0d, Y: 0d);
        foreach (Match part in Part().Matches(path))
        {
            var n = Number().Matches(part.Value).Select(m => double.Parse(m.Value, CultureInfo.InvariantCulture)).ToArray();
            (double X, double Y)[] by = [at, .. n.Chunk(2).Select(p => (p[0], p[1]))];
            if (part.Value[0] != 'M')
            {
                for (var t = 0; t <= 150; t++) yield return Bezier(by, t / 150.0);
            }

            at = by[^1];
        }
    }

    private static (double X, double Y) Bezier((double X, double Y)[] by, double t) =>
        by.Length == 1 ? by[0] : Bezier([.. by.Zip(by.Skip(1), (a, b) => (a.X + ((b.X - a.X) * t), a.Y + ((b.Y - a.Y) * t)))], t);

    [Fact]
    public void No_link_of_the_worked_chains_runs_over_a_box()
    {
        foreach (var example in new ChainExamples().All) Assert.Empty(Crossed(example.Document));
    }

    [Fact]
    public void No_link_of_the_worked_chains_strikes_the_words_of_a_heading()
    {
        foreach (var document in new ChainExamples().All.Select(e => e.Document))
        {
            var (links, words) = (ChainOrder.Links(document), ChainLayout.Zones(document).Headings);
            var paths = LinkRoutes.Of(links, document.Present.ToDictionary(b => b.Id, BoxSize.Rect), words);
            Assert.Empty(links.Zip(paths)
                .Where(l => words.Any(w => Points(l.Second).Any(p => p.X > w.X && p.X < w.Right && p.Y > w.Y && p.Y < w.Bottom)))
                .Select(l => $"{document.Title}: {l.First.From} → {l.First.To}"));
        }
    }

    [Fact]
    public void A_line_of_words_is_not_missed_by_a_long_curve()
    {
        var (low, high) = (new CanvasRect(0, 1000, 100, 40), new CanvasRect(300, 0, 100, 40));
        var across = LinkCurve.Between(low, high);
        for (var y = 60; y < 980; y += 3) Assert.True(across.Crosses([new CanvasRect(0, y, 400, 14)]), $"words at {y}");
    }

    [Fact]
    public void Where_nothing_is_in_the_way_a_link_is_a_plain_curve() =>
        Assert.Equal(LinkCurve.Between(One, Two).ToPath(),
            LinkRoutes.Of([new("a", "b")], new Dictionary<string, CanvasRect> { ["a"] = One, ["b"] = Two }, [])[0]);

    [Fact]
    public void A_link_goes_round_a_box_that_is_in_its_way_and_ends_at_the_edge_of_its_own()
    {
        var path = LinkRoutes.Of([new("a", "b")], new Dictionary<string, CanvasRect> { ["a"] = One, ["b"] = Two, ["c"] = Between }, [])[0];
        var points = Points(path).ToList();
        Assert.DoesNotContain(points, p => p.X > Between.X && p.X < Between.Right && p.Y > Between.Y && p.Y < Between.Bottom);
        Assert.Contains(points[^1], ((double, double)[])[(Two.X, 20), (Two.X + 50, Two.Y), (Two.X + 50, Two.Bottom)]);
    }

    [Fact]
    public void Links_that_run_the_same_way_have_lanes_of_their_own_and_the_same_each_time()
    {
        // Three links around the same two obstacles into the same box.
        var rects = new Dictionary<string, CanvasRect>
        {
            ["a1"] = new(0, 0, 100, 60), ["a2"] = new(0, 100, 100, 60), ["a3"] = new(0, 200, 100, 60), ["w1"] = new(200, -40, 100, 200),
            ["w2"] = new(200, 180, 100, 140), ["b"] = new(400, 0, 100, 260),
        };
        ChainLink[] links = [new("a1", "b"), new("a2", "b"), new("a3", "b")];
        var paths = LinkRoutes.Of(links, rects, []);
        var runs = paths.Select(Runs).ToList();
        for (var one = 0; one < runs.Count; one++)
        {
            for (var other = one + 1; other < runs.Count; other++)
            {
                Assert.DoesNotContain(runs[one], r => runs[other].Exists(o =>
                    r.Upright == o.Upright && Math.Abs(r.Across - o.Across) < 3 && Math.Min(r.High, o.High) - Math.Max(r.Low, o.Low) > 20));
            }
        }

        Assert.Equal(paths, LinkRoutes.Of([.. links.Select(l => new ChainLink(l.From, l.To))], rects, []));
        Assert.All(paths, p => Assert.DoesNotContain(
            Points(p), at => at.X > 202 && at.X < 298 && ((at.Y > -38 && at.Y < 158) || (at.Y > 182 && at.Y < 318))));
    }

    // The straight segments of a path.
    private static List<(bool Upright, double Across, double Low, double High)> Runs(string path)
    {
        var (runs, at) = (new List<(bool, double, double, double)>(), (X: 0d, Y: 0d));
        foreach (Match part in Part().Matches(path))
        {
            var n = Number().Matches(part.Value).Select(m => double.Parse(m.Value, CultureInfo.InvariantCulture)).ToArray();
            if (part.Value[0] == 'L')
            {
                runs.Add(at.X == n[0]
                    ? (true, at.X, Math.Min(at.Y, n[1]), Math.Max(at.Y, n[1]))
                    : (false, at.Y, Math.Min(at.X, n[0]), Math.Max(at.X, n[0])));
            }
            at = (n[^2], n[^1]);
        }

        return runs;
    }

    [Fact]
    public void A_box_that_is_shut_in_is_reached_all_the_same()
    {
        var rects = new Dictionary<string, CanvasRect>
        {
            ["a"] = One, ["b"] = Two, ["n"] = new(390, -40, 120, 39), ["s"] = new(390, 41, 120, 39), ["w"] = new(360, -40, 39, 120),
            ["e"] = new(501, -40, 39, 120),
        };
        Assert.StartsWith("M", LinkRoutes.Of([new("a", "b")], rects, [])[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Any_chain_has_a_way_for_each_of_its_links() =>
        ChainGen.Document(60).Sample(
            document =>
            {
                var ids = document.Present.Select(e => e.Id).Order(StringComparer.Ordinal).ToList();
                var linked = ChainApply.Apply(document, ids.Select((id, n) => new Connect(id, ids[n * 7 % ids.Count])));
                var placed = ChainApply.Apply(linked, ChainLayout.Tidy(linked).Changes);
                var links = ChainOrder.Links(placed);
                var paths = LinkRoutes.Of(links, placed.Present.ToDictionary(b => b.Id, BoxSize.Rect), ChainLayout.Zones(placed).Headings);
                Assert.Equal(links.Count, paths.Count);
                Assert.All(paths, p => Assert.DoesNotContain("NaN", p, StringComparison.Ordinal));
            },
            iter: 30);

    [GeneratedRegex("[MLQC][^MLQC]*", RegexOptions.CultureInvariant)]
    private static partial Regex Part();

    [GeneratedRegex(@"-?\d+(\.\d+)?", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
