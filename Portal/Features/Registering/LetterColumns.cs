using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;

namespace Portal.Features.Registering;

/// <summary>
/// The columns of a file of letters, in the order of the template. Headers match regardless of case, spaces and hyphens, in Danish or by
/// the API's field names.
/// </summary>
public static class LetterColumns
{
    private const int LongestHead = 200;

    /// <summary>A column: its header in the template, the API's field name, an example, and other accepted headers.</summary>
    public sealed record Column(string Head, string Field, string Example, params string[] OtherHeads)
    {
        /// <summary>True when no letter is registered without it (<see cref="LetterValidation"/>).</summary>
        public bool Required => Field is "caseNumber" or "letterId" or "title" or "recipient.name" or "sentAt";
    }

    /// <summary>All columns.</summary>
    public static IReadOnlyList<Column> All { get; } =
    [
        new("Sagsnummer", "caseNumber", "EKSEMPEL-1", "sag", "sagsnr", "sags-id", "journalnummer", "journalnr", "case no"),
        new("Sagstype", "caseType", "huslejenaevn"),
        new("Brevets id", "letterId", "EKSEMPEL-BREV-1", "brev-id", "brevid", "id", "brevnummer", "brevnr"),
        new("Titel", "title", "Eksempel: afgørelse om huslejenedsættelse", "emne", "brevets titel"),
        new("Modtager", "recipient.name", "Eksempel Eksempelsen", "modtagers navn", "navn", "recipientName"),
        new(
            "Modtagers nummer", "recipient.id", "0101011234",
            "cpr", "cvr", "cpr-nr", "cpr-nummer", "cvr-nr", "cvr-nummer", "modtager-id", "recipientId"),
        new("CPR/CVR/P", "recipient.idType", "CPR", "CPR eller CVR", "nummertype", "type", "idType", "recipientIdType"),
        new("Kanal", "channel", "DigitalPost"),
        new("Afgørelse", "decision", "ja", "afgørelse med klagefrist"),
        new(
            "Sendt", "sentAt", "13-02-2023 12:21:40",
            "afsendt", "sendt kl", "sendt dato", "afsendt dato", "afsendelsesdato", "sendetidspunkt", "afsendelsestidspunkt"),
        new("Kvitteringer", "receipts", "alle", "kvittering", "bestilte kvitteringer"),
        new("Posttype", "postCategory", "", "postkategori", "forsendelsestype", "postprodukt"),
        new("MessageUUID", "identifiers.messageUuid", "00000000-0000-4000-8000-000000000001"),
        new("TransmissionId", "identifiers.transmissionId", ""),
        new("MessageId", "identifiers.messageId", ""),
        new("ForsendelseIdentifikator", "identifiers.forsendelseIdentifikator", ""),
        new("AfsendelseIdentifikator", "identifiers.afsendelseIdentifikator", ""),
        new("CorrelationId", "identifiers.correlationId", ""),
        new("Sendt i stedet for", "replaces", "", "erstatter", "erstatter brev", "i stedet for"),
        new("KLE-emne", "kle", "27.45.12", "kle", "kle-nummer", "kle-nr", "emnenummer", "opgaveemne"),
        new("Organisationsenhed", "organisationUnit", "", "enhed", "enhedens uuid", "orgenhed", "afdeling uuid"),
    ];

    private static readonly Dictionary<string, Column> ByHead = All
        .SelectMany(c => new[] { c.Head, c.Field, c.Field[(c.Field.LastIndexOf('.') + 1)..] }.Concat(c.OtherHeads)
            .Select(head => (Key: Key(head), Column: c)))
        .DistinctBy(c => c.Key).ToDictionary(c => c.Key, c => c.Column, StringComparer.Ordinal);

    /// <summary>The column of a header; null for an unknown header.</summary>
    public static Column? Find(string head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return head.Length > LongestHead ? null : ByHead.GetValueOrDefault(Key(head));
    }

    private static string Key(string head) =>
        new([.. TwiceEncoded.Mend(head).Normalize().Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);
}
