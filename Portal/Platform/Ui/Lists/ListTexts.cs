namespace Portal.Platform.Ui.Lists;

/// <summary>Names the texts of the tools that lists share (<c>ListTexts.resx</c>, Danish; <c>.en.resx</c>, English).</summary>
public sealed class ListTexts;
