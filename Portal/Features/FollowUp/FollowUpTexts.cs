namespace Portal.Features.FollowUp;

/// <summary>Names the texts of the worklist (<c>FollowUpTexts.resx</c>, Danish; <c>.en.resx</c>, English).</summary>
public sealed class FollowUpTexts;
