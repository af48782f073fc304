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

    // So many are sorted in a few milliseconds.
    private const int Few = 5_000;

    /// <summary>Letters within the grants that give the viewer <paramref name="rights"/>; none without such a grant.</summary>
    public static IQueryable<StoredLetter> Letters(IngestionDbContext db, Viewer viewer, ViewerRights rights = ViewerRights.Cases)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        return db.Letters.AsNoTracking().Where(GrantConditions.Within<StoredLetter>(GrantConditions.OfLetters(viewer, rights)));
    }

    /// <summary>
    /// The same for a page of the newest: with limits that leave many letters, the database reads in the order of sending until the page is
    /// full, since it would else sort all of them.
    /// </summary>
    public static async Task<IQueryable<StoredLetter>> NewestAsync(
        IngestionDbContext db, Viewer viewer, CancellationToken cancellationToken)
    {
        var grants = GrantConditions.OfLetters(viewer, ViewerRights.Cases);
        var whole = GrantConditions.WholeAuthorities(grants);
        if (grants.All(g => GrantConditions.IsWhole(g.Limits))) return Letters(db, viewer);
        var few = whole.Length == 0
            && await Letters(db, viewer).Select(l => l.Key).Take(Few + 1).CountAsync(cancellationToken) <= Few;
        return few
            ? Letters(db, viewer)
            : db.Letters.AsNoTracking().Where(GrantConditions.Within<StoredLetter>(grants, IndexUse.Order));
    }

    /// <summary>The letters with these keys that the viewer may see.</summary>
    public static IQueryable<StoredLetter> LettersByKey(IngestionDbContext db, Viewer viewer, long[] keys) =>
        db.Letters.AsNoTracking().Where(l => EF.Parameter(keys).Contains(l.Key)).Where(
            GrantConditions.Within<StoredLetter>(GrantConditions.OfLetters(viewer, ViewerRights.Cases), IndexUse.Key));

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
        var within = db.Letters.Where(GrantConditions.Within<StoredLetter>([branch.Grant], IndexUse.Key));
        return m => (m.LetterKey == null && EF.Parameter(own).Contains(m.Kind))
            || (m.LetterKey != null && EF.Parameter(posts).Contains(m.Kind) && within.Any(l => l.Key == m.LetterKey));
    }
}
