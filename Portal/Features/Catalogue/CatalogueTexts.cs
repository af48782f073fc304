namespace Portal.Features.Catalogue;

/// <summary>Names the texts of the catalogue of message types (<c>CatalogueTexts.resx</c>, Danish; <c>.en.resx</c>, English).</summary>
public sealed class CatalogueTexts;
