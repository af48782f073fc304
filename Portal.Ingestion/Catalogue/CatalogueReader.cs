using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Access;
using Portal.Ingestion.Messages;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Catalogue;

/// <summary>The catalogue of message types with the volumes that a viewer may count.</summary>
internal sealed class CatalogueReader(IDbContextFactory<IngestionDbContext> contexts, TimeProvider time) : ICatalogue
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<CatalogueType>> ListAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        if (!viewer.May(ViewerRights.Catalogue)) return [];
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var yesterday = time.GetUtcNow() - TimeSpan.FromDays(1);
        var types = await db.Beskedtyper.AsNoTracking().ToListAsync(cancellationToken);
        var volumes = await ViewerFilter.OfAuthorities(db, viewer, ViewerRights.Catalogue)
            .GroupBy(m => m.Beskedtype)
            .Select(g => new { Beskedtype = g.Key, Total = g.LongCount(), LastDay = g.LongCount(m => m.ReceivedAt >= yesterday), First = g.Min(m => m.ReceivedAt), Last = g.Max(m => m.ReceivedAt) })
            .ToDictionaryAsync(v => v.Beskedtype, cancellationToken);
        return
        [
            .. types
                .Where(t => t.Known || volumes.ContainsKey(t.Beskedtype)) // A type that came for other authorities only does not exist for this one.
                .Select(t => volumes.TryGetValue(t.Beskedtype, out var v)
                    ? new CatalogueType(t.Beskedtype, t.Name, t.Tells, t.Known, t.Confidential, v.Total, v.LastDay, v.First, v.Last)
                    : new CatalogueType(t.Beskedtype, t.Name, t.Tells, t.Known, t.Confidential, 0, 0, null, null))
                .OrderByDescending(t => t.Known).ThenByDescending(t => t.Total).ThenBy(t => t.Name, StringComparer.Ordinal).ThenBy(t => t.Beskedtype, StringComparer.Ordinal),
        ];
    }
}
