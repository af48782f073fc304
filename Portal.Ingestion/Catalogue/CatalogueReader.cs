using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.MessageKinds;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Catalogue;

/// <summary>Reads the catalogue of message types with the volumes that a viewer may count.</summary>
internal sealed class CatalogueReader(
    IDbContextFactory<IngestionDbContext> contexts, MessageKindCache kindCache, TimeProvider time) : ICatalogue
{
    private sealed record Span(int Kind, DateTimeOffset? First, DateTimeOffset? Last);

    /// <inheritdoc />
    public async Task<IReadOnlyList<CatalogueType>> ListAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        if (!viewer.MayCall<ICatalogue>()) return [];
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var kinds = await kindCache.ReadAsync(db, cancellationToken);
        var types = await db.Beskedtyper.AsNoTracking().ToListAsync(cancellationToken);
        var ids = kinds.OfAuthorities(viewer, ViewerRights.Catalogue).Ids;
        var total = await TotalAsync(db, ids, cancellationToken);
        var lastDay = await LastDayAsync(db, ids, cancellationToken);

        // Reads the index by kind only at each end, however many messages are between.
        var spans = (await db.MessageKinds.Where(k => EF.Parameter(ids).Contains(k.Id)).Select(k => new Span(
                k.Id,
                db.Messages.Where(m => m.Kind == k.Id).OrderBy(m => m.Sequence).Select(m => (DateTimeOffset?)m.ReceivedAt).FirstOrDefault(),
                db.Messages.Where(m => m.Kind == k.Id).OrderByDescending(m => m.Sequence).Select(m => (DateTimeOffset?)m.ReceivedAt)
                    .FirstOrDefault()))
            .ToListAsync(cancellationToken)).ToLookup(s => kinds[s.Kind].Beskedtype);
        return
        [
            .. types
                // A type that only other authorities have received is not listed.
                .Where(t => t.Known || spans.Contains(t.Beskedtype))
                .Select(t => new CatalogueType(
                    t.Beskedtype, t.Name, t.Tells, t.Known, t.Confidential, spans[t.Beskedtype].Sum(s => total.GetValueOrDefault(s.Kind)),
                    spans[t.Beskedtype].Sum(s => lastDay.GetValueOrDefault(s.Kind)),
                    spans[t.Beskedtype].Min(s => s.First), spans[t.Beskedtype].Max(s => s.Last)))
                .OrderByDescending(t => t.Known).ThenByDescending(t => t.Total).ThenBy(t => t.Name, StringComparer.Ordinal)
                .ThenBy(t => t.Beskedtype, StringComparer.Ordinal),
        ];
    }

    private static Task<Dictionary<int, long>> TotalAsync(IngestionDbContext db, int[] kinds, CancellationToken cancellationToken) =>
        HoursAsync(db, kinds, 0, cancellationToken);

    // Whole hours from the volumes, the part of the first hour from the messages.
    private async Task<Dictionary<int, long>> LastDayAsync(IngestionDbContext db, int[] kinds, CancellationToken cancellationToken)
    {
        var from = time.GetUtcNow() - TimeSpan.FromDays(1);
        var hour = VolumeTally.BucketOf(from, VolumeTally.Hour) + 1;
        var whole = await HoursAsync(db, kinds, hour, cancellationToken);
        var next = new DateTimeOffset(hour * VolumeTally.Hour * TimeSpan.TicksPerSecond, TimeSpan.Zero);
        var edge = await db.Messages.Where(m => m.ReceivedAt >= from && m.ReceivedAt < next && EF.Parameter(kinds).Contains(m.Kind + 0))
            .GroupBy(m => m.Kind).Select(g => new { g.Key, Count = g.LongCount() }).ToListAsync(cancellationToken);
        foreach (var part in edge) whole[part.Key] = whole.GetValueOrDefault(part.Key) + part.Count;
        return whole;
    }

    private static Task<Dictionary<int, long>> HoursAsync(
        IngestionDbContext db, int[] kinds, long from, CancellationToken cancellationToken) => db.Volumes
            .Where(v => v.Span == VolumeTally.Hour && v.Bucket >= from && EF.Parameter(kinds).Contains(v.Kind))
            .GroupBy(v => v.Kind).Select(g => new { g.Key, Count = g.Sum(v => v.Count) })
            .ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
}
