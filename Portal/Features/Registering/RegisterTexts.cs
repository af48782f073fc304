namespace Portal.Features.Registering;

/// <summary>
/// Names the texts of registering letters by form and by file (<c>RegisterTexts.resx</c>, Danish; <c>.en.resx</c>, English).
/// </summary>
public sealed class RegisterTexts;
