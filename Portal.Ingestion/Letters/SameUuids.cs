using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Letters;

/// <summary>
/// Finds registered letters with the MessageUUID of letters that are about to be registered: a status that names it would be ambiguous, and
/// prove the arrival of neither.
/// </summary>
internal static class SameUuids
{
    private const int MessageUuid = 0;

    /// <summary>One for each letter, in order; null where no other letter has its MessageUUID.</summary>
    public static async Task<IReadOnlyList<LetterOfSameUuid?>> FindAsync(
        IngestionDbContext db, Viewer viewer, string authority, IReadOnlyList<LetterRegistration> letters,
        CancellationToken cancellationToken)
    {
        var found = new List<Other>();
        foreach (var part in letters.Select(UuidOf).Where(u => u.Length > 0).Distinct().Chunk(500))
        {
            found.AddRange(await db.LetterIdentifiers.AsNoTracking()
                .Where(i => i.Authority == authority && i.Kind == MessageUuid && EF.Parameter(part).Contains(i.Value))
                .Join(db.Letters.AsNoTracking(), i => i.LetterKey, l => l.Key,
                    (i, l) => new Other(i.Value, l.Key, l.LetterIdKey, l.CaseNumber, l.LetterId))
                .ToListAsync(cancellationToken));
        }

        if (found.Count == 0) return new LetterOfSameUuid?[letters.Count];
        var seen = new HashSet<long>();
        foreach (var keys in found.Select(o => o.Key).Distinct().Chunk(500))
        {
            seen.UnionWith(await LetterFilter.Letters(db, viewer).Where(l => EF.Parameter(keys).Contains(l.Key)).Select(l => l.Key)
                .ToListAsync(cancellationToken));
        }

        // One that the viewer may see comes first, since it can be named.
        var byUuid = found.OrderBy(o => seen.Contains(o.Key) ? 0 : 1).ThenBy(o => o.Key).ToLookup(o => o.Uuid, StringComparer.Ordinal);
        return [.. letters.Select(letter => byUuid[UuidOf(letter)].FirstOrDefault(o => o.IdKey != IdentifierKey.Of(letter.LetterId))
            is { } other
                ? seen.Contains(other.Key) ? new LetterOfSameUuid(other.CaseNumber, other.LetterId) : new LetterOfSameUuid(null, null)
                : null)];
    }

    private static string UuidOf(LetterRegistration letter) => IdentifierKey.Of(letter.Identifiers.MessageUuid);

    private sealed record Other(string Uuid, long Key, string IdKey, string CaseNumber, string LetterId);
}
