using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Log.MessageKinds;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Letters;

/// <summary>Turns a viewer into the condition that every query of letters carries (DOMAIN §4).</summary>
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
    /// The letters with these keys, as far as the viewer may see them. The added nothing keeps the database from going by an index of
    /// authorities, which would have it walk through all of one's letters.
    /// </summary>
    public static IQueryable<StoredLetter> LettersByKey(IngestionDbContext db, Viewer viewer, long[] keys)
    {
        var authorities = viewer.May(ViewerRights.Cases) ? viewer.Authorities.ToArray() : [];
        return db.Letters.AsNoTracking().Where(l => EF.Parameter(keys).Contains(l.Key) && authorities.Contains(l.Authority + ""));
    }

    /// <summary>
    /// The letter with an id, under any writing of it; null when there is none, or several of which none is written just so.
    /// </summary>
    public static async Task<StoredLetter?> FindAsync(
        IQueryable<StoredLetter> letters, string letterId, CancellationToken cancellationToken)
    {
        var key = IdentifierKey.Of(letterId);
        var found = await letters.Where(l => l.LetterIdKey == key).OrderBy(l => l.Key).Take(MostTwins).ToListAsync(cancellationToken);
        return found.Count == 1 ? found[0] : found.FindAll(l => l.LetterId == letterId) is [var exact] ? exact : null;
    }

    /// <summary>Where the post statuses of the viewer's authorities belong.</summary>
    public static IQueryable<StoredStatusMatch> Statuses(IngestionDbContext db, MessageKindSnapshot kinds, Viewer viewer)
    {
        var ids = kinds.OfAuthorities(viewer, ViewerRights.Cases).Ids;
        return db.StatusMatches.AsNoTracking().Where(m => EF.Parameter(ids).Contains(m.Kind));
    }
}
