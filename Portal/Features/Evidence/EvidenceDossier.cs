using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;

namespace Portal.Features.Evidence;

/// <summary>Everything that an evidence document says, gathered at one moment.</summary>
/// <param name="Number">The document's number, which the access log knows.</param>
/// <param name="MadeAt">UTC.</param>
/// <param name="MadeBy">Name of who asked for it.</param>
/// <param name="Authority">CVR number of the authority whose case it is.</param>
/// <param name="PageUrl">The case's page, absolute.</param>
/// <param name="Numbers">Recipients' person numbers by letter id; empty unless they were asked for.</param>
/// <param name="Ledger">Null where no ledger is kept.</param>
public sealed record EvidenceDossier(
    string Number, DateTimeOffset MadeAt, string MadeBy, string? Authority, string PageUrl, CaseView Case,
    IReadOnlyDictionary<string, CprNumber> Numbers, LedgerEvidence? Ledger)
{
    /// <summary>Every message behind the case, once, in the log's order.</summary>
    public IReadOnlyList<LetterEvent> Messages { get; } = [.. Case.Letters.SelectMany(l => l.Events).DistinctBy(e => e.Sequence)
        .OrderBy(e => e.Sequence)];

    /// <summary>The case's number as files and feet carry it: a person number in it is masked.</summary>
    public string CaseNumber => CprNumber.MaskIn(Case.CaseNumber);

    /// <summary>Title of the PDF.</summary>
    public string Title => EvidenceWords.Title(Number, CaseNumber);
}
