using Portal.Features.Benefits.Figures;

namespace Portal.Features.Overview;

/// <summary>How many of a chain's benefits, or of its negative ones, can be judged, and where they are; the two add up. Pure.</summary>
/// <param name="Judged">Those whose numbers tell how far they have come.</param>
/// <param name="Good">Reached, on their way, or better than the baseline.</param>
/// <param name="Behind">All others that can be judged.</param>
public sealed record BenefitTally(int Judged, int Good, int Behind)
{
    /// <summary>The tally of a chain.</summary>
    /// <param name="negative">True for the negative benefits, false for the others.</param>
    public static BenefitTally Of(ChainBenefits benefits, bool negative)
    {
        ArgumentNullException.ThrowIfNull(benefits);
        var judged = benefits.Benefits.Where(b => b.IsNegative == negative && b.Standing.IsJudged).ToList();
        var good = judged.Count(b => b.Standing.State
            is BenefitState.Reached or BenefitState.ReachedUnsure or BenefitState.OnTrack or BenefitState.Better);
        return new BenefitTally(judged.Count, good, judged.Count - good);
    }
}
