namespace Portal.Platform.Documents;

/// <summary>Names the texts of printing (<c>PrintingTexts.resx</c>, Danish; <c>.en.resx</c>, English).</summary>
public sealed class PrintingTexts;
