using Portal.Ingestion.Letters;

namespace Portal.Features.Cases;

/// <summary>What a search by person number found. Holds the number masked only.</summary>
/// <param name="Masked"><c>010101-xxxx</c>.</param>
public sealed record PersonHits(string Masked, IReadOnlyList<CaseSummary> Cases);
