namespace Portal.Features.Evidence;

/// <summary>
/// Names the texts around evidence documents (<c>EvidenceTexts.resx</c>, Danish; <c>.en.resx</c>, English). The document itself is Danish,
/// in its components.
/// </summary>
public sealed class EvidenceTexts;
