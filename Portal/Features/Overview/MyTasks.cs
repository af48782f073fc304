using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Benefits.Page;
using Portal.Ingestion.Domain;
using Portal.Platform.Ui;

namespace Portal.Features.Overview;

/// <summary>What a task asks for.</summary>
public enum MyTaskKind
{
    /// <summary>A follow-up that is due on a benefit that the viewer owns.</summary>
    FollowUp,

    /// <summary>A number that the viewer was asked for.</summary>
    Number,

    /// <summary>Freed time whose use is to be followed up.</summary>
    TimeUse,

    /// <summary>A benefit that does not go as planned and that nobody has explained.</summary>
    Explain,

    /// <summary>A decision that was put off to a day that has come.</summary>
    PutOff,

    /// <summary>A decision that nobody has answered.</summary>
    Decision,

    /// <summary>A number that someone else was asked for and has not given in time.</summary>
    AskedNumber,

    /// <summary>A benefit that is to be measured and has no number yet.</summary>
    NoNumbers,
}

/// <summary>Something that waits for the viewer.</summary>
/// <param name="Chain">The chain's title.</param>
/// <param name="Day">When it is due, in Copenhagen; null for a decision without a day.</param>
/// <param name="Link">The place where it is done.</param>
public sealed record MyTask(MyTaskKind Kind, string Text, string Chain, DateOnly? Day, string Link);

/// <summary>
/// Finds what waits for a viewer: what has their name, and what the questions of their role on the overview are about. Whoever decides
/// (managers) gets decisions and deviations; whoever leads the work with chains (facilitators) gets follow-ups and numbers that are late;
/// whoever looks after the portal (administrators) gets nothing of the chains but what has their name. Pure.
/// </summary>
public static class MyTasks
{
    /// <summary>The tasks, those with a day first, the oldest of them first.</summary>
    public static IReadOnlyList<MyTask> Of(IReadOnlyList<ChainBenefits> chains, Viewer viewer) => Sorted(chains, viewer, mine: true);

    /// <summary>Decisions and deviations that wait for another role, and that the viewer has the right to answer as well.</summary>
    public static IReadOnlyList<MyTask> OfOthers(IReadOnlyList<ChainBenefits> chains, Viewer viewer) => Sorted(chains, viewer, mine: false);

    private static IReadOnlyList<MyTask> Sorted(IReadOnlyList<ChainBenefits> chains, Viewer viewer, bool mine)
    {
        ArgumentNullException.ThrowIfNull(chains);
        ArgumentNullException.ThrowIfNull(viewer);
        return [.. chains.SelectMany(c => All(c, viewer)).Where(t => t.IsMine == mine).Select(t => t.Task).OrderBy(t => t.Day is null)
            .ThenBy(t => t.Day).ThenBy(t => t.Kind)];
    }

    private static IEnumerable<(MyTask Task, bool IsMine)> All(ChainBenefits chain, Viewer viewer) =>
        OfFigures(chain, viewer).Concat(OfDecisions(chain, viewer));

    private static IEnumerable<(MyTask Task, bool IsMine)> OfFigures(ChainBenefits chain, Viewer viewer)
    {
        foreach (var figure in chain.All)
        {
            var owns = IsMe(figure.Definition.Owner, viewer);
            MyTask Task(MyTaskKind kind, string form, DateOnly? day = null, string? text = null) => new(
                kind, text ?? figure.Element.Text, chain.Document.Title, day,
                PortalUrls.BenefitForm(chain.Chain.Id, BenefitStyle.Anchor(figure.Element.Id), form));
            if (figure.Definition.FollowUpOn is { } day && day <= chain.Today && (owns || Leads(viewer)))
                yield return (Task(MyTaskKind.FollowUp, OpenedForm.FollowUp, day), true);
            if (figure.Request is { } request && IsMe(request.Evidence, viewer))
                yield return (Task(MyTaskKind.Number, OpenedForm.Number, request.Day, request.Text), true);
            else if (figure.Request is { } asked && asked.Day < chain.Today && Leads(viewer))
                yield return (Task(MyTaskKind.AskedNumber, OpenedForm.Number, asked.Day, asked.Text), true);
            else if (figure is { IsBenefit: true, Standing.State: BenefitState.NoData, Request: null } && Leads(viewer))
                yield return (Task(MyTaskKind.NoNumbers, OpenedForm.Number), true);
            if (figure.IsUnexplained && (owns || viewer.May(ViewerRights.SteerBenefits)))
                yield return (Task(MyTaskKind.Explain, OpenedForm.Cause), owns || Decides(viewer));
        }
    }

    private static IEnumerable<(MyTask Task, bool IsMine)> OfDecisions(ChainBenefits chain, Viewer viewer)
    {
        var steers = viewer.May(ViewerRights.SteerBenefits);
        foreach (var decision in DecisionItem.Of(chain).Where(d => d.IsOpen(chain.Today) && (steers || IsForMe(d, viewer))))
        {
            // What is not explained is explained first: with a cause, there is often nothing left to decide.
            if (decision is { Answer: null, Figure: { IsUnexplained: true } off } && decision.Key == DecisionKey.OfCourse(off.Element.Id))
                continue;
            var task = new MyTask(
                KindOf(decision), decision.Text, chain.Document.Title, decision.Answer?.Day,
                PortalUrls.BenefitForm(chain.Chain.Id, DecisionSection.Anchor(decision.Key), OpenedForm.Answer));
            yield return (task, Decides(viewer) || IsForMe(decision, viewer));
        }
    }

    // Only managers read counts and steer benefits without looking after the portal.
    private static bool Decides(Viewer viewer) =>
        viewer.May(ViewerRights.SteerBenefits) && viewer.May(ViewerRights.Counts) && !viewer.May(ViewerRights.Operate);

    private static bool Leads(Viewer viewer) =>
        viewer.May(ViewerRights.SteerBenefits) && viewer.May(ViewerRights.EditChains) && !viewer.May(ViewerRights.Operate);

    private static MyTaskKind KindOf(DecisionItem decision) => decision.ChecksTimeUse ? MyTaskKind.TimeUse
        : decision.Answer is null ? MyTaskKind.Decision
        : MyTaskKind.PutOff;

    // Who sees to the use of freed time follows up on it, also without the right to decide.
    private static bool IsForMe(DecisionItem decision, Viewer viewer) => decision is { ChecksTimeUse: true, Figure: { } figure }
        && IsMe(figure.Definition.TimeUseOwner ?? figure.Definition.Owner, viewer);

    private static bool IsMe(string? name, Viewer viewer) =>
        viewer.Name.Length > 0 && string.Equals(name?.Trim(), viewer.Name.Trim(), StringComparison.OrdinalIgnoreCase);
}
