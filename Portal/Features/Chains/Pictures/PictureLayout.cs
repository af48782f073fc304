using Portal.Features.Chains.Document;
using Portal.Features.Chains.Layout;
using Portal.Ingestion.Domain;

namespace Portal.Features.Chains.Pictures;

/// <summary>
/// The layout of a picture that shows all text. As on the canvas, but a box is as high as its whole text, a heading has as many lines as it
/// needs, and what is below moves down: zones grow with their text, and no box or heading overlaps another. On the canvas a zone moves when
/// another grows, and its boxes stay behind until someone tidies; a picture is tidied first when a box is outside its zone. Pure.
/// </summary>
internal sealed class PictureLayout
{
    /// <summary>Font size and line height of a heading, in pixels.</summary>
    public const double HeadingSize = 12, HeadingLine = 14;

    // Bold capitals are wider than the estimate.
    private const double Bold = 1.1;
    private const double BoxGap = 6, HeadingTop = 6;
    private static readonly double PlaceGap = ChainZones.Padding + ChainZones.ZoneGap;

    private PictureLayout(Dictionary<string, PictureBox> boxes, Dictionary<ChainKind, PicturePlace> places) =>
        (Boxes, Places) = (boxes, places);

    /// <summary>Each box by id.</summary>
    public IReadOnlyDictionary<string, PictureBox> Boxes { get; }

    /// <summary>The zones that are shown.</summary>
    public IReadOnlyDictionary<ChainKind, PicturePlace> Places { get; }

    /// <summary>Lays out boxes with their whole text.</summary>
    /// <param name="document">The chain.</param>
    /// <param name="content">The texts of a box.</param>
    /// <param name="heading">The name of a zone, as it is drawn.</param>
    public static PictureLayout Of(ChainDocument document, Func<ChainElement, BoxContent> content, Func<ChainKind, string> heading)
    {
        var boxes = ChainOrder.Read(document);
        var zones = ChainZones.For(boxes);
        if (boxes.Any(b => b.Kind != ChainKind.Note && !IsHome(BoxSize.Rect(b), zones[b.Kind])))
        {
            boxes = ChainOrder.Read(ChainApply.Apply(document, ChainLayout.Tidy(document).Changes));
            zones = ChainZones.For(boxes);
        }

        var full = boxes.ToDictionary(b => b.Id, b => PictureBox.Of(BoxSize.Rect(b), content(b)), StringComparer.Ordinal);
        var places = zones.InOrder.Where(z => z.Kind != ChainKind.Note || boxes.Any(b => b.Kind == ChainKind.Note))
            .ToDictionary(z => z.Kind, z => new PicturePlace(
                z.Rect, TextMeasure.Wrap(heading(z.Kind), (z.Rect.Width - (2 * ChainZones.Padding)) / Bold, HeadingSize, int.MaxValue)));
        var items = boxes.Select(b => new Item(BoxSize.Rect(b), full[b.Id].Rect.Height, IsHeading: false, b.Id))
            .Concat(places.Select(
                p => new Item(p.Value.Rect with { Height = ChainZones.Heading }, HeadingHeight(p.Value), IsHeading: true, p.Key.ToWire())))
            .OrderBy(i => i.Rect.Y).ThenByDescending(i => i.IsHeading).ThenBy(i => i.Rect.X)
            .ThenBy(i => i.Id, StringComparer.Ordinal).ToList();
        var down = Push(items);
        var moved = items.Select((item, n) => (item, n)).ToDictionary(p => (p.item.IsHeading, p.item.Id), p => down[p.n]);

        // How far what is at a y coordinate of the canvas moves down.
        double At(double y)
        {
            var last = items.FindLastIndex(i => i.Rect.Y < y);
            return last < 0 ? 0 : down[last];
        }

        foreach (var (id, box) in full.ToList()) full[id] = box.Down(moved[(false, id)]);
        foreach (var (kind, place) in places.ToList())
        {
            var top = place.Rect.Y + moved[(true, kind.ToWire())];
            var own = boxes.Where(b => b.Kind == kind && IsWithin(BoxSize.Rect(b), place.Rect))
                .Select(b => full[b.Id].Rect.Bottom + ChainZones.Padding);
            var bottom = own.Append(place.Rect.Bottom + At(place.Rect.Bottom)).Max();
            places[kind] = place with { Rect = place.Rect with { Y = top, Height = bottom - top } };
        }

        return new PictureLayout(full, places);
    }

    private sealed record Item(CanvasRect Rect, double Height, bool IsHeading, string Id);

    private static double HeadingHeight(PicturePlace place) =>
        Math.Max(ChainZones.Heading, HeadingTop + (place.Heading.Count * HeadingLine));

    private static bool IsHome(CanvasRect box, CanvasRect place) =>
        box.X + (box.Width / 2) is var x && box.Y + (box.Height / 2) is var y && x >= place.X && x <= place.Right && y >= place.Y
        && y <= place.Bottom;

    private static bool IsWithin(CanvasRect box, CanvasRect place) =>
        box.X < place.Right && place.X < box.Right && box.Y >= place.Y && box.Y < place.Bottom;

    // From the top: each item moves down as far as those above it, and further where one above it has grown, or overlapped it.
    private static double[] Push(List<Item> items)
    {
        var down = new double[items.Count];
        for (var n = 0; n < items.Count; n++)
        {
            var (item, needed) = (items[n], n == 0 ? 0 : down[n - 1]);
            for (var above = 0; above < n; above++)
            {
                var over = items[above];
                if (over.Rect.X >= item.Rect.Right || item.Rect.X >= over.Rect.Right) continue;
                var least = over.IsHeading ? 0 : item.IsHeading ? PlaceGap : BoxGap;
                var gap = Math.Max(least, item.Rect.Y - over.Rect.Bottom);
                needed = Math.Max(needed, down[above] + over.Rect.Y + over.Height + gap - item.Rect.Y);
            }

            down[n] = needed;
        }

        return down;
    }
}

/// <summary>A zone in a picture: its rectangle, and the lines of its name.</summary>
internal sealed record PicturePlace(CanvasRect Rect, IReadOnlyList<string> Heading);

/// <summary>A box in a picture, with the lines of its whole text.</summary>
internal sealed record PictureBox(CanvasRect Rect, IReadOnlyList<string> Main, IReadOnlyList<string> Details)
{
    /// <summary>As wide as on the canvas, and at least as high as its text.</summary>
    public static PictureBox Of(CanvasRect canvas, BoxContent content)
    {
        var inner = canvas.Width - (2 * BoxSize.PaddingX);
        var main = TextMeasure.Wrap(content.Main, inner, BoxSize.FontSize, int.MaxValue);
        IReadOnlyList<string> details = [.. content.Details.SelectMany(
            d => TextMeasure.Wrap(d, inner, BoxSize.DetailFontSize, int.MaxValue))];
        var height = (2 * BoxSize.PaddingY) + (Math.Max(1, main.Count) * BoxSize.LineHeight)
            + (details.Count > 0 ? 3 + (details.Count * BoxSize.DetailLineHeight) : 0);
        return new PictureBox(canvas with { Height = Math.Max(canvas.Height, height) }, main, details);
    }

    /// <summary>The same box, moved down.</summary>
    public PictureBox Down(double by) => this with { Rect = Rect with { Y = Rect.Y + by } };
}
