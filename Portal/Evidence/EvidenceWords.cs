using Portal.Ingestion.Letters;
using Portal.Shell;

namespace Portal.Evidence;

/// <summary>The evidence document's own words. Danish only: the document is, whoever asks for it.</summary>
internal static class EvidenceWords
{
    /// <summary>The verdict in a word or two.</summary>
    public static string Verdict(LetterView letter) => letter.Verdict switch
    {
        Ingestion.Letters.Verdict.Delivered => "Afleveret",
        Ingestion.Letters.Verdict.HandedToPost => "Overgivet til post",
        Ingestion.Letters.Verdict.OnItsWay => "På vej",
        Ingestion.Letters.Verdict.EvidenceMissing => "Mangler bevis",
        Ingestion.Letters.Verdict.Failed => "Fejlet",
        Ingestion.Letters.Verdict.Returned => "Retur",
        _ => "Tilbagekaldt",
    };

    /// <summary>The verdict's colour; the word always stands beside it.</summary>
    public static string Mark(LetterView letter) => letter.Verdict switch
    {
        Ingestion.Letters.Verdict.Delivered => letter.Contradiction ? "warn" : "ok",
        Ingestion.Letters.Verdict.HandedToPost => "info",
        Ingestion.Letters.Verdict.EvidenceMissing => "warn",
        Ingestion.Letters.Verdict.Failed or Ingestion.Letters.Verdict.Returned => "bad",
        _ => "grey",
    };

    /// <summary>13. februar 2023 kl. 12.22.05</summary>
    public static string Moment(DateTimeOffset at) => DanishFormat.Local(at).ToString("d. MMMM yyyy 'kl.' HH.mm.ss", DanishFormat.Danish);

    /// <summary>How the letter was sent.</summary>
    public static string Channel(LetterChannel channel) => channel switch
    {
        LetterChannel.DigitalPost => "Digital Post",
        LetterChannel.FysiskPost => "Fysisk post",
        _ => "Digital Post, ellers fysisk post",
    };

    /// <summary>What statuses know the letter by, by the names of the standards.</summary>
    public static IEnumerable<(string Name, string Value)> Identifiers(LetterIdentifiers known) =>
        new (string Name, string? Value)[]
        {
            ("MessageUUID", known.MessageUuid), ("TransmissionId", known.TransmissionId), ("MessageId", known.MessageId),
            ("ForsendelseIdentifikator", known.ForsendelseIdentifikator), ("AfsendelseIdentifikator", known.AfsendelseIdentifikator), ("CorrelationId", known.CorrelationId),
        }.Where(i => !string.IsNullOrWhiteSpace(i.Value)).Select(i => (i.Name, CprNumber.MaskIn(i.Value!)));
}
