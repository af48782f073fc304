using Portal.Ingestion.Letters;

namespace Portal.Features.Registering;

/// <summary>Converts the values of the form or of a file's line, by the API's field names, to a submission.</summary>
internal static class LetterFields
{
    /// <summary>The submission, without <c>Decision</c>: form and file have different words for yes and no.</summary>
    public static LetterSubmission ToSubmission(Func<string, string?> of) => new()
    {
        CaseNumber = of("caseNumber"), CaseType = of("caseType"), LetterId = of("letterId"), Title = of("title"),
        Channel = ChannelOf(of("channel")), SentAt = LetterMoment.ToIso(of("sentAt")),
        Receipts = ReceiptsOf(of("receipts")), PostCategory = of("postCategory"),
        Replaces = of("replaces"), Kle = of("kle"), OrganisationUnit = of("organisationUnit"),
        Recipient = new RecipientSubmission
        {
            Name = of("recipient.name"), Id = of("recipient.id"),
            IdType = of("recipient.idType") ?? (of("recipient.id") is { } id ? RecipientNumber.DetectType(id) : null),
        },
        Identifiers = new LetterIdentifiers
        {
            MessageUuid = of("identifiers.messageUuid"), TransmissionId = of("identifiers.transmissionId"),
            MessageId = of("identifiers.messageId"), ForsendelseIdentifikator = of("identifiers.forsendelseIdentifikator"),
            AfsendelseIdentifikator = of("identifiers.afsendelseIdentifikator"), CorrelationId = of("identifiers.correlationId"),
        },
    };

    private static string? ReceiptsOf(string? receipts) =>
        receipts is null ? null : new string([.. receipts.Where(char.IsLetter)]).ToUpperInvariant() switch
        {
            "ALL" or "ALLE" or "JA" or "YES" => ReceiptsOrdered.All.ToWire(),
            "ERRORSONLY" or "KUNFEJL" or "FEJL" => ReceiptsOrdered.ErrorsOnly.ToWire(),
            "NONE" or "INGEN" or "NEJ" or "NO" => ReceiptsOrdered.None.ToWire(),
            _ => receipts,
        };

    // Accepts the API's names and the form's words.
    private static string? ChannelOf(string? channel) =>
        channel is null ? null : new string([.. channel.Where(char.IsLetter)]).ToUpperInvariant() switch
        {
            "DIGITALPOST" or "DIGITAL" => nameof(LetterChannel.DigitalPost),
            "FYSISKPOST" or "FYSISK" or "PHYSICALPOST" => nameof(LetterChannel.FysiskPost),
            "AUTOMATISK" or "DIGITALELLERFYSISKPOST" or "DIGITALORPHYSICALPOST" => nameof(LetterChannel.Automatisk),
            _ => channel,
        };
}
