using Microsoft.Extensions.Localization;

namespace Portal.Features.Chains.Hints;

/// <summary>What the method would ask about (DOMAIN §5).</summary>
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

/// <summary>An offer of help, never a lock; all weigh the same.</summary>
/// <param name="Kind">What is asked about.</param>
/// <param name="ElementId">The box it leads to; null for the chain as a whole.</param>
public sealed record QualityHint(HintKind Kind, string? ElementId)
{
    /// <summary>Names the hint when it is put aside: it stays aside for the same box.</summary>
    public string Key => $"{Kind}:{ElementId}";

    /// <summary>The hint in plain words.</summary>
    public string Describe(IStringLocalizer<HintTexts> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return texts[$"Hint{Kind}"];
    }
}
