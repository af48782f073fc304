using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Letters;

/// <summary>An identifier that a status and a letter have in common, by what each of them calls it; the names of the standards.</summary>
/// <param name="OfStatus">The status' field, e.g. <c>MessageUUID</c>.</param>
/// <param name="OfLetter">The letter's field; mostly the same.</param>
public sealed record SharedIdentifier(string OfStatus, string OfLetter)
{
    /// <summary>Both call it the same.</summary>
    public bool IsSameField => OfStatus == OfLetter;
}

/// <summary>
/// What a status and a letter have in common: the same field with the same value, or one UUID under two names (print suppliers return
/// the shipment's id as MessageUUID, DOMAIN §2). Anything but a UUID must be in the same field: short numbers are the same by chance. Pure.
/// </summary>
public static class SharedIdentifiers
{
    /// <summary>
    /// The shared identifiers, those of the same field first, else in the order in which a status looks. Empty when the letter is foreign
    /// to the status.
    /// </summary>
    public static ValueList<SharedIdentifier> Between(IReadOnlyList<LetterIdentifier> status, IReadOnlyList<LetterIdentifier> letter)
    {
        ArgumentNullException.ThrowIfNull(status);
        ArgumentNullException.ThrowIfNull(letter);
        var pairs = from own in status
                    from other in letter
                    where own.Value == other.Value && (own.Kind == other.Kind || IdentifierKey.Uuid(own.Value) is not null)
                    orderby own.Kind != other.Kind, own.Kind, other.Kind
                    select new SharedIdentifier(LetterIdentifiers.Names[own.Kind], LetterIdentifiers.Names[other.Kind]);
        return [.. pairs.Distinct()];
    }
}
