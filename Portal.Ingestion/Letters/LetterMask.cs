using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Letters;

/// <summary>Masks person numbers in every text of a letter that is shown.</summary>
public static class LetterMask
{
    /// <summary>
    /// The registration with its texts masked. Case number and letter id are not masked: <see cref="LetterValidation"/> refuses them when
    /// they contain a person number.
    /// </summary>
    public static LetterRegistration Of(LetterRegistration letter)
    {
        ArgumentNullException.ThrowIfNull(letter);
        return letter with
        {
            CaseType = CprNumber.MaskInOrNull(letter.CaseType), Title = CprNumber.MaskIn(letter.Title), Recipient = Of(letter.Recipient),
            Identifiers = Of(letter.Identifiers), Documents = [.. letter.Documents.Select(d => d with { Name = CprNumber.MaskIn(d.Name) })],
        };
    }

    /// <summary>The addressee: a CPR number masked, a CVR or production unit number unchanged, any other number removed.</summary>
    public static LetterRecipient Of(LetterRecipient recipient)
    {
        ArgumentNullException.ThrowIfNull(recipient);
        var id = recipient.IdType is LetterValidation.Cvr or LetterValidation.ProductionUnit ? recipient.Id
            : CprNumber.TryParse(recipient.Id, out var cpr) ? cpr.ToString() : null;
        return recipient with { Name = CprNumber.MaskIn(recipient.Name), Id = id };
    }

    /// <summary>Masks an addressee that may be masked already, and keeps its number.</summary>
    public static LetterRecipient Shown(LetterRecipient recipient)
    {
        ArgumentNullException.ThrowIfNull(recipient);
        return recipient.IdType is LetterValidation.Cvr or LetterValidation.ProductionUnit || !CprNumber.TryParse(recipient.Id, out var cpr)
            ? recipient with { Name = CprNumber.MaskIn(recipient.Name) }
            : recipient with { Name = CprNumber.MaskIn(recipient.Name), Id = cpr.ToString() };
    }

    private static LetterIdentifiers Of(LetterIdentifiers known) => new()
    {
        MessageUuid = CprNumber.MaskInOrNull(known.MessageUuid),
        TransmissionId = CprNumber.MaskInOrNull(known.TransmissionId),
        MessageId = CprNumber.MaskInOrNull(known.MessageId),
        ForsendelseIdentifikator = CprNumber.MaskInOrNull(known.ForsendelseIdentifikator),
        AfsendelseIdentifikator = CprNumber.MaskInOrNull(known.AfsendelseIdentifikator),
        CorrelationId = CprNumber.MaskInOrNull(known.CorrelationId),
    };
}
