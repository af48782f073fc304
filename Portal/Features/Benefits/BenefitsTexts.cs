namespace Portal.Features.Benefits;

/// <summary>Texts of the benefits' page and its parts (<c>.resx</c> next to this file).</summary>
public sealed class BenefitsTexts;
