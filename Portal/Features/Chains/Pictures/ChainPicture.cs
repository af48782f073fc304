using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Localization;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Layout;
using Portal.Platform.Documents.Model;
using Portal.Platform.Documents.Page;
using Portal.Platform.Text;

namespace Portal.Features.Chains.Pictures;

/// <summary>A chain as a drawing, with its texts for those who do not see it.</summary>
/// <param name="Title">The chain's title.</param>
/// <param name="Description">How many boxes of each kind it has.</param>
public sealed record DrawnChain(Drawing Drawing, string Title, string Description)
{
    /// <summary>The drawing as an SVG file.</summary>
    public string ToSvg() => SvgWriter.WriteFile(Drawing, Title, Description);
}

/// <summary>
/// Draws a chain: zones, boxes, the bracket of the difference, links with arrows. Each box is a group with its whole text for screen
/// readers. No text is cut (<see cref="PictureLayout"/>).
/// </summary>
/// <param name="texts">In the picture's language.</param>
/// <param name="language">The language of numbers and units; null for the page's.</param>
public sealed class ChainPicture(IStringLocalizer<LayoutTexts> texts, CultureInfo? language = null)
{
    private const double Margin = 12, TitleSize = 20, TitleLine = 26, SubtitleSize = 13, SubtitleLine = 18;
    private const string Ink = "#1d2a33", Dim = "#566573";

    // Bold letters are wider than the estimate.
    private const double Bold = 1.1;

    /// <summary>The picture; CPR numbers are masked.</summary>
    /// <param name="document">The chain.</param>
    /// <param name="changedAt">When it was last changed: draws title, department and this date above the picture. Null: without them, where
    /// the page shows them.</param>
    public DrawnChain Draw(ChainDocument document, DateTimeOffset? changedAt = null)
    {
        document = ChainMask.Of(document);
        var boxes = ChainOrder.Read(document);
        var layout = PictureLayout.Of(document, box => BoxContent.Of(box, texts, language), Name);
        var rects = boxes.ToDictionary(b => b.Id, b => layout.Boxes[b.Id].Rect);
        var edge = Around([.. layout.Places.Values.Select(p => p.Rect), .. rects.Values]);
        var (title, subtitle) = changedAt is { } at ? Heading(document, at, edge.Width - (2 * Margin)) : ([], []);
        var above = (title.Count * TitleLine) + (subtitle.Count * SubtitleLine) + (title.Count > 0 ? Margin : 0);
        edge = edge with { Y = edge.Y - above, Height = edge.Height + above };
        var links = ChainOrder.Links(document);
        var paths = LinkRoutes.Of(links, rects, [.. layout.Places.Values.Select(WordsOf)]);
        var x = edge.X + Margin;
        var shapes = ImmutableArray.CreateBuilder<Shape>();
        shapes.Add(new RectShape(edge.X, edge.Y, edge.Width, edge.Height, "#ffffff"));
        AddLines(shapes, title, x, edge.Y + Margin + TitleSize, TitleSize, TitleLine, Ink, bold: true);
        AddLines(shapes, subtitle, x, edge.Y + Margin + (title.Count * TitleLine) + SubtitleSize, SubtitleSize, SubtitleLine, Dim);
        foreach (var place in layout.Places.Values) AddZone(shapes, place);
        shapes.Add(Bracket(layout));
        shapes.AddRange(links.Zip(paths, Link));
        shapes.AddRange(boxes.Select(box => Box(box, layout.Boxes[box.Id])));
        return new DrawnChain(
            new Drawing(edge.X, edge.Y, edge.Width, edge.Height, shapes.ToImmutable()), document.Title, Describe(boxes));
    }

    // What whoever receives the file must know: title, department and date.
    private (IReadOnlyList<string> Title, IReadOnlyList<string> Subtitle) Heading(
        ChainDocument document, DateTimeOffset changedAt, double width)
    {
        string[] facts = [document.Department, texts["PictureChanged", Changed(changedAt)]];
        return (TextMeasure.Wrap(document.Title, width / Bold, TitleSize, int.MaxValue),
            TextMeasure.Wrap(string.Join(" · ", facts.Where(f => f.Length > 0)), width, SubtitleSize, int.MaxValue));
    }

    private string Changed(DateTimeOffset at) => LanguageFormat.Date(DanishFormat.Day(at), language ?? CultureInfo.CurrentUICulture);

    private string Name(ChainKind kind) => BoxContent.Label(kind, texts).ToUpper(language ?? CultureInfo.CurrentUICulture);

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

    private static void AddZone(ImmutableArray<Shape>.Builder shapes, PicturePlace place)
    {
        var rect = place.Rect;
        shapes.Add(new RectShape(rect.X, rect.Y, rect.Width, rect.Height, "#fbfcfd", new Stroke("#c9d3da", 1.5, [5, 4]), 14));
        var first = rect.Y + (place.Heading.Count == 1 ? 21 : 16);
        AddLines(shapes, place.Heading, rect.X + ChainZones.Padding, first, PictureLayout.HeadingSize, PictureLayout.HeadingLine, Dim,
            bold: true);
    }

    // A bracket left of the difference zone: the difference is between today and the future, which are to its left.
    private static PathShape Bracket(PictureLayout layout)
    {
        var (future, difference) = (layout.Places[ChainKind.Future].Rect, layout.Places[ChainKind.Difference].Rect);
        var x = difference.X - (ChainZones.ZoneGap / 2);
        var path = string.Create(
            CultureInfo.InvariantCulture, $"M{x - 5:0.#} {future.Y + 8:0.#}H{x:0.#}V{difference.Bottom - 8:0.#}H{x - 5:0.#}");
        return new PathShape(path, null, new Stroke("#7a4f00", 2));
    }

    private static Shape Link(ChainLink link, string path)
    {
        var line = new PathShape(path, null, new Stroke("#8497a3", 1.8, link.Confidence == "low" ? [6, 4] : []), Arrow: true);
        return link.Assumption is { } assumption ? new GroupShape(assumption, [line]) : line;
    }

    private GroupShape Box(ChainElement box, PictureBox drawn)
    {
        var rect = drawn.Rect;
        var content = BoxContent.Of(box, texts, language);
        var colour = ChainColours.Of(box);
        var shapes = ImmutableArray.CreateBuilder<Shape>();
        shapes.Add(new RectShape(rect.X, rect.Y, rect.Width, rect.Height, colour.Fill, new Stroke(colour.Stroke, 1.5), 10));
        var (x, lines) = (rect.X + BoxSize.PaddingX, drawn.Main);
        AddLines(shapes, lines, x, rect.Y + BoxSize.PaddingY + BoxSize.FontSize, BoxSize.FontSize, BoxSize.LineHeight, Ink);
        var y = rect.Y + BoxSize.PaddingY + (lines.Count * BoxSize.LineHeight) + 3 + BoxSize.DetailFontSize;
        AddLines(shapes, drawn.Details, x, y, BoxSize.DetailFontSize, BoxSize.DetailLineHeight, Dim);

        // The whole text in one, for screen readers.
        return new GroupShape(
            string.Join('\n', [$"{BoxContent.Label(box.Kind, texts)}: {content.Main}", .. content.Details]), shapes.ToImmutable());
    }

    private static void AddLines(ImmutableArray<Shape>.Builder shapes, IReadOnlyList<string> lines, double x, double y, double size,
        double height, string colour, bool bold = false)
    {
        if (lines.Count > 0) shapes.Add(new WordsShape(x, y, [.. lines], size, height, colour, bold));
    }
}
