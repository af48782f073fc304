using System.Collections.Immutable;
using Portal.Ingestion.Domain;

namespace Portal.Features.Chains.Document;

/// <summary>
/// Masks CPR numbers (<see cref="CprNumber"/>) in chains outside the canvas: in pictures, files, reports and lists. Stored texts stay as
/// written; the canvas shows them, and a hint asks to remove the number. Pure.
/// </summary>
public static class ChainMask
{
    /// <summary>The chain with all its texts masked; the same instance when it contains no CPR number.</summary>
    public static ChainDocument Of(ChainDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var elements = document.Elements;
        foreach (var (id, element) in document.Elements)
        {
            var masked = Of(element);
            if (!ReferenceEquals(masked, element)) elements = elements.SetItem(id, masked);
        }

        var links = document.Links;
        foreach (var (key, link) in document.Links)
        {
            if (link.Assumption is { } assumption && CprNumber.IsIn(assumption))
                links = links.SetItem(key, link with { Assumption = CprNumber.MaskIn(assumption) });
        }

        return ReferenceEquals(elements, document.Elements) && ReferenceEquals(links, document.Links) && !Names(document)
            ? document
            : document with { Title = CprNumber.MaskIn(document.Title), Department = CprNumber.MaskIn(document.Department),
                Elements = elements, Links = links };
    }

    /// <summary>True when a text of the box contains what looks like a CPR number.</summary>
    public static bool Holds(ChainElement element)
    {
        ArgumentNullException.ThrowIfNull(element);
        return element.Values.Any(v => ElementProperty.IsText(v.Key) && CprNumber.IsIn(v.Value));
    }

    /// <summary>True when the title, the department or the assumption of a link contains what looks like a CPR number.</summary>
    public static bool HoldsBesidesBoxes(ChainDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return Names(document) || document.PresentLinks.Any(l => l.Assumption is { } assumption && CprNumber.IsIn(assumption));
    }

    private static ChainElement Of(ChainElement element) => !Holds(element)
        ? element
        : element with { Values = element.Values.ToImmutableSortedDictionary(
            v => v.Key, v => ElementProperty.IsText(v.Key) ? CprNumber.MaskIn(v.Value) : v.Value, element.Values.KeyComparer) };

    private static bool Names(ChainDocument document) => CprNumber.IsIn(document.Title) || CprNumber.IsIn(document.Department);
}
