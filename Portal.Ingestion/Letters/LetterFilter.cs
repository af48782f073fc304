using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Access;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Letters;

/// <summary>Turns a viewer into the condition that every query of letters carries (DOMAIN §4).</summary>
internal static class LetterFilter
{
    /// <summary>Letters of the viewer's authorities, when it has <paramref name="rights"/>; none otherwise.</summary>
    public static IQueryable<StoredLetter> Letters(IngestionDbContext db, Viewer viewer, ViewerRights rights = ViewerRights.Cases)
    {
        var authorities = viewer.May(rights) ? viewer.Authorities.ToArray() : [];
        return db.Letters.AsNoTracking().Where(l => authorities.Contains(l.Authority));
    }

    /// <summary>Post statuses of the viewer's authorities with where they belong.</summary>
    public static IQueryable<PlacedStatus> Statuses(IngestionDbContext db, Viewer viewer)
    {
        var authorities = viewer.May(ViewerRights.Cases) ? viewer.Authorities.ToArray() : [];
        return from match in db.StatusMatches.AsNoTracking()
               join message in db.Messages.AsNoTracking() on match.Sequence equals message.Sequence
               where authorities.Contains(message.Authority)
                   || (message.OtherAuthorities != null && authorities.Any(a => message.OtherAuthorities.Contains(";" + a + ";")))
               select new PlacedStatus { Match = match, Message = message };
    }
}

/// <summary>A status with where it belongs.</summary>
internal sealed class PlacedStatus
{
    public required StoredStatusMatch Match { get; init; }
    public required StoredMessage Message { get; init; }
}
