using Portal.Features.Benefits.Figures;
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
        var (page, title) = (PortalUrls.Benefits(chain.Chain.Id), chain.Document.Title);
        foreach (var figure in chain.All)
        {
            var link = $"{page}#{BenefitStyle.Anchor(figure.Element.Id)}";
            if (figure.Definition.FollowUpOn is { } day && day <= chain.Today && IsMe(figure.Definition.Owner, viewer))
                yield return new MyTask(MyTaskKind.FollowUp, figure.Element.Text, title, day, link);
            if (figure.Request is { } request && IsMe(request.Evidence, viewer))
                yield return new MyTask(MyTaskKind.Number, request.Text, title, request.Day, link);
        }

        if (!viewer.May(ViewerRights.SteerBenefits)) yield break;
        foreach (var decision in DecisionItem.Of(chain).Where(d => d.IsOpen(chain.Today)))
        {
            yield return new MyTask(
                decision.Answer is null ? MyTaskKind.Decision : MyTaskKind.PutOff, decision.Text, title, decision.Answer?.Day,
                $"{page}#{DecisionSection.Anchor(decision.Key)}");
        }
    }

    private static bool IsMe(string? name, Viewer viewer) =>
        viewer.Name.Length > 0 && string.Equals(name?.Trim(), viewer.Name.Trim(), StringComparison.OrdinalIgnoreCase);
}
