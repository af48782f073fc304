using Microsoft.Extensions.Localization;

namespace Portal.Features.Chains.Hints;

/// <summary>What the Effektkæde method asks about.</summary>
public enum HintKind
{
    NoPurpose,
    ProblemWithoutVolume,
    ProblemWithoutConsequence,
    CapabilityNotWeCan,
    CapabilityNamesProduct,
    FutureWithoutProblem,
    BrokenChain,
    NumbersDisagree,
    BenefitFromNowhere,
    BenefitWithoutIndicator,
    BenefitWithoutOwner,
    BenefitWithoutBaseline,
    BenefitWithoutTarget,
    BenefitWithoutFollowUp,
    NoNegativeBenefit,
    NoStoppingBehaviour,
    LooksLikeCpr,
}

/// <summary>A hint never blocks anything; all are of equal weight.</summary>
/// <param name="Kind">What the hint asks about.</param>
/// <param name="ElementId">The box it leads to; null for the chain as a whole.</param>
public sealed record QualityHint(HintKind Kind, string? ElementId)
{
    /// <summary>The key under which the hint is dismissed, per box.</summary>
    public string Key => $"{Kind}:{ElementId}";

    /// <summary>The text of the hint.</summary>
    public string Describe(IStringLocalizer<HintTexts> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return texts[$"Hint{Kind}"];
    }
}
