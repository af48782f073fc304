namespace Portal.Platform.Live;

/// <summary>
/// Names the texts of the live indicator and the marks of changes (<c>LiveTexts.resx</c>, Danish; <c>.en.resx</c>, English).
/// </summary>
public sealed class LiveTexts;
