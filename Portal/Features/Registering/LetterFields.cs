using Portal.Ingestion.Letters;

namespace Portal.Features.Registering;

/// <summary>Values by the API's names of fields, as form and file have them, as a submission.</summary>
internal static class LetterFields
{
    /// <summary>The submission; the decision is left to the caller, whose words for yes and no differ.</summary>
    public static LetterSubmission ToSubmission(Func<string, string?> of) => new()
    {
        CaseNumber = of("caseNumber"), CaseType = of("caseType"), LetterId = of("letterId"), Title = of("title"),
        Channel = ChannelOf(of("channel")), SentAt = LetterMoment.ToIso(of("sentAt")),
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

    // Also in the words that the form itself has for it.
    private static string? ChannelOf(string? channel) =>
        channel is null ? null : new string([.. channel.Where(char.IsLetter)]).ToUpperInvariant() switch
        {
            "DIGITALPOST" or "DIGITAL" => nameof(LetterChannel.DigitalPost),
            "FYSISKPOST" or "FYSISK" or "PHYSICALPOST" => nameof(LetterChannel.FysiskPost),
            "AUTOMATISK" or "DIGITALELLERFYSISKPOST" or "DIGITALORPHYSICALPOST" => nameof(LetterChannel.Automatisk),
            _ => channel,
        };
}
