namespace Portal.Features.AccessControl;

/// <summary>
/// Names the texts of the access log and of what it asks for (<c>AccessTexts.resx</c>, Danish; <c>.en.resx</c>, English).
/// </summary>
public sealed class AccessTexts;
