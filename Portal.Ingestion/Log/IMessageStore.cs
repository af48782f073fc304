using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Log;

/// <summary>Appends to the message log.</summary>
public interface IMessageStore
{
    /// <summary>
    /// Appends a batch in one durable transaction; one outcome a delivery, in order. A batch that fails is tried one by one, and what
    /// cannot be stored even so is kept in quarantine as <c>failed</c>: one bad message never takes its batch with it.
    /// </summary>
    /// <exception cref="StorageUnavailableException">The database takes nothing now; nothing of the batch may be acknowledged.</exception>
    Task<IReadOnlyList<DeliveryOutcome>> AppendAsync(IReadOnlyList<ReadDelivery> batch, CancellationToken cancellationToken);

    /// <summary>
    /// Tries a quarantined delivery again. Accepted or repeated, its row is resolved; otherwise the row keeps the new reason. Null when no
    /// such row waits.
    /// </summary>
    /// <exception cref="StorageUnavailableException">The database takes nothing now; the row stays as it is.</exception>
    Task<DeliveryOutcome?> RetryAsync(long quarantineId, CancellationToken cancellationToken);
}
