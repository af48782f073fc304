namespace Portal.Features.Chains.Canvas;

/// <summary>Names the texts of the canvas and the outline (<c>CanvasTexts.resx</c>, Danish; <c>.en.resx</c>, English).</summary>
public sealed class CanvasTexts;
