using Microsoft.Extensions.Localization;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Work;

namespace Portal.Features.FollowUp;

/// <summary>What came of an action on a row, for the worklist and for a case's page.</summary>
/// <param name="Stored">The typed text was stored and can be cleared.</param>
/// <param name="Problem">Why it was not done, or what else happened; null when it was simply done.</param>
/// <param name="Ended">The confirmation in place of the row; null when the action did not end it.</param>
internal sealed record RowOutcome(bool Stored, string? Problem, JustEndedRow? Ended)
{
    /// <summary>Acts on one row.</summary>
    public static async Task<RowOutcome> ActAsync(
        IWorklistService work, Viewer viewer, WorkAction action, FollowUpItem row, IStringLocalizer<FollowUpTexts> texts)
    {
        var outcome = (await work.ActAsync(viewer, action, [new WorkTarget(row.Id, row.Work.Revision)], CancellationToken.None))[0];
        var kept = action.Kind is WorkActionKind.Noted or WorkActionKind.Called && outcome == WorkOutcome.Overtaken;
        var ended = outcome == WorkOutcome.Done
            && (action.Kind == WorkActionKind.Solved || action is { Kind: WorkActionKind.Resent, LetterId: not null });
        return new RowOutcome(
            outcome == WorkOutcome.Done || kept,
            outcome switch
            {
                WorkOutcome.Done => null,
                WorkOutcome.Overtaken => texts[kept ? "OvertakenKept" : "Overtaken"].Value,
                _ => texts["RowGone"].Value,
            },
            ended
                ? new JustEndedRow(
                    row.Id, row.CaseNumber, row.Title, row.Work.Revision + 1, action.Kind == WorkActionKind.Solved && action.Text is null)
                : null);
    }

    /// <summary>Opens a row again that was just ended; false when somebody has acted on it since.</summary>
    public static async Task<bool> ReopenAsync(IWorklistService work, Viewer viewer, JustEndedRow row) =>
        (await work.ActAsync(
            viewer, new WorkAction(WorkActionKind.Reopened), [new WorkTarget(row.RowId, row.Revision)], CancellationToken.None))[0]
                == WorkOutcome.Done;

    /// <summary>Stores why a row was ended.</summary>
    public static Task ExplainAsync(IWorklistService work, Viewer viewer, JustEndedRow row, string why) => work.ActAsync(
        viewer, new WorkAction(WorkActionKind.Noted, why), [new WorkTarget(row.RowId, row.Revision)], CancellationToken.None);
}
