using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.Content;
using Portal.Ingestion.Operations;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Quarantine;

/// <summary>Reads and retries quarantined deliveries within the viewer's rights.</summary>
internal sealed class QuarantineReader(
    IDbContextFactory<IngestionDbContext> contexts, ContentReader contents, MessageStore store, LogSignal signal, TimeProvider time)
    : IQuarantineReader
{
    private const int MaxLimit = 1000;

    /// <inheritdoc />
    public async Task<Page<QuarantinedMessage>> ListAsync(
        Viewer viewer, QuarantineReason? reason, string? cursor, int limit, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        limit = Math.Clamp(limit, 1, MaxLimit);
        var waiting = Open(db, viewer);
        if (reason is { } wanted)
        {
            var name = wanted.ToWire();
            waiting = waiting.Where(q => q.Reason == name);
        }

        if (!string.IsNullOrEmpty(cursor))
        {
            var before = ParseId(cursor) ?? throw new FormatException("The cursor is not one of ours.");
            waiting = waiting.Where(q => q.Id < before);
        }

        var rows = await RowsAsync(waiting, limit + 1, cancellationToken);
        var page = rows.Take(limit).ToList();
        return new Page<QuarantinedMessage>(page, rows.Count > limit ? page[^1].Id : null);
    }

    /// <inheritdoc />
    public async Task<long> CountAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Waiting(db, viewer, time.GetUtcNow()).LongCountAsync(cancellationToken);
    }

    /// <inheritdoc />
    public async Task<byte[]?> ReadBytesAsync(Viewer viewer, string id, CancellationToken cancellationToken)
    {
        if (!viewer.MayCall<IQuarantineReader>() || ParseId(id) is not { } key) return null;
        viewer = viewer.WhereMayCall<IQuarantineReader>();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await Kept(db, viewer).Where(q => q.Id == key).Select(q => new { q.Encoding, q.Content })
            .SingleOrDefaultAsync(cancellationToken);
        return row is null ? null : await contents.DecompressAsync(db, row.Encoding, row.Content, cancellationToken);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<QuarantineTrace>> FindAsync(
        Viewer viewer, string beskedId, int most, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var id = Identifier.Normalise(beskedId) ?? beskedId;
        var found = Seen(db.Quarantine.AsNoTracking().Where(q => q.BeskedId == id || q.BeskedId == beskedId), viewer);
        var rows = await RowsAsync(found, Math.Clamp(most, 1, MaxLimit), cancellationToken);
        if (rows.Count == 0) return [];
        long[] keys = [.. rows.Select(r => ParseId(r.Id)!.Value)];
        var resolved = await found.Where(q => EF.Parameter(keys).Contains(q.Id) && q.ResolvedAt != null)
            .ToDictionaryAsync(q => q.Id, q => q.ResolvedAt, cancellationToken);
        var closed = await Closed(db, viewer).Where(q => EF.Parameter(keys).Contains(q.Id)).Select(q =>
            q.Id).ToListAsync(cancellationToken);
        var held = await Held(db, viewer, time.GetUtcNow()).Where(q => EF.Parameter(keys).Contains(q.Id)).Select(q => q.Id)
            .ToListAsync(cancellationToken);
        return [.. rows.Zip(keys, (row, key) =>
            new QuarantineTrace(row, resolved.GetValueOrDefault(key), closed.Contains(key), held.Contains(key)))];
    }

    /// <inheritdoc />
    public async Task<DeliveryOutcome?> RetryAsync(Viewer viewer, string id, CancellationToken cancellationToken)
    {
        if (!viewer.MayCall<IQuarantineReader>() || ParseId(id) is not { } key) return null;
        viewer = viewer.WhereMayCall<IQuarantineReader>();
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            if (!await Kept(db, viewer).AnyAsync(q => q.Id == key, cancellationToken)) return null;
        }

        var outcome = await store.TryAgainAsync(key, cancellationToken);
        signal.Raise();
        return outcome;
    }

    /// <summary>Rows that are neither resolved nor closed, of all authorities.</summary>
    internal static IQueryable<QuarantinedContent> Open(IngestionDbContext db) =>
        db.Quarantine.AsNoTracking()
            .Where(q => q.ResolvedAt == null && !db.QuarantineClosings.Any(c => c.QuarantineId == q.Id && c.Deliveries >= q.Deliveries));

    /// <summary>Open rows that the viewer may see.</summary>
    internal static IQueryable<QuarantinedContent> Open(IngestionDbContext db, Viewer viewer) => Seen(Open(db), viewer);

    /// <summary>Open rows whose cause is not held at <paramref name="now"/> (UTC), of all authorities.</summary>
    internal static IQueryable<QuarantinedContent> Waiting(IngestionDbContext db, DateTimeOffset now)
    {
        var holds = QuarantineHolds.InForce(db, now);
        return Open(db).Where(q => !holds.Any(h => h.Authority == q.Authority && h.Reason == q.Reason && h.Detail == q.Detail));
    }

    /// <summary>Waiting rows that the viewer may see.</summary>
    internal static IQueryable<QuarantinedContent> Waiting(IngestionDbContext db, Viewer viewer, DateTimeOffset now) =>
        Seen(Waiting(db, now), viewer);

    /// <summary>Open rows that the viewer may see and whose cause is held at <paramref name="now"/>.</summary>
    internal static IQueryable<QuarantinedContent> Held(IngestionDbContext db, Viewer viewer, DateTimeOffset now)
    {
        var holds = QuarantineHolds.InForce(db, now);
        return Open(db, viewer).Where(q => holds.Any(h => h.Authority == q.Authority && h.Reason == q.Reason && h.Detail == q.Detail));
    }

    /// <summary>Closed rows whose bytes have not been delivered again since.</summary>
    internal static IQueryable<QuarantinedContent> Closed(IngestionDbContext db, Viewer viewer) =>
        Kept(db, viewer).Where(q => db.QuarantineClosings.Any(c => c.QuarantineId == q.Id && c.Deliveries >= q.Deliveries));

    /// <summary>The rows of a selection that the viewer may see.</summary>
    internal static IQueryable<QuarantinedContent> Of(
        IngestionDbContext db, Viewer viewer, QuarantineSelection selection, DateTimeOffset now)
    {
        var rows = selection.Closed ? Closed(db, viewer) : selection.Held ? Held(db, viewer, now) : Waiting(db, viewer, now);
        if (selection.Reason is { } reason)
        {
            var name = reason.ToWire();
            rows = rows.Where(q => q.Reason == name);
        }

        if (selection.Detail is { } detail) rows = rows.Where(q => q.Detail == detail);
        if (selection.Ids is not { } ids) return rows;
        var keys = ids.Select(ParseId).OfType<long>().Distinct().ToArray();
        return rows.Where(q => EF.Parameter(keys).Contains(q.Id));
    }

    /// <summary>The newest of these rows, with masked BeskedIds.</summary>
    internal static async Task<List<QuarantinedMessage>> RowsAsync(
        IQueryable<QuarantinedContent> rows, int most, CancellationToken cancellationToken)
    {
        var read = await rows.OrderByDescending(q => q.Id).Take(most)
            .Select(q => new { q.Id, q.Reason, q.Detail, q.Transport, q.ReceivedAt, q.Bytes, q.BeskedId, q.Deliveries })
            .ToListAsync(cancellationToken);
        return [.. read.Select(q => new QuarantinedMessage(
            q.Id.ToString(CultureInfo.InvariantCulture), ReasonOf(q.Reason), q.Detail, q.Transport, q.ReceivedAt, q.Bytes,
            XmlMasking.MaskIdentifier(q.BeskedId), q.Deliveries))];
    }

    internal static QuarantineReason ReasonOf(string wire) => QuarantineReasons.FromWire(wire);

    private static IQueryable<QuarantinedContent> Kept(IngestionDbContext db, Viewer viewer) =>
        Seen(db.Quarantine.AsNoTracking().Where(q => q.ResolvedAt == null), viewer);

    private static IQueryable<QuarantinedContent> Seen(IQueryable<QuarantinedContent> rows, Viewer viewer)
    {
        var authorities = viewer.AuthoritiesOf(ViewerRights.Quarantine);
        return rows.Where(q => authorities.Contains(q.Authority));
    }

    internal static long? ParseId(string id) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var key) ? key : null;
}
