namespace Portal.Features.Evidence;

/// <summary>
/// Names the texts of the pages around evidence documents (<c>EvidenceTexts.resx</c>, Danish; <c>.en.resx</c>, English). The document's own
/// texts are in <see cref="EvidenceWords"/>.
/// </summary>
public sealed class EvidenceTexts;
