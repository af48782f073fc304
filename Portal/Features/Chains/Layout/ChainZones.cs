using System.Collections.Frozen;
using System.Globalization;
using System.Resources;
using Portal.Features.Chains.Document;

namespace Portal.Features.Chains.Layout;

/// <summary>
/// The zones of the method on the canvas, in pixels: purpose across the top; today at the left, technology and capability below it; future
/// and results in the middle; the difference to their right; benefits at the far right, negative ones below them; new behaviour along the
/// bottom right; notes at the bottom left. A zone grows with its boxes, and the others make room.
/// </summary>
public sealed class ChainZones
{
    /// <summary>
    /// Space around the boxes of a zone, for its heading, between boxes, between zones, and for links between today and the future.
    /// </summary>
    public const double Padding = 14, Heading = 34, BoxGap = 14, ZoneGap = 18, LinkRoom = 112;

    // The width of a heading in pixels: the name in capitals, and what the method asks. The longer of the languages counts, since all
    // readers share the routes.
    private const double WordSize = 12, WordGap = 6, Broad = 333, Edges = 53;
    private static readonly FrozenDictionary<ChainKind, (double Name, double Prompt)> Words = ReadWords();

    private readonly Dictionary<ChainKind, CanvasRect> _zones = [];
    private readonly Dictionary<ChainKind, ZoneGrid> _grids = [];

    private ChainZones()
    {
    }

    /// <summary>The zone of a kind.</summary>
    public CanvasRect this[ChainKind kind] => _zones[kind];

    /// <summary>All zones in the method's order.</summary>
    public IEnumerable<(ChainKind Kind, CanvasRect Rect)> InOrder => ChainKinds.InOrder.Select(k => (k, _zones[k]));

    /// <summary>The whole canvas.</summary>
    public CanvasRect Wall => new(0, 0, _zones.Values.Max(z => z.Right), _zones.Values.Max(z => z.Bottom));

    /// <summary>The rectangles of the headings' text, in the longer of the languages.</summary>
    public IReadOnlyList<CanvasRect> Headings => [.. InOrder.Select(z => WordsOf(z.Kind, z.Rect))];

    internal ZoneGrid Grid(ChainKind kind) => _grids[kind];

    /// <summary>The zones, sized for these boxes.</summary>
    /// <param name="boxes">The boxes in reading order.</param>
    public static ChainZones For(IEnumerable<ChainElement> boxes)
    {
        var byKind = boxes.ToLookup(b => b.Kind);
        var zones = new ChainZones();
        foreach (var kind in ChainKinds.InOrder) zones._grids[kind] = ZoneGrid.Of([.. byKind[kind]], kind);
        zones.Arrange();
        return zones;
    }

    private void Arrange()
    {
        double W(ChainKind kind) => _grids[kind].Width;
        double H(ChainKind kind) => Math.Max(_grids[kind].Height, Lowest(kind));

        var left = Math.Max(W(ChainKind.Problem), W(ChainKind.Technology));
        var capabilityX = left + ZoneGap;
        var lowerRight = capabilityX + W(ChainKind.Capability);
        var futureX = left + LinkRoom;
        var middle = Math.Max(W(ChainKind.Future), W(ChainKind.Result));
        var differenceX = futureX + middle + ZoneGap;
        var benefitX = differenceX + W(ChainKind.Difference) + ZoneGap;
        var right = Math.Max(W(ChainKind.Benefit), W(ChainKind.NegativeBenefit));
        var behaviourX = lowerRight + ZoneGap;
        // New behaviour is below the negative benefits and must not begin to the right of them.
        benefitX = Math.Max(benefitX, lowerRight + ZoneGap);
        var notes = _grids[ChainKind.Note] = _grids[ChainKind.Note].Within(lowerRight);
        var wall = new[] { benefitX + right, behaviourX + W(ChainKind.NewBehaviour), W(ChainKind.Purpose), notes.Width }.Max();

        var top = H(ChainKind.Purpose);
        _zones[ChainKind.Purpose] = new(0, 0, wall, top);
        var y = top + ZoneGap;
        var main = new[] { H(ChainKind.Problem), H(ChainKind.Future) + ZoneGap + H(ChainKind.Result), H(ChainKind.Difference),
            H(ChainKind.Benefit) }.Max();
        _zones[ChainKind.Problem] = new(0, y, left, main);
        _zones[ChainKind.Future] = new(futureX, y, middle, main - H(ChainKind.Result) - ZoneGap);
        _zones[ChainKind.Result] = new(futureX, y + main - H(ChainKind.Result), middle, H(ChainKind.Result));
        _zones[ChainKind.Difference] = new(differenceX, y, benefitX - differenceX - ZoneGap, main);
        _zones[ChainKind.Benefit] = new(benefitX, y, wall - benefitX, main);

        y += main + ZoneGap;
        var lower = Math.Max(H(ChainKind.Technology), H(ChainKind.Capability));
        _zones[ChainKind.Technology] = new(0, y, left, lower);
        _zones[ChainKind.Capability] = new(capabilityX, y, W(ChainKind.Capability), lower);
        _zones[ChainKind.NegativeBenefit] = new(benefitX, y, wall - benefitX, H(ChainKind.NegativeBenefit));
        _zones[ChainKind.NewBehaviour] =
            new(behaviourX, y + H(ChainKind.NegativeBenefit) + ZoneGap, wall - behaviourX, H(ChainKind.NewBehaviour));
        // Notes made wider than the space at the left are placed below everything.
        var noteY = (notes.Width > lowerRight ? Math.Max(y + lower, _zones[ChainKind.NewBehaviour].Bottom) : y + lower) + ZoneGap;
        _zones[ChainKind.Note] = new(0, noteY, Math.Max(lowerRight, notes.Width), Math.Max(notes.Height, Lowest(ChainKind.Note)));
    }

    // Narrow zones show only their name, on up to two lines; broad ones also what the method asks (chains.css).
    private static CanvasRect WordsOf(ChainKind kind, CanvasRect zone)
    {
        var ((name, prompt), room) = (Words[kind], zone.Width - Edges);
        var two = zone.Width <= Broad && name > room;
        return new CanvasRect(
            zone.X + Padding, zone.Y + (two ? 4 : 8), Math.Min(room, zone.Width > Broad ? name + WordGap + prompt : name), two ? 23 : 17);
    }

    private static FrozenDictionary<ChainKind, (double Name, double Prompt)> ReadWords()
    {
        var (texts, languages) =
            (new ResourceManager(typeof(LayoutTexts)), (CultureInfo[])[CultureInfo.GetCultureInfo("da"), CultureInfo.GetCultureInfo("en")]);
        double Longest(string text, Func<string, CultureInfo, string> shown) =>
            languages.Max(l => TextMeasure.Width(shown(texts.GetString(text, l) ?? "", l), WordSize));
        return ChainKinds.InOrder.ToFrozenDictionary(
            k => k, k => (Longest($"Label{k}", (t, l) => t.ToUpper(l)), Longest($"Prompt{k}", (t, _) => t)));
    }

    // The minimum height, so that an empty zone has room for boxes too.
    private static double Lowest(ChainKind kind) => kind switch
    {
        ChainKind.Problem or ChainKind.Difference or ChainKind.Benefit => 290,
        ChainKind.Future or ChainKind.Technology or ChainKind.Capability => 180,
        ChainKind.NewBehaviour => 150,
        _ => 104,
    };
}
