using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Access;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Messages;

/// <summary>Turns a viewer into the condition that every query of messages carries (DOMAIN §4). There is no read of messages without it.</summary>
internal static class ViewerFilter
{
    /// <summary>Messages of the viewer's authorities and types, when it has <paramref name="rights"/>; none otherwise.</summary>
    public static IQueryable<StoredMessage> Messages(IngestionDbContext db, Viewer viewer, ViewerRights rights = ViewerRights.Messages) =>
        OfTypes(db, OfAuthorities(db, viewer, rights), viewer.Types);

    /// <summary>Messages of the viewer's authorities, of any type: for counts that name nothing else.</summary>
    public static IQueryable<StoredMessage> OfAuthorities(IngestionDbContext db, Viewer viewer, ViewerRights rights)
    {
        var authorities = viewer.May(rights) ? viewer.Authorities.ToArray() : [];
        if (authorities is [var only])
        {
            var among = $";{only};";
            return db.Messages.AsNoTracking().Where(m => m.Authority == only || (m.OtherAuthorities != null && m.OtherAuthorities.Contains(among)));
        }

        return db.Messages.AsNoTracking().Where(m =>
            authorities.Contains(m.Authority) || (m.OtherAuthorities != null && authorities.Any(a => m.OtherAuthorities.Contains(";" + a + ";"))));
    }

    private static IQueryable<StoredMessage> OfTypes(IngestionDbContext db, IQueryable<StoredMessage> messages, TypeScope types)
    {
        if (types.All) return messages;
        var granted = types.Granted.Select(g => Identifier.Normalise(g) ?? "").ToArray();
        var named = db.Beskedtyper.Where(t => granted.Contains(t.Beskedtype) || granted.Contains(t.Name)).Select(t => t.Beskedtype);
        if (!types.OpenTypes) return messages.Where(m => named.Contains(m.Beskedtype));

        var open = db.Beskedtyper.Where(t => !t.Confidential).Select(t => t.Beskedtype);
        return messages.Where(m => named.Contains(m.Beskedtype) || (!m.Classified && open.Contains(m.Beskedtype)));
    }
}
