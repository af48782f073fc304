namespace Portal.Platform.Ui;

/// <summary>Names the texts that the shell and its shared components use (<c>ShellTexts.resx</c>, Danish; <c>.en.resx</c>, English).</summary>
public sealed class ShellTexts;
