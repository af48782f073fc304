namespace Portal.Features.Benefits;

/// <summary>Texts of the benefits' page and its parts (<c>.resx</c> beside this file).</summary>
public sealed class BenefitsTexts;
