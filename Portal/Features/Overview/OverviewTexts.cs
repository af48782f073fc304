namespace Portal.Features.Overview;

/// <summary>Names the texts of the overview (<c>OverviewTexts.resx</c>, Danish; <c>.en.resx</c>, English).</summary>
public sealed class OverviewTexts;
