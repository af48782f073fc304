namespace Portal.Features.Chains.Hints;

/// <summary>Names the texts of hints and of the chain as one sentence (<c>HintTexts.resx</c>, Danish; <c>.en.resx</c>, English).</summary>
public sealed class HintTexts;
