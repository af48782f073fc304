using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Log.MessageKinds;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Letters;

/// <summary>Turns a viewer into the condition that every query of letters must have.</summary>
internal static class LetterFilter
{
    private const int MostTwins = 20;

    /// <summary>Letters within the grants that give the viewer <paramref name="rights"/>; none without such a grant.</summary>
    public static IQueryable<StoredLetter> Letters(IngestionDbContext db, Viewer viewer, ViewerRights rights = ViewerRights.Cases)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        return db.Letters.AsNoTracking().Where(GrantConditions.Within<StoredLetter>(GrantConditions.OfLetters(viewer, rights)));
    }

    /// <summary>The letters with these keys that the viewer may see.</summary>
    public static IQueryable<StoredLetter> LettersByKey(IngestionDbContext db, Viewer viewer, long[] keys) =>
        db.Letters.AsNoTracking().Where(l => EF.Parameter(keys).Contains(l.Key)).Where(
            GrantConditions.Within<StoredLetter>(GrantConditions.OfLetters(viewer, ViewerRights.Cases), byKey: true));

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

    /// <summary>The matches of the post statuses that the viewer may see: by its letter, and one without a letter by itself.</summary>
    public static IQueryable<StoredStatusMatch> Statuses(IngestionDbContext db, MessageKindSnapshot kinds, Viewer viewer)
    {
        var seen = kinds.OfAuthorities(viewer, ViewerRights.Cases);
        var ids = seen.Limits?.Free ?? seen.Ids;
        Expression<Func<StoredStatusMatch, bool>> whole = m => EF.Parameter(ids).Contains(m.Kind);
        return seen.Limits is not { } limits
            ? db.StatusMatches.AsNoTracking().Where(whole)
            : db.StatusMatches.AsNoTracking().Where(GrantConditions.Any([whole, .. limits.Branches.Select(b => OfBranch(db, b))]));
    }

    private static Expression<Func<StoredStatusMatch, bool>> OfBranch(IngestionDbContext db, MessageLimits.Branch branch)
    {
        var (posts, own) = (branch.Posts, branch.Own);
        var within = db.Letters.Where(GrantConditions.Within<StoredLetter>([branch.Grant], byKey: true));
        return m => (m.LetterKey == null && EF.Parameter(own).Contains(m.Kind))
            || (m.LetterKey != null && EF.Parameter(posts).Contains(m.Kind) && within.Any(l => l.Key == m.LetterKey));
    }
}
