namespace Portal.Features.Ledger;

/// <summary>Names the texts of the ledger (<c>LedgerTexts.resx</c>, Danish; <c>.en.resx</c>, English).</summary>
public sealed class LedgerTexts;
