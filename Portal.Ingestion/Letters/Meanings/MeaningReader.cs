using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Letters.Meanings;

/// <summary>
/// Reads the meanings in force. Whoever stores verdicts reads them in the same transaction as the number of the rules, so that a verdict is
/// never kept under rules that did not give it; the tables have some twenty rows.
/// </summary>
internal static class MeaningReader
{
    /// <summary>What decides verdicts; senders and carriers are left out.</summary>
    public static async Task<EffectiveMeanings> RulesAsync(
        IngestionDbContext db, PortalSettings settings, CancellationToken cancellationToken) =>
        EffectiveMeanings.Of(
            await db.StatusMeanings.AsNoTracking().ToListAsync(cancellationToken), [], [], settings.PostEventCodes);

    /// <summary>Everything.</summary>
    public static async Task<EffectiveMeanings> AllAsync(
        IngestionDbContext db, PortalSettings settings, CancellationToken cancellationToken) =>
        EffectiveMeanings.Of(
            await db.StatusMeanings.AsNoTracking().ToListAsync(cancellationToken),
            await db.Senders.AsNoTracking().ToListAsync(cancellationToken),
            await db.Carriers.AsNoTracking().OrderBy(c => c.Id).ToListAsync(cancellationToken), settings.PostEventCodes);
}
