using Portal.Ingestion.Domain;
using Portal.Ingestion.Log;

namespace Portal.Ingestion.Letters;

/// <summary>
/// An identifier with its place in the order in which a status looks (see <see cref="StoredLetterIdentifier.Kind"/>); the key of what was
/// written (<see cref="IdentifierKey"/>).
/// </summary>
public readonly record struct LetterIdentifier(int Kind, string Value);

/// <summary>Where a status belongs.</summary>
public readonly record struct MatchResult(int State, long? LetterKey)
{
    public const int WaitingState = 0;
    public const int MatchedState = 1;
    public const int AmbiguousState = 2;

    /// <summary>Waiting, and of a sender that is muted.</summary>
    public const int MutedState = 3;
}

/// <summary>
/// How a status finds its letter (DOMAIN §2): by one identifier after the other, stopping at the first that finds any. Pure.
/// </summary>
public static class StatusMatching
{
    /// <summary>
    /// Stored with every status and letter that these rules placed. Raise it with every change of what is matched by, and how: what an
    /// earlier version placed is then counted by the verification, not compared.
    /// </summary>
    public const int Version = 1;

    /// <summary>How many kinds of identifiers there are.</summary>
    public static int Kinds => LetterIdentifiers.Names.Count;

    /// <summary>The identifiers of a status in the order in which it looks.</summary>
    public static IReadOnlyList<LetterIdentifier> Of(LoggedStatus status)
    {
        var identifiers = status.Identifiers;
        return Clean(
        [
            (0, identifiers.Of(IdentifierRole.MessageUuid)), (0, identifiers.Of(IdentifierRole.EnvelopeObject)),
            (1, identifiers.Of(IdentifierRole.TransmissionId)),
            (2, identifiers.Of(IdentifierRole.MessageId)), (3, identifiers.Of(IdentifierRole.ForsendelseIdentifikator)),
            (4, identifiers.Of(IdentifierRole.AfsendelseIdentifikator)), (5, identifiers.Of(IdentifierRole.CorrelationId)),
        ]);
    }

    /// <summary>The identifiers that a letter is registered with.</summary>
    public static IReadOnlyList<LetterIdentifier> Of(LetterIdentifiers letter) =>
        Clean(letter.Values().Select((value, kind) => (kind, value)));

    /// <summary>
    /// The result for a status; <paramref name="lettersWith"/> gives the letters, of the status' authorities, with an identifier.
    /// </summary>
    public static MatchResult Decide(IReadOnlyList<LetterIdentifier> identifiers, Func<LetterIdentifier, IEnumerable<long>> lettersWith)
    {
        foreach (var step in identifiers.GroupBy(i => i.Kind).OrderBy(g => g.Key))
        {
            var letters = step.SelectMany(lettersWith).Distinct().Take(2).ToList();
            if (letters.Count == 1) return new MatchResult(MatchResult.MatchedState, letters[0]);
            if (letters.Count > 1) return new MatchResult(MatchResult.AmbiguousState, null);
        }

        return new MatchResult(MatchResult.WaitingState, null);
    }

    private static List<LetterIdentifier> Clean(IEnumerable<(int Kind, string? Value)> identifiers) =>
    [
        .. identifiers.Where(i => !string.IsNullOrWhiteSpace(i.Value))
            .Select(i => new LetterIdentifier(i.Kind, IdentifierKey.Of(i.Value)))
            .Where(i => i.Value.Length > 0)
            .Distinct(),
    ];
}
