namespace Portal.Platform.Shell;

/// <summary>Names the texts of the frame around each page (<c>ShellTexts.resx</c>, Danish; <c>.en.resx</c>, English).</summary>
public sealed class ShellTexts;
