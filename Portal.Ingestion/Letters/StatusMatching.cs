using Portal.Ingestion.Domain;
using Portal.Ingestion.Log;

namespace Portal.Ingestion.Letters;

/// <summary>
/// An identifier: its kind, which gives the order in which a status is matched (see <see cref="StoredLetterIdentifier.Kind"/>), and its key
/// (<see cref="IdentifierKey"/>).
/// </summary>
public readonly record struct LetterIdentifier(int Kind, string Value);

/// <summary>The letter that a status is matched with, if any.</summary>
public readonly record struct MatchResult(int State, long? LetterKey)
{
    public const int WaitingState = 0;
    public const int MatchedState = 1;
    public const int AmbiguousState = 2;

    /// <summary>Waiting, and its sender is muted.</summary>
    public const int MutedState = 3;
}

/// <summary>
/// Matches a status with its letter: by one kind of identifier after the other, stopping at the first that finds any letter. Pure.
/// </summary>
public static class StatusMatching
{
    /// <summary>
    /// Stored with every status and letter that these rules matched. Raise it with every change of the rules: the verification then counts
    /// what an earlier version matched, and does not compare it.
    /// </summary>
    public const int Version = 2;

    /// <summary>The number of kinds of identifiers.</summary>
    public static int Kinds => LetterIdentifiers.Names.Count;

    /// <summary>
    /// The identifiers of a status in the order in which it is matched by them. The object that one of several registrations names itself
    /// comes first, and the other registrations' objects are not among them.
    /// </summary>
    public static IReadOnlyList<LetterIdentifier> Of(LoggedStatus status)
    {
        var identifiers = status.Identifiers;
        return Clean(
        [
            (0, status.OwnObject), (0, identifiers.Of(IdentifierRole.MessageUuid)),
            (0, status.NamesObjects ? null : identifiers.Of(IdentifierRole.EnvelopeObject)),
            (1, identifiers.Of(IdentifierRole.TransmissionId)),
            (2, identifiers.Of(IdentifierRole.MessageId)), (3, identifiers.Of(IdentifierRole.ForsendelseIdentifikator)),
            (4, identifiers.Of(IdentifierRole.AfsendelseIdentifikator)), (5, identifiers.Of(IdentifierRole.CorrelationId)),
        ]);
    }

    /// <summary>The identifiers that a letter is registered with.</summary>
    public static IReadOnlyList<LetterIdentifier> Of(LetterIdentifiers letter) =>
        Clean(letter.Values().Select((value, kind) => (kind, value)));

    /// <summary>
    /// The result for a status; <paramref name="lettersWith"/> returns the letters of the status' authorities that have an identifier. When
    /// no field finds a letter, each UUID is looked up among all fields, since print suppliers return the shipment's id as MessageUUID.
    /// </summary>
    public static MatchResult Decide(LoggedStatus status, Func<LetterIdentifier, IEnumerable<long>> lettersWith)
    {
        ArgumentNullException.ThrowIfNull(status);
        var identifiers = Of(status);
        var own = IdentifierKey.Of(status.OwnObject ?? "");
        return identifiers.GroupBy(i => i.Value == own ? -1 : i.Kind).OrderBy(g => g.Key)
                .Select(step => Found(step.SelectMany(lettersWith))).FirstOrDefault(found => found is not null)
            ?? Found(identifiers.Where(IsUuid).SelectMany(InEveryField).Distinct().SelectMany(lettersWith))
            ?? new MatchResult(MatchResult.WaitingState, null);
    }

    /// <summary>
    /// All that letters are looked up by for a status: its identifiers, and its UUIDs as if they stood in every field.
    /// </summary>
    public static IEnumerable<LetterIdentifier> LookUps(LoggedStatus status) =>
        Of(status).SelectMany(i => IsUuid(i) ? InEveryField(i) : [i]).Distinct();

    private static MatchResult? Found(IEnumerable<long> letters) => letters.Distinct().Take(2).ToList() switch
    {
        [] => null,
        [var one] => new MatchResult(MatchResult.MatchedState, one),
        _ => new MatchResult(MatchResult.AmbiguousState, null),
    };

    private static bool IsUuid(LetterIdentifier identifier) => IdentifierKey.Uuid(identifier.Value) is not null;

    private static IEnumerable<LetterIdentifier> InEveryField(LetterIdentifier identifier) =>
        Enumerable.Range(0, Kinds).Select(kind => identifier with { Kind = kind });

    private static List<LetterIdentifier> Clean(IEnumerable<(int Kind, string? Value)> identifiers) =>
    [
        .. identifiers.Where(i => !string.IsNullOrWhiteSpace(i.Value))
            .Select(i => new LetterIdentifier(i.Kind, IdentifierKey.Of(i.Value)))
            .Where(i => i.Value.Length > 0)
            .Distinct(),
    ];
}
