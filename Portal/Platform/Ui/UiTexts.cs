namespace Portal.Platform.Ui;

/// <summary>Names the texts of the shared components (<c>UiTexts.resx</c>, Danish; <c>.en.resx</c>, English).</summary>
public sealed class UiTexts;
