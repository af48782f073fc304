using Portal.Features.Chains.Document;
using Portal.Features.Chains.Hints;

namespace Portal.Features.Chains.Canvas;

/// <summary>Which field of its box a hint asks for.</summary>
public static class HintFields
{
    /// <summary>The field's property; null when it asks for a link, or concerns the whole chain.</summary>
    public static string? Of(HintKind kind) => kind switch
    {
        HintKind.ProblemWithoutVolume => ElementProperty.VolumeLikely,
        HintKind.ProblemWithoutConsequence => ElementProperty.Consequence,
        HintKind.CapabilityNotWeCan or HintKind.CapabilityNamesProduct or HintKind.NumbersDisagree => ElementProperty.Text,
        HintKind.BenefitWithoutIndicator => ElementProperty.IndicatorName,
        HintKind.BenefitWithoutOwner => ElementProperty.Owner,
        HintKind.BenefitWithoutBaseline => ElementProperty.IndicatorBaseline,
        HintKind.BenefitWithoutTarget => ElementProperty.IndicatorTarget,
        HintKind.BenefitWithoutFollowUp => ElementProperty.IndicatorFollowUp,
        _ => null,
    };
}
