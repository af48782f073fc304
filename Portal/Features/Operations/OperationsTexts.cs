namespace Portal.Features.Operations;

/// <summary>Names the texts of Drift (<c>OperationsTexts.resx</c>, Danish; <c>.en.resx</c>, English).</summary>
public sealed class OperationsTexts;
