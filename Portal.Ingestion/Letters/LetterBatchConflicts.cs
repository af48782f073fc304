using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Letters;

/// <summary>
/// Finds letters that are sent together under one id and cannot be one letter: a correction changes neither the case nor the recipient
/// within one file or call. Pure.
/// </summary>
public static class LetterBatchConflicts
{
    /// <summary>For each letter the place of the earlier one that has its id with another case or recipient; null for the others.</summary>
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
