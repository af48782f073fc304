using Microsoft.Extensions.Localization;
using Portal.Ingestion.Letters.Work;
using Portal.Platform.Text;

namespace Portal.Features.FollowUp;

/// <summary>Texts of the actions on a row, for the worklist and for a letter's timeline.</summary>
internal static class WorkActionText
{
    /// <summary>The action's text in the worklist.</summary>
    public static string OnWorklist(WorkEntry entry, IStringLocalizer<FollowUpTexts> texts) => texts[OnWorklist(entry), PlaceOf(entry)];

    /// <summary>The action's text in the worklist and the note of a person, in Danish, for a file.</summary>
    public static string Danish(WorkEntry entry)
    {
        var action = string.Format(DanishFormat.Danish, TextResources.Danish<FollowUpTexts>(OnWorklist(entry)), PlaceOf(entry));
        return NoteOf(entry) is { } note ? $"{action}: {note}" : action;
    }

    /// <summary>What a person wrote with an action; null for none, and for an action of the system.</summary>
    public static string? NoteOf(WorkEntry entry) => entry is { Text.Length: > 0, By.Length: > 0 } ? entry.Text : null;

    /// <summary>The action's text in a letter's timeline, which must say that the follow-up was resolved, not the letter.</summary>
    public static string OnLetter(WorkEntry entry, IStringLocalizer<FollowUpTexts> texts) => entry.Kind switch
    {
        WorkActionKind.Solved or WorkActionKind.Reopened or WorkActionKind.ResolvedByStatus or WorkActionKind.OpenedByStatus =>
            texts[$"OnLetter{entry.Kind}", PlaceOf(entry)],
        _ => texts[KeyOf(entry), PlaceOf(entry)],
    };

    private static string OnWorklist(WorkEntry entry) =>
        entry is { Kind: WorkActionKind.ResolvedByStatus, Text: null } ? "ActionResolvedByChange" : KeyOf(entry);

    private static string KeyOf(WorkEntry entry) =>
        entry is { Kind: WorkActionKind.Resent, Other: null } ? "ActionResentAlone" : $"Action{entry.Kind}";

    // The text's argument: the status's text for actions of a status, else the colleague or the letter.
    private static string PlaceOf(WorkEntry entry) => entry.Kind is WorkActionKind.ResolvedByStatus or WorkActionKind.OpenedByStatus
        ? entry.Text ?? "?"
        : entry.Other ?? "";
}
