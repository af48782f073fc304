using Microsoft.Extensions.Localization;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Editing;
using Portal.Features.Chains.Layout;

namespace Portal.Features.Chains.Canvas;

/// <summary>
/// Describes another person's change for screen readers: the verb and the changed boxes. The boxes at a link's ends are named only when
/// nothing but links changed.
/// </summary>
public static class ChangeAnnouncement
{
    /// <summary>E.g. »Poul har slettet »…««; empty when the reader sees nothing of the change.</summary>
    /// <param name="changed">The change.</param>
    /// <param name="document">The chain as the reader may see it, after the change.</param>
    /// <param name="texts">Texts of the canvas.</param>
    /// <param name="words">Texts of zones and boxes.</param>
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
            // A box in a zone that is not revealed yet does not exist for the reader.
            var seen = ids.Where(document.Elements.ContainsKey).ToList();
            return seen.Count == 0 ? ""
                : seen.Count == 1 ? texts[$"{verb}OneBy", changed.AuthorName, Name(seen[0])]
                : texts[$"{verb}ManyBy", changed.AuthorName, seen.Count];
        }

        string Name(string id) => BoxAccessibleName.Name(document.Elements[id], texts, words);
    }
}
