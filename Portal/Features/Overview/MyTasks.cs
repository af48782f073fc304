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
}

/// <summary>Something that waits for the viewer.</summary>
/// <param name="Chain">The chain's title.</param>
/// <param name="Day">When it is due, in Copenhagen; null for a decision without a day.</param>
/// <param name="Link">The place where it is done.</param>
public sealed record MyTask(MyTaskKind Kind, string Text, string Chain, DateOnly? Day, string Link);

/// <summary>Finds what waits for a viewer: by name for owners and those who were asked, by right for decisions. Pure.</summary>
public static class MyTasks
{
    /// <summary>The tasks, those with a day first, the oldest of them first.</summary>
    public static IReadOnlyList<MyTask> Of(IReadOnlyList<ChainBenefits> chains, Viewer viewer)
    {
        ArgumentNullException.ThrowIfNull(chains);
        ArgumentNullException.ThrowIfNull(viewer);
        return [.. chains.SelectMany(c => Of(c, viewer)).OrderBy(t => t.Day is null).ThenBy(t => t.Day).ThenBy(t => t.Kind)];
    }

    private static IEnumerable<MyTask> Of(ChainBenefits chain, Viewer viewer)
    {
        var (title, steers) = (chain.Document.Title, viewer.May(ViewerRights.SteerBenefits));
        foreach (var figure in chain.All)
        {
            var owns = IsMe(figure.Definition.Owner, viewer);
            string Link(string form) => PortalUrls.BenefitForm(chain.Chain.Id, BenefitStyle.Anchor(figure.Element.Id), form);
            if (figure.Definition.FollowUpOn is { } day && day <= chain.Today && owns)
                yield return new MyTask(MyTaskKind.FollowUp, figure.Element.Text, title, day, Link(OpenedForm.FollowUp));
            if (figure.Request is { } request && IsMe(request.Evidence, viewer))
                yield return new MyTask(MyTaskKind.Number, request.Text, title, request.Day, Link(OpenedForm.Number));
            if (figure.IsUnexplained && (owns || steers))
                yield return new MyTask(MyTaskKind.Explain, figure.Element.Text, title, null, Link(OpenedForm.Cause));
        }

        foreach (var decision in DecisionItem.Of(chain).Where(d => d.IsOpen(chain.Today) && (steers || IsForMe(d, viewer))))
        {
            // What is not explained is explained first: with a cause, there is often nothing left to decide.
            if (decision is { Answer: null, Figure: { IsUnexplained: true } off } && decision.Key == DecisionKey.OfCourse(off.Element.Id))
                continue;
            yield return new MyTask(
                KindOf(decision), decision.Text, title, decision.Answer?.Day,
                PortalUrls.BenefitForm(chain.Chain.Id, DecisionSection.Anchor(decision.Key), OpenedForm.Answer));
        }
    }

    private static MyTaskKind KindOf(DecisionItem decision) => decision.ChecksTimeUse ? MyTaskKind.TimeUse
        : decision.Answer is null ? MyTaskKind.Decision
        : MyTaskKind.PutOff;

    // Who sees to the use of freed time follows up on it, also without the right to decide.
    private static bool IsForMe(DecisionItem decision, Viewer viewer) => decision is { ChecksTimeUse: true, Figure: { } figure }
        && IsMe(figure.Definition.TimeUseOwner ?? figure.Definition.Owner, viewer);

    private static bool IsMe(string? name, Viewer viewer) =>
        viewer.Name.Length > 0 && string.Equals(name?.Trim(), viewer.Name.Trim(), StringComparison.OrdinalIgnoreCase);
}
