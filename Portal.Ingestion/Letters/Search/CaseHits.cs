using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Letters.Search;

/// <summary>Turns found letters into found cases, ordered by the newest found letter of each.</summary>
internal sealed class CaseHits(IngestionDbContext db, Viewer viewer, string? text)
{
    /// <summary>The keys of the cases of a page, newest first, and the cursor of the next page.</summary>
    public async Task<(List<string> CaseKeys, string? Cursor)> FindAsync(string? cursor, int limit, CancellationToken cancellationToken)
    {
        var after = LetterCursor.Parse(cursor);
        var hits = new LetterHits(db, viewer, text);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var page = new List<LetterHit>();
        await foreach (var letter in hits.FindAsync(after, cancellationToken))
        {
            if (!seen.Add(IdentifierKey.Of(letter.CaseNumber)) || await StoodBeforeAsync(hits, letter, after, cancellationToken)) continue;
            if (page.Count == limit) return (Keys(page), At(page[^1]));
            page.Add(letter);
        }

        // The limit of letters was reached before the page was full: the next page continues from there.
        return (Keys(page), hits.StoppedAt is { } stopped ? At(stopped) : null);
    }

    // True when an earlier page already showed the case, by a newer letter.
    private async Task<bool> StoodBeforeAsync(LetterHits hits, LetterHit letter, LetterCursor? after, CancellationToken cancellationToken)
    {
        if (after is null) return false;
        var (number, at, key) = (IdentifierKey.Of(letter.CaseNumber), after.At, after.NumericKey);
        var newer = await LetterFilter.Letters(db, viewer)
            .Where(l => l.CaseNumberKey == number && (l.SentAt > at || (l.SentAt == at && l.Key >= key)))
            .Select(l => new LetterHit(l.Key, l.SentAt, l.CaseNumber, l.LetterId, l.Title, l.RecipientName)).ToListAsync(cancellationToken);
        return newer.Exists(hits.Matches);
    }

    private static List<string> Keys(List<LetterHit> page) => [.. page.Select(l => IdentifierKey.Of(l.CaseNumber))];

    private static string At(LetterHit letter) => new LetterCursor(letter.SentAt.UtcTicks, 0, $"{letter.Key}").ToString();
}
