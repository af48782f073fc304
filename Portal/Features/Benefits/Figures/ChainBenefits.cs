using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Storage;
using Portal.Platform.Text;

namespace Portal.Features.Benefits.Figures;

/// <summary>A benefit, a negative benefit, or a number that others are worked out from, with its state.</summary>
/// <param name="Definition">How it is measured; from the box's own fields where nobody has said more.</param>
/// <param name="IsDescribed">False where nobody has said more than is in the box.</param>
/// <param name="Versions">Earlier and present definitions, newest last.</param>
/// <param name="Measurements">All that was entered, newest moment first, of the same moment the last entered first.</param>
/// <param name="Causes">Why it is not where it should be.</param>
public sealed record BenefitFigure(
    ChainElement Element, IndicatorDefinition Definition, bool IsDescribed, IndicatorSeries Series, TargetProgress Standing,
    IReadOnlyList<IndicatorVersion> Versions, IReadOnlyList<Measurement> Measurements,
    IReadOnlyList<BenefitNote> Causes, bool BaselineLocked)
{
    /// <summary>A benefit or a negative one; anything else helps to work those out.</summary>
    public bool IsBenefit => Element.Kind is ChainKind.Benefit or ChainKind.NegativeBenefit;

    /// <summary>Why its number, or what it is held against, cannot be worked out; null when it can.</summary>
    public ProblemText? Problem => Series.Value is null ? Series.Problem ?? Standing.Problem : Standing.Problem;

    public bool IsNegative => Element.Kind == ChainKind.NegativeBenefit;

    /// <summary>Changes of a baseline, or of what is locked with it, after it was locked.</summary>
    public IEnumerable<(IndicatorVersion Before, IndicatorVersion After)> BaselineChanges =>
        Versions.Zip(Versions.Skip(1)).Where(p => p.Second.Reason is not null);
}

/// <summary>A behaviour that must change, and whether it does.</summary>
/// <param name="Notes">Newest day first.</param>
public sealed record BehaviourFigure(ChainElement Element, IReadOnlyList<BenefitNote> Notes);

/// <summary>Two benefits that count the same.</summary>
public sealed record DoubleCount(BenefitFigure One, BenefitFigure Other, ProblemText Why);

/// <summary>All that a chain's benefits come to in a period.</summary>
/// <param name="Benefits">Benefits, then negative ones, in reading order.</param>
/// <param name="Helpers">Other boxes that are measured.</param>
/// <param name="Messages">Messages received in the period, of every type.</param>
/// <param name="Letters">Letters sent in the period.</param>
public sealed record ChainBenefits(
    ChainSummary Chain, ChainDocument Document, Period Period, DateOnly Today, IReadOnlyList<BenefitFigure> Benefits,
    IReadOnlyList<BenefitFigure> Helpers, IReadOnlyList<BehaviourFigure> Behaviours, IReadOnlyList<BenefitNote> Unplanned,
    IReadOnlyList<BenefitNote> Decisions, IReadOnlyList<DoubleCount> DoubleCounts, BenefitNote? Conclusion, long Messages, long Letters)
{
    /// <summary>Everything that is measured.</summary>
    public IEnumerable<BenefitFigure> All => Benefits.Concat(Helpers);
}
