namespace Portal.Features.Chains.Layout;

/// <summary>Names the texts of zones and boxes (<c>LayoutTexts.resx</c>, Danish; <c>.en.resx</c>, English).</summary>
public sealed class LayoutTexts;
