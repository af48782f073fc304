using System.Security.Cryptography;
using Portal.Ingestion.Access;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Journal;
using Portal.Ingestion.Letters;
using Portal.Platform.Text;

namespace Portal.Features.Evidence;

/// <summary>The content of an evidence document, read at one moment.</summary>
/// <param name="Number">The document's number, also in the access log.</param>
/// <param name="MadeAt">UTC.</param>
/// <param name="MadeBy">Name of the viewer who requested it.</param>
/// <param name="Authority">CVR number of the viewer's own authority; null for none.</param>
/// <param name="PageUrl">The case's page, absolute.</param>
/// <param name="Numbers">Recipients' CPR numbers by letter id; empty unless requested with a purpose.</param>
/// <param name="Ledger">Null when the ledger cannot give proofs.</param>
public sealed record EvidenceDossier(
    string Number, DateTimeOffset MadeAt, string MadeBy, string? Authority, string PageUrl, CaseView Case,
    IReadOnlyDictionary<string, CprNumber> Numbers, LedgerEvidence? Ledger)
{
    /// <summary>The id of the letter that the document is about; null when it is about the whole case.</summary>
    public string? LetterId { get; init; }

    /// <summary>What people did about the case, with proofs; null when the log of actions cannot give any.</summary>
    public JournalProofs? Actions { get; init; }

    /// <summary>
    /// The signed head of the access log when the evidence was made: whoever has it can later show that lines before it were changed.
    /// </summary>
    public AccessHead? Access { get; init; }

    /// <summary>Every message of the case's letters, once, by sequence number.</summary>
    public IReadOnlyList<LetterEvent> Messages { get; } = [.. Case.Letters.SelectMany(l => l.Events).DistinctBy(e => e.Sequence)
        .OrderBy(e => e.Sequence)];

    /// <summary>The case number for file names, title and footer: a CPR number in it is masked.</summary>
    public string CaseNumber => CprNumber.MaskIn(Case.CaseNumber);

    /// <summary>Title of the PDF.</summary>
    public string Title => EvidenceWords.Title(Number, CaseNumber);

    /// <summary>The unmasked CPR number of a letter's recipient; null unless it was requested with a purpose.</summary>
    public CprNumber? NumberOf(LetterView letter)
    {
        ArgumentNullException.ThrowIfNull(letter);
        return Numbers.TryGetValue(letter.LetterId, out var number) ? number : null;
    }
}

/// <summary>Numbers of evidence documents: the Copenhagen date, and six random characters that are hard to misread.</summary>
internal static class EvidenceNumber
{
    private const string Letters = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

    /// <summary>A new number, as <c>BEV-20261124-7K3QF2</c>.</summary>
    public static string New(DateTimeOffset at) =>
        $"BEV-{DanishFormat.Local(at).ToString("yyyyMMdd", DanishFormat.Danish)}-{RandomNumberGenerator.GetString(Letters, 6)}";
}
