using Microsoft.EntityFrameworkCore;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Chains.Hints;
using Portal.Features.Chains.Storage;
using Portal.Ingestion.Domain;
using Portal.Platform.Storage;

namespace Portal.Features.Benefits.Keeping;

/// <summary>Reads what the current indicators define, for the hints of chains.</summary>
internal sealed class MeasuredBoxes(IDbContextFactory<PortalDbContext> contexts) : IMeasuredBoxes
{
    public Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, MeasuredBox>>> ListAsync(
        Viewer viewer, IReadOnlyCollection<string> chainIds, CancellationToken cancellationToken) =>
        StorageAccess.TryAsync<IReadOnlyDictionary<string, IReadOnlyDictionary<string, MeasuredBox>>>(async () =>
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var seen = ChainStore.Visible(db, viewer).Where(c => chainIds.Contains(c.Id)).Select(c => c.Id);
            var all = db.Set<StoredIndicator>();
            var rows = await all.AsNoTracking().Where(i => seen.Contains(i.ChainId)
                && !all.Any(later => later.ChainId == i.ChainId && later.ElementId == i.ElementId && later.Version > i.Version))
                .Select(i => new { i.ChainId, i.ElementId, i.Json }).ToListAsync(cancellationToken);
            return rows.GroupBy(r => r.ChainId, StringComparer.Ordinal).ToDictionary(
                g => g.Key, g => (IReadOnlyDictionary<string, MeasuredBox>)g
                    .Select(r => (r.ElementId, Definition: BenefitJson.Read<IndicatorDefinition>(r.Json)))
                    .Where(r => r.Definition is not null)
                    .ToDictionary(r => r.ElementId, r => Of(r.Definition!), StringComparer.Ordinal), StringComparer.Ordinal);
        });

    private static MeasuredBox Of(IndicatorDefinition indicator) => new(
        indicator.Kind != IndicatorKind.Described, !string.IsNullOrWhiteSpace(indicator.Owner), indicator.Baseline.Value is not null,
        indicator.Target is not null, indicator.FollowUpOn is not null);
}
