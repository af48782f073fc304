using System.Collections.Immutable;
using Portal.Ingestion.Domain;

namespace Portal.Features.Chains.Document;

/// <summary>
/// A chain as it leaves the canvas: pictures, files, reports and lists show person numbers masked (<see cref="CprNumber"/>). What is stored
/// is what people wrote; the canvas shows it to them, and a hint asks them to take the number out. Pure.
/// </summary>
public static class ChainMask
{
    /// <summary>The chain with all of its texts masked; itself when it holds no number.</summary>
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

    /// <summary>True when a text of the box looks like a person number.</summary>
    public static bool Holds(ChainElement element)
    {
        ArgumentNullException.ThrowIfNull(element);
        return element.Values.Any(v => ElementProperty.IsText(v.Key) && CprNumber.IsIn(v.Value));
    }

    /// <summary>True when the title, the department or the assumption of a link looks like a person number.</summary>
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
