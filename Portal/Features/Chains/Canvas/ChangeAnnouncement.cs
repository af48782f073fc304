using Microsoft.Extensions.Localization;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Editing;
using Portal.Features.Chains.Layout;

namespace Portal.Features.Chains.Canvas;

/// <summary>
/// Announces another person's change to screen readers: the right verb, and the changed box itself, never one at the end of its links.
/// </summary>
public static class ChangeAnnouncement
{
    /// <summary>»Poul har slettet »…««; empty when nothing of it is shown to the reader.</summary>
    /// <param name="changed">What happened.</param>
    /// <param name="document">The chain as the reader may see it, after the change.</param>
    /// <param name="texts">Words of the canvas.</param>
    /// <param name="words">Words of the places.</param>
    public static string Of(
        ChainChanged changed, ChainDocument document, IStringLocalizer<CanvasTexts> texts, IStringLocalizer<LayoutTexts> words)
    {
        ArgumentNullException.ThrowIfNull(changed);
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(texts);
        if (changed.Deleted.Count > 0) return Say("Deleted", changed.Deleted);
        if (changed.Added.Count > 0) return Say("Added", changed.Added);
        if (changed.Edited.Count > 0) return Say(changed.OnlyMoved ? "Moved" : "Changed", changed.Edited);
        var link = changed.Linked.FirstOrDefault(l => document.IsPresent(l.From) && document.IsPresent(l.To));
        return link == default ? "" : texts["ChangedLink", changed.AuthorName, Name(link.From), Name(link.To)];

        string Say(string verb, IReadOnlyList<string> ids)
        {
            // A box in a place that is still to come does not exist for the reader.
            var seen = ids.Where(document.Elements.ContainsKey).ToList();
            return seen.Count == 0 ? ""
                : seen.Count == 1 ? texts[$"{verb}OneBy", changed.AuthorName, Name(seen[0])]
                : texts[$"{verb}ManyBy", changed.AuthorName, seen.Count];
        }

        string Name(string id) => BoxAccessibleName.Name(document.Elements[id], texts, words);
    }
}
