namespace Portal.Features.Quarantine;

/// <summary>Names the texts of the quarantine (<c>QuarantineTexts.resx</c>, Danish; <c>.en.resx</c>, English).</summary>
public sealed class QuarantineTexts;
