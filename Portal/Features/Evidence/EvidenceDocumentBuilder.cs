using Portal.Features.Evidence.Contested;
using Portal.Platform.Documents.Model;

namespace Portal.Features.Evidence;

/// <summary>
/// Builds the evidence document, for a court: the head, a summary, a section for each letter, how to verify it,
/// and what to answer when a citizen contests it. Always in Danish; the
/// wording is <see cref="EvidenceWords"/>. Pure.
/// </summary>
internal static class EvidenceDocumentBuilder
{
    /// <summary>The document of what was read.</summary>
    public static Document Build(EvidenceDossier dossier)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        var letters = dossier.Case.Letters;
        var document = new DocumentBuilder();
        AddHead(document, dossier);
        EvidenceSummaryBlocks.Add(document, letters, dossier.MadeAt);

        // A letter begins where the one before it ends: a page each leaves pages with two lines.
        foreach (var letter in letters) new EvidenceLetterBlocks(letter, dossier.NumberOf(letter)).Add(document);

        EvidenceProofBlocks.Add(document, dossier);
        ContestedBlocks.Add(document, dossier);
        return document.Build(dossier.Title, EvidenceWords.Footer(dossier.Number, dossier.CaseNumber));
    }

    private static void AddHead(DocumentBuilder document, EvidenceDossier dossier) => document
        .Title(EvidenceWords.Kicker, EvidenceWords.Case(dossier.CaseNumber),
            EvidenceWords.CaseTypeAndAuthority(dossier.Case.CaseType, dossier.Authority), EvidenceQrCode.Of(dossier.PageUrl))
        .Facts(facts => AddFacts(facts, dossier), ruled: true);

    private static void AddFacts(FactsBuilder facts, EvidenceDossier dossier)
    {
        facts.Add(EvidenceWords.Number, dossier.Number, TextStyle.Code)
            .Add(EvidenceWords.Made, EvidenceWords.MadeBy(dossier.MadeAt, dossier.MadeBy))
            .Add(EvidenceWords.CasePage, value => value.Link(dossier.PageUrl, dossier.PageUrl, TextStyle.Code))
            .Add(EvidenceWords.PersonNumbers, dossier.Numbers.Count > 0 ? EvidenceWords.NumbersWhole : EvidenceWords.NumbersMasked);
        if (dossier.LetterId is not null) facts.Add(EvidenceWords.Scope, EvidenceWords.OneLetter);
    }
}
