using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Retention;

/// <summary>How many rows an erasure would delete.</summary>
/// <param name="Held">Expired statuses that stay because their case is on hold.</param>
public sealed record ErasureCounts(long Letters, long EvidenceMessages, long OtherMessages, long Quarantined, long Held);

/// <summary>Counts what erasing would delete, without deleting anything.</summary>
public interface IRetentionForecast
{
    /// <summary>
    /// What an erasure at <paramref name="at"/> would delete; null for a viewer without <see cref="ViewerRights.Operate"/>. Counts all
    /// authorities, since the operator erases for all.
    /// </summary>
    [Demands(ViewerRights.Operate)]
    Task<ErasureCounts?> CountAsync(Viewer viewer, DateTimeOffset at, CancellationToken cancellationToken);
}

/// <summary>Counts by the same conditions as the eraser.</summary>
internal sealed class RetentionForecast(
    IDbContextFactory<IngestionDbContext> contexts, IHeldCases held, PortalSettings settings) : IRetentionForecast
{
    /// <inheritdoc />
    public async Task<ErasureCounts?> CountAsync(Viewer viewer, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (!viewer.MayCall<IRetentionForecast>()) return null;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rules = settings.Retention;
        var expired = RetentionQueries.Letters(db, rules.EvidenceBefore(at));
        var letters = await expired.GroupBy(l => new { l.Authority, l.CaseNumber })
            .Select(g => new { g.Key.Authority, g.Key.CaseNumber, Count = g.LongCount() }).ToListAsync(cancellationToken);
        var statuses = await expired.Join(
            db.StatusMatches, l => (long?)l.Key, s => s.LetterKey, (l, s) => new { l.Authority, l.CaseNumber })
            .GroupBy(l => new { l.Authority, l.CaseNumber }).Select(g => new { g.Key.Authority, g.Key.CaseNumber, Count = g.LongCount() })
            .ToListAsync(cancellationToken);
        var holds = await held.ReadAsync(db, cancellationToken);
        var stays = statuses.Where(c => holds.Contains(new CaseKey(c.Authority, c.CaseNumber))).Sum(c => c.Count);
        return new ErasureCounts(
            letters.Where(c => !holds.Contains(new CaseKey(c.Authority, c.CaseNumber))).Sum(c => c.Count),
            statuses.Sum(c => c.Count) - stays,
            await RetentionQueries.Others(db, rules.OtherBefore(at)).LongCountAsync(cancellationToken),
            await RetentionQueries.Quarantine(db, rules.QuarantineBefore(at)).LongCountAsync(cancellationToken),
            stays);
    }
}
