using Microsoft.Extensions.Localization;
using Portal.Ingestion.Letters.Work;

namespace Portal.Features.FollowUp;

/// <summary>What was done with a row of the worklist, in words, for the worklist and for a letter's timeline.</summary>
internal static class WorkActionText
{
    /// <summary>The action as the worklist says it.</summary>
    public static string OnWorklist(WorkEntry entry, IStringLocalizer<FollowUpTexts> texts) =>
        entry is { Kind: WorkActionKind.ResolvedByStatus, Text: null } ? texts["ActionResolvedByChange"] : Of(entry, texts);

    /// <summary>The action as a letter's timeline says it, where it must be said that it is the follow-up that was resolved.</summary>
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

    // A status names itself; of the rest it is the colleague or the letter that it is about.
    private static string PlaceOf(WorkEntry entry) => entry.Kind is WorkActionKind.ResolvedByStatus or WorkActionKind.OpenedByStatus
        ? entry.Text ?? "?"
        : entry.Other ?? "";
}
