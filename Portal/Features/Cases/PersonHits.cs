using Portal.Ingestion.Letters;

namespace Portal.Features.Cases;

/// <summary>The result of a search by CPR number. Holds only the masked number.</summary>
/// <param name="Masked"><c>010101-xxxx</c>.</param>
public sealed record PersonHits(string Masked, IReadOnlyList<CaseSummary> Cases);
