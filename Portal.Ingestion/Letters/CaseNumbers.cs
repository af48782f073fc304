using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Letters;

/// <summary>Lists cases in the order of their numbers, read from the index of authority and number.</summary>
internal static class CaseNumbers
{
    /// <summary>The keys of a page's cases, and the cursor of the next page.</summary>
    /// <exception cref="FormatException">The cursor is not one of ours.</exception>
    public static async Task<(List<string> Keys, string? Cursor)> ReadAsync(
        IngestionDbContext db, Viewer viewer, bool descending, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var authority = viewer.AuthoritiesOf(ViewerRights.Cases)[0];
        var keys = LetterFilter.Letters(db, viewer).Where(l => l.Authority == authority).Select(l => l.CaseNumberKey);
        if (LetterCursor.Parse(cursor) is { Key: var last })
        {
            // The database compares, in the order that it sorts by.
#pragma warning disable CA1309
            keys = descending
                ? keys.Where(k => string.Compare(k, last) < 0)
                : keys.Where(k => string.Compare(k, last) > 0);
#pragma warning restore CA1309
        }

        var page = await (descending ? keys.Distinct().OrderByDescending(k => k) : keys.Distinct().OrderBy(k => k))
            .Take(limit + 1).ToListAsync(cancellationToken);
        if (page.Count <= limit) return (page, null);
        page.RemoveAt(limit);
        return (page, new LetterCursor(0, 0, page[^1]).ToString());
    }
}
