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
    public const int Version = 1;

    /// <summary>The number of kinds of identifiers.</summary>
    public static int Kinds => LetterIdentifiers.Names.Count;

    /// <summary>The identifiers of a status in the order in which it is matched by them.</summary>
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
    /// The result for a status; <paramref name="lettersWith"/> returns the letters of the status' authorities that have an identifier.
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
