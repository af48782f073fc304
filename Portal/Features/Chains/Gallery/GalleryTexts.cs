namespace Portal.Features.Chains.Gallery;

/// <summary>
/// Names the texts of the gallery of chains and of a chain's menu (<c>GalleryTexts.resx</c>, Danish; <c>.en.resx</c>, English).
/// </summary>
public sealed class GalleryTexts;
