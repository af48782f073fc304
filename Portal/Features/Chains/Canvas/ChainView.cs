using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Hints;
using Portal.Features.Chains.Layout;

namespace Portal.Features.Chains.Canvas;

/// <summary>
/// What pages need of one document, computed once for all readers: reading order, zones, rectangles, links, hints. Documents are immutable,
/// so a view never goes stale.
/// </summary>
public sealed class ChainView
{
    private static readonly ConditionalWeakTable<ChainDocument, ChainView> Known = [];
    private readonly Dictionary<string, (int Number, int Of)> _numbers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _sentences = new(StringComparer.Ordinal);
    private readonly Lazy<IReadOnlyList<QualityHint>> _hints;
    private readonly Lazy<ChainZones> _zones;
    private readonly Lazy<IReadOnlyList<string>> _paths;

    private ChainView(ChainDocument document)
    {
        Document = document;
        Boxes = ChainOrder.Read(document);
        Links = ChainOrder.Links(document);
        From = Links.ToLookup(l => l.From, StringComparer.Ordinal);
        To = Links.ToLookup(l => l.To, StringComparer.Ordinal);
        foreach (var place in Boxes.GroupBy(b => b.Kind))
        {
            var (number, of) = (0, place.Count());
            foreach (var box in place) _numbers[box.Id] = (++number, of);
        }

        _hints = new(() => QualityHints.Of(document));
        _zones = new(() => ChainZones.For(Boxes));
        _paths = new(() => LinkRoutes.Of(Links, Boxes.ToDictionary(b => b.Id, RectOf, StringComparer.Ordinal), Zones.Headings));
    }

    public ChainDocument Document { get; }

    /// <summary>The boxes in reading order.</summary>
    public IReadOnlyList<ChainElement> Boxes { get; }

    /// <summary>The links in reading order.</summary>
    public IReadOnlyList<ChainLink> Links { get; }

    /// <summary>The SVG path of each of <see cref="Links"/>.</summary>
    public IReadOnlyList<string> Paths => _paths.Value;

    /// <summary>Links by the box that they come from.</summary>
    public ILookup<string, ChainLink> From { get; }

    /// <summary>Links by the box that they lead to.</summary>
    public ILookup<string, ChainLink> To { get; }

    /// <summary>The zones of the method.</summary>
    public ChainZones Zones => _zones.Value;

    /// <summary>Every hint, dismissed or not.</summary>
    public IReadOnlyList<QualityHint> Hints => _hints.Value;

    /// <summary>The chain as one sentence, in the reader's language.</summary>
    public string SentenceBy(ChainSentence sentence) =>
        _sentences.GetOrAdd(CultureInfo.CurrentUICulture.Name, (_, maker) => maker.Of(Document), sentence);

    /// <summary>The view of a document.</summary>
    public static ChainView Of(ChainDocument document) => Known.GetValue(document, d => new ChainView(d));

    /// <summary>A box's rectangle in canvas pixels; its height is estimated.</summary>
    public static CanvasRect RectOf(ChainElement element) => BoxSize.Rect(element);

    /// <summary>A box's number in its zone and how many the zone has; (0, 0) for a box that is not in the document.</summary>
    public (int Number, int Of) NumberOf(string id) => _numbers.GetValueOrDefault(id);
}
