namespace Portal.Features.Cases;

/// <summary>
/// Names the texts of the search for cases and of a case's page (<c>CaseTexts.resx</c>, Danish; <c>.en.resx</c>, English).
/// </summary>
public sealed class CaseTexts;
