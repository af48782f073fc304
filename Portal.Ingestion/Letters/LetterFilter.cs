using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Log.MessageKinds;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Letters;

/// <summary>Turns a viewer into the condition that every query of letters must have.</summary>
internal static class LetterFilter
{
    private const int MostTwins = 20;

    /// <summary>Letters of the viewer's authorities, when it has <paramref name="rights"/>; none otherwise.</summary>
    public static IQueryable<StoredLetter> Letters(IngestionDbContext db, Viewer viewer, ViewerRights rights = ViewerRights.Cases)
    {
        var authorities = viewer.May(rights) ? viewer.Authorities.ToArray() : [];
        return db.Letters.AsNoTracking().Where(l => authorities.Contains(l.Authority));
    }

    /// <summary>
    /// The letters with these keys that the viewer may see. The appended empty string keeps the database from using the index on Authority,
    /// with which it would scan all letters of the authority.
    /// </summary>
    public static IQueryable<StoredLetter> LettersByKey(IngestionDbContext db, Viewer viewer, long[] keys)
    {
        var authorities = viewer.May(ViewerRights.Cases) ? viewer.Authorities.ToArray() : [];
        return db.Letters.AsNoTracking().Where(l => EF.Parameter(keys).Contains(l.Key) && authorities.Contains(l.Authority + ""));
    }

    /// <summary>
    /// The letter with an id, compared by <see cref="IdentifierKey"/>; null when there is none, or several and not exactly one written the
    /// same.
    /// </summary>
    public static async Task<StoredLetter?> FindAsync(
        IQueryable<StoredLetter> letters, string letterId, CancellationToken cancellationToken)
    {
        var key = IdentifierKey.Of(letterId);
        var found = await letters.Where(l => l.LetterIdKey == key).OrderBy(l => l.Key).Take(MostTwins).ToListAsync(cancellationToken);
        return found.Count == 1 ? found[0] : found.FindAll(l => l.LetterId == letterId) is [var exact] ? exact : null;
    }

    /// <summary>The matches of the post statuses that the viewer may see.</summary>
    public static IQueryable<StoredStatusMatch> Statuses(IngestionDbContext db, MessageKindSnapshot kinds, Viewer viewer)
    {
        var ids = kinds.OfAuthorities(viewer, ViewerRights.Cases).Ids;
        return db.StatusMatches.AsNoTracking().Where(m => EF.Parameter(ids).Contains(m.Kind));
    }
}
