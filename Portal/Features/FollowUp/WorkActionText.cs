using Microsoft.Extensions.Localization;
using Portal.Ingestion.Letters.Work;

namespace Portal.Features.FollowUp;

/// <summary>Texts of the actions on a row, for the worklist and for a letter's timeline.</summary>
internal static class WorkActionText
{
    /// <summary>The action's text in the worklist.</summary>
    public static string OnWorklist(WorkEntry entry, IStringLocalizer<FollowUpTexts> texts) =>
        entry is { Kind: WorkActionKind.ResolvedByStatus, Text: null } ? texts["ActionResolvedByChange"] : Of(entry, texts);

    /// <summary>The action's text in a letter's timeline, which must say that the follow-up was resolved, not the letter.</summary>
    public static string OnLetter(WorkEntry entry, IStringLocalizer<FollowUpTexts> texts) => entry.Kind switch
    {
        WorkActionKind.Solved or WorkActionKind.Reopened or WorkActionKind.ResolvedByStatus or WorkActionKind.OpenedByStatus =>
            texts[$"OnLetter{entry.Kind}", PlaceOf(entry)],
        _ => Of(entry, texts),
    };

    private static string Of(WorkEntry entry, IStringLocalizer<FollowUpTexts> texts) =>
        entry is { Kind: WorkActionKind.Resent, Other: null }
            ? texts["ActionResentAlone"]
            : texts[$"Action{entry.Kind}", PlaceOf(entry)];

    // The text's argument: the status's text for actions of a status, else the colleague or the letter.
    private static string PlaceOf(WorkEntry entry) => entry.Kind is WorkActionKind.ResolvedByStatus or WorkActionKind.OpenedByStatus
        ? entry.Text ?? "?"
        : entry.Other ?? "";
}
