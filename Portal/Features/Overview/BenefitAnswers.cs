using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Portfolio;
using Portal.Ingestion.Domain;

namespace Portal.Features.Overview;

/// <summary>What the chains answer to the questions of those who steer benefits and those who build chains. Pure.</summary>
/// <param name="Benefits">Where the benefits are.</param>
/// <param name="Negative">Where the negative benefits are.</param>
/// <param name="Decide">Decisions, put-off decisions and deviations without an explanation that wait for the viewer.</param>
/// <param name="Mine">Chains that the viewer has begun or was the last to change.</param>
/// <param name="Chains">All chains.</param>
/// <param name="Newest">The chain that was changed last; null when there is none.</param>
/// <param name="Asked">Numbers that someone was asked for and has not given.</param>
/// <param name="Late">Follow-ups whose day has passed.</param>
/// <param name="Soon">Follow-ups of the next two weeks.</param>
public sealed record BenefitAnswers(
    BenefitTally Benefits, BenefitTally Negative, int Decide, int Mine, int Chains, ChainBenefits? Newest, int Asked, int Late, int Soon)
{
    private static readonly MyTaskKind[] Decisions = [MyTaskKind.Decision, MyTaskKind.PutOff, MyTaskKind.Explain, MyTaskKind.TimeUse];

    /// <summary>The answers for a viewer.</summary>
    public static BenefitAnswers Of(IReadOnlyList<ChainBenefits> chains, Viewer viewer)
    {
        ArgumentNullException.ThrowIfNull(chains);
        ArgumentNullException.ThrowIfNull(viewer);
        var benefits = chains.SelectMany(c => c.Benefits).ToList();
        var reminders = chains.SelectMany(c => FollowUpReminder.Of(c).Select(r => r.On < c.Today)).ToList();
        return new BenefitAnswers(
            BenefitTally.Of(benefits, negative: false), BenefitTally.Of(benefits, negative: true),
            MyTasks.Of(chains, viewer).Count(t => Decisions.Contains(t.Kind)),
            chains.Count(c => IsMe(c.Chain.CreatedBy, viewer) || IsMe(c.Chain.ChangedBy, viewer)), chains.Count,
            chains.MaxBy(c => c.Chain.ChangedAt), chains.Sum(c => c.All.Count(f => f.Request is not null)),
            reminders.Count(late => late), reminders.Count(late => !late));
    }

    private static bool IsMe(string name, Viewer viewer) =>
        viewer.Name.Length > 0 && (name == viewer.Id || string.Equals(name.Trim(), viewer.Name.Trim(), StringComparison.OrdinalIgnoreCase));
}
