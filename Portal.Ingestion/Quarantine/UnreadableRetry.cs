using System.Globalization;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.Content;

namespace Portal.Ingestion.Quarantine;

/// <summary>
/// Retries a row whose stored bytes may be unreadable: such a row stays in quarantine with the reason, and the next row is tried.
/// </summary>
internal static class UnreadableRetry
{
    /// <summary>As <see cref="MessageStore.RetryAsync"/>; unreadable bytes are an outcome, not an exception.</summary>
    /// <exception cref="StorageUnavailableException">The database is out; the row stays unchanged.</exception>
    public static async Task<DeliveryOutcome?> TryAgainAsync(
        this MessageStore store, long quarantineId, CancellationToken cancellationToken)
    {
        try
        {
            return await store.RetryAsync(quarantineId, cancellationToken);
        }
        catch (UnreadableContentException)
        {
            return new DeliveryOutcome.Quarantined(
                quarantineId.ToString(CultureInfo.InvariantCulture), QuarantineReason.Failed,
                "Rækkens bytes er beskadiget eller skrevet af en nyere version og kan ikke prøves igen. Hent dem fra en sikkerhedskopi.",
                null);
        }
    }
}
