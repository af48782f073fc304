namespace Portal.Features.Chains.Join;

/// <summary>Names the texts of the guests' page (<c>JoinTexts.resx</c>, Danish; <c>.en.resx</c>, English).</summary>
public sealed class JoinTexts;
