using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Letters;

/// <summary>An identifier that a status and a letter have in common, with the field of each; field names as in the standards.</summary>
/// <param name="OfStatus">The status' field, e.g. <c>MessageUUID</c>.</param>
/// <param name="OfLetter">The letter's field; usually the same.</param>
public sealed record SharedIdentifier(string OfStatus, string OfLetter)
{
    /// <summary>Both have it in the same field.</summary>
    public bool IsSameField => OfStatus == OfLetter;
}

/// <summary>
/// The identifiers that a status and a letter have in common: the same field with the same value, or the same UUID in two fields (print
/// suppliers return the shipment's id as MessageUUID). Anything but a UUID must be in the same field, since short numbers may be equal by
/// chance. Pure.
/// </summary>
public static class SharedIdentifiers
{
    /// <summary>
    /// The shared identifiers, those of the same field first, then in the order in which a status is matched by them. Empty when there are
    /// none.
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
