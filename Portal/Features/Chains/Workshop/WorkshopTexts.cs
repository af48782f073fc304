namespace Portal.Features.Chains.Workshop;

/// <summary>Names the texts of the workshop's tools (<c>WorkshopTexts.resx</c>, Danish; <c>.en.resx</c>, English).</summary>
public sealed class WorkshopTexts;
