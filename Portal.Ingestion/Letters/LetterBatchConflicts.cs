using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Letters;

/// <summary>
/// Finds letters with the same id in one file or call that cannot be the same letter: a correction there changes neither the case nor the
/// recipient. Pure.
/// </summary>
public static class LetterBatchConflicts
{
    /// <summary>For each letter the index of the first letter with its id when that has another case or recipient; else null.</summary>
    public static IReadOnlyList<int?> Find(IReadOnlyList<LetterRegistration> letters)
    {
        ArgumentNullException.ThrowIfNull(letters);
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        var twins = new int?[letters.Count];
        for (var n = 0; n < letters.Count; n++)
        {
            var key = IdentifierKey.Of(letters[n].LetterId);
            if (!first.TryGetValue(key, out var earlier)) first.Add(key, n);
            else if (!IsSame(letters[earlier], letters[n])) twins[n] = earlier;
        }

        return twins;
    }

    private static bool IsSame(LetterRegistration one, LetterRegistration other) =>
        IdentifierKey.Of(one.CaseNumber) == IdentifierKey.Of(other.CaseNumber)
        && (one.Recipient.Id is { } a && other.Recipient.Id is { } b
            ? a == b
            : IdentifierKey.Of(one.Recipient.Name) == IdentifierKey.Of(other.Recipient.Name));
}
