namespace Portal.Platform.Live;

/// <summary>Names the texts of what shows that a page is live (<c>LiveTexts.resx</c>, Danish; <c>.en.resx</c>, English).</summary>
public sealed class LiveTexts;
