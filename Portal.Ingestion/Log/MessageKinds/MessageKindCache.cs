using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Log.MessageKinds;

/// <summary>
/// All kinds of messages and the catalogue's types, in memory. Kinds never change, so only new ones are read; types are edited, so they are
/// read again every second. Thread-safe.
/// </summary>
/// <param name="settings">Gives the authority of rows of an unknown kind; without it they belong to nobody.</param>
public sealed class MessageKindCache(TimeProvider time, PortalSettings? settings = null)
{
    /// <summary>Further kinds are abridged, so that memory stays bounded: see <see cref="MessageKindNumbers"/>.</summary>
    public const int MaxKinds = 20_000;

    /// <summary>Beyond this number, abridged kinds included, messages share the few kinds without any text that a sender chooses.</summary>
    public const int MaxAbridged = 30_000;

    /// <summary>Beyond this number, new unknown types share one row of the catalogue.</summary>
    public const int MaxTypes = 1_000;

    private static readonly TimeSpan TypesStay = TimeSpan.FromSeconds(1);
    private readonly Lock _lock = new();
    private MessageKindSnapshot _kinds = MessageKindSnapshot.Empty(settings?.Cvr[0] ?? "");
    private long _typesReadAt;

    /// <summary>The kinds in the database now. Rows of a higher kind were written later and must not be read with this snapshot.</summary>
    public async Task<MessageKindSnapshot> ReadAsync(IngestionDbContext db, CancellationToken cancellationToken)
    {
        var known = Volatile.Read(ref _kinds);
        var last = known.Last;
        var fresh = await db.MessageKinds.AsNoTracking().Where(k => k.Id > last).Where(StoredMessageKind.IsUsable).OrderBy(k => k.Id)
            .ToListAsync(cancellationToken);
        var readAt = time.GetTimestamp();
        if (fresh.Count == 0 && last > 0 && time.GetElapsedTime(Interlocked.Read(ref _typesReadAt), readAt) < TypesStay) return known;

        var types = await db.Beskedtyper.AsNoTracking().ToDictionaryAsync(t => t.Beskedtype, cancellationToken);
        lock (_lock)
        {
            // Another thread may have read newer kinds meanwhile: they are kept.
            if (_kinds.Last >= last) _kinds = _kinds.With(fresh.Where(k => k.Id > _kinds.Last), types);
            Interlocked.Exchange(ref _typesReadAt, readAt);
            return _kinds;
        }
    }

    /// <summary>Called when types were edited in this process: the next read gets them.</summary>
    public void ForgetTypes() => Interlocked.Exchange(ref _typesReadAt, 0);
}
