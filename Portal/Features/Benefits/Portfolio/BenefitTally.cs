using Portal.Features.Benefits.Figures;

namespace Portal.Features.Benefits.Portfolio;

/// <summary>
/// How many benefits there are, have numbers, can be judged, and where they are: the one count for the overview, the reports and the
/// workbook. Negative benefits are counted apart. Pure.
/// </summary>
/// <param name="All">Every benefit, measured or not.</param>
/// <param name="Numbers">Those that have a number in the period.</param>
/// <param name="Unsure">Of these, those whose number is unsure.</param>
/// <param name="Judged">
/// Those whose numbers tell how far they have come: <paramref name="Good"/> and <paramref name="Behind"/> together.
/// </param>
/// <param name="Good">Reached, on their way, or better than the baseline.</param>
/// <param name="Behind">Behind, too late, unchanged or worse.</param>
/// <param name="Silent">To be measured, without any number.</param>
/// <param name="Ownerless">Without an owner.</param>
public sealed record BenefitTally(int All, int Numbers, int Unsure, int Judged, int Good, int Behind, int Silent, int Ownerless)
{
    /// <summary>The tally of a chain, or of several together.</summary>
    /// <param name="benefits">Benefits and negative ones.</param>
    /// <param name="negative">True for the negative benefits, false for the others.</param>
    public static BenefitTally Of(IEnumerable<BenefitFigure> benefits, bool negative)
    {
        ArgumentNullException.ThrowIfNull(benefits);
        List<BenefitFigure> all = [.. benefits.Where(b => b.IsNegative == negative)];
        var judged = all.Count(b => b.Standing.IsJudged);
        var behind = all.Count(b => b.Standing.Deviates);
        return new BenefitTally(
            all.Count, all.Count(b => b.HasNumber), all.Count(b => b.HasNumber && b.Sureness.Level == SurenessLevel.Unsure), judged,
            judged - behind, behind, all.Count(b => b.Standing.State == BenefitState.NoData), all.Count(b => !b.HasOwner));
    }
}
