namespace Portal.Platform.Shell;

/// <summary>Names the texts of the layout of every page (<c>ShellTexts.resx</c>, Danish; <c>.en.resx</c>, English).</summary>
public sealed class ShellTexts;
