using System.Runtime.CompilerServices;

namespace Portal.Features.Chains.Document;

/// <summary>The order in which people read a chain: by zone of the method, and within a zone from top to bottom, left to right.</summary>
public static class ChainOrder
{
    // Documents are immutable: each is sorted once, for layout, hints, sentence and pages.
    private static readonly ConditionalWeakTable<ChainDocument, IReadOnlyList<ChainElement>> Boxes = [];
    private static readonly ConditionalWeakTable<ChainDocument, IReadOnlyList<ChainLink>> Wires = [];

    /// <summary>Every box that is not deleted, in reading order. The same document always gives the same order.</summary>
    public static IReadOnlyList<ChainElement> Read(ChainDocument document) => Boxes.GetValue(document, InOrder);

    /// <summary>The boxes of one kind, in reading order.</summary>
    public static IReadOnlyList<ChainElement> OfKind(
        ChainDocument document, ChainKind kind) => [.. Read(document).Where(e => e.Kind == kind)];

    /// <summary>The present links, in the reading order of their first box, then of their second.</summary>
    public static IReadOnlyList<ChainLink> Links(ChainDocument document) => Wires.GetValue(document, LinksInOrder);

    private static IReadOnlyList<ChainElement> InOrder(ChainDocument document) =>
        [.. document.Present.OrderBy(e => e.Kind).ThenBy(e => e.HasPlace ? 0 : 1).ThenBy(e => e.Y).ThenBy(e => e.X)
            .ThenBy(e => e.Id, StringComparer.Ordinal)];

    private static IReadOnlyList<ChainLink> LinksInOrder(ChainDocument document)
    {
        var place = Read(document).Select((e, n) => (e.Id, n)).ToDictionary(p => p.Id, p => p.n);
        return [.. document.PresentLinks.OrderBy(l => place[l.From]).ThenBy(l => place[l.To])];
    }
}
