using Portal.Ingestion.Domain;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.Content;

namespace Portal.Ingestion.Quarantine;

/// <summary>Bytes that could not be accepted.</summary>
/// <param name="Detail">One Danish sentence; no content of the message.</param>
/// <param name="Bytes">Size of the whole, also where only a part is kept.</param>
/// <param name="Deliveries">How often the same bytes came.</param>
public sealed record QuarantinedMessage(
    string Id, QuarantineReason Reason, string Detail, string Transport, DateTimeOffset ReceivedAt, long Bytes, string? BeskedId,
    int Deliveries);

/// <summary>Reads and retries the quarantine as a viewer may.</summary>
public interface IQuarantineReader
{
    /// <summary>What waits, newest first.</summary>
    Task<Page<QuarantinedMessage>> ListAsync(
        Viewer viewer, QuarantineReason? reason, string? cursor, int limit, CancellationToken cancellationToken);

    /// <summary>How many wait.</summary>
    Task<long> CountAsync(Viewer viewer, CancellationToken cancellationToken);

    /// <summary>The exact bytes; null when the viewer sees no such row.</summary>
    /// <exception cref="UnreadableContentException">They are kept, but cannot be read.</exception>
    Task<byte[]?> ReadBytesAsync(Viewer viewer, string id, CancellationToken cancellationToken);

    /// <summary>
    /// Tries the bytes again. Accepted or repeated: the row is gone from the list. Null when the viewer sees no such row or may not
    /// operate.
    /// </summary>
    Task<DeliveryOutcome?> RetryAsync(Viewer viewer, string id, CancellationToken cancellationToken);
}
