using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Portfolio;
using Portal.Ingestion.Domain;

namespace Portal.Features.Overview;

/// <summary>What the chains answer to the questions of those who steer benefits and those who build chains. Pure.</summary>
/// <param name="Good">Benefits that are reached or on their way; negative ones that are no worse than agreed.</param>
/// <param name="Judged">Benefits whose numbers tell how far they have come.</param>
/// <param name="All">All benefits and negative benefits.</param>
/// <param name="Unsure">Of the judged, those that rest on too few or too old numbers.</param>
/// <param name="Decide">Decisions, put-off decisions and deviations without an explanation that wait for the viewer.</param>
/// <param name="Mine">Chains that the viewer has begun or was the last to change.</param>
/// <param name="Chains">All chains.</param>
/// <param name="Newest">The chain that was changed last; null when there is none.</param>
/// <param name="Asked">Numbers that someone was asked for and has not given.</param>
/// <param name="Unmeasured">Benefits that are to be measured and have no number yet.</param>
/// <param name="Late">Follow-ups whose day has passed.</param>
/// <param name="Soon">Follow-ups of the next two weeks.</param>
public sealed record BenefitAnswers(
    int Good, int Judged, int All, int Unsure, int Decide, int Mine, int Chains, ChainBenefits? Newest, int Asked, int Unmeasured, int Late,
    int Soon)
{
    private static readonly MyTaskKind[] Decisions = [MyTaskKind.Decision, MyTaskKind.PutOff, MyTaskKind.Explain, MyTaskKind.TimeUse];

    /// <summary>The answers for a viewer.</summary>
    public static BenefitAnswers Of(IReadOnlyList<ChainBenefits> chains, Viewer viewer)
    {
        ArgumentNullException.ThrowIfNull(chains);
        ArgumentNullException.ThrowIfNull(viewer);
        var tallies = chains.SelectMany(c => (BenefitTally[])[BenefitTally.Of(c, negative: false), BenefitTally.Of(c,
            negative: true)]).ToList();
        var benefits = chains.SelectMany(c => c.Benefits).ToList();
        var reminders = chains.SelectMany(c => FollowUpReminder.Of(c).Select(r => r.On < c.Today)).ToList();
        return new BenefitAnswers(
            tallies.Sum(t => t.Good), tallies.Sum(t => t.Judged), benefits.Count,
            benefits.Count(b => b.Standing.IsJudged && b.Sureness.Level == SurenessLevel.Unsure),
            MyTasks.Of(chains, viewer).Count(t => Decisions.Contains(t.Kind)),
            chains.Count(c => IsMe(c.Chain.CreatedBy, viewer) || IsMe(c.Chain.ChangedBy, viewer)), chains.Count,
            chains.MaxBy(c => c.Chain.ChangedAt), chains.Sum(c => c.All.Count(f => f.Request is not null)),
            benefits.Count(b => b.Standing.State == BenefitState.NoData), reminders.Count(late => late), reminders.Count(late => !late));
    }

    private static bool IsMe(string name, Viewer viewer) =>
        viewer.Name.Length > 0 && (name == viewer.Id || string.Equals(name.Trim(), viewer.Name.Trim(), StringComparison.OrdinalIgnoreCase));
}
