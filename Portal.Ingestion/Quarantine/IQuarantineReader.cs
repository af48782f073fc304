using Portal.Ingestion.Domain;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.Content;

namespace Portal.Ingestion.Quarantine;

/// <summary>A delivery in quarantine.</summary>
/// <param name="Detail">One Danish sentence; no content of the message.</param>
/// <param name="Bytes">Size of the whole message, also where only its first bytes are kept.</param>
/// <param name="Deliveries">How often the same bytes were delivered.</param>
public sealed record QuarantinedMessage(
    string Id, QuarantineReason Reason, string Detail, string Transport, DateTimeOffset ReceivedAt, long Bytes, string? BeskedId,
    int Deliveries);

/// <summary>A row of the quarantine that has been searched for.</summary>
/// <param name="ResolvedAt">UTC, when it was received by a retry; null while it is in quarantine.</param>
/// <param name="Closed">Closed by hand.</param>
/// <param name="Held">Its cause is held.</param>
public sealed record QuarantineTrace(QuarantinedMessage Message, DateTimeOffset? ResolvedAt, bool Closed, bool Held);

/// <summary>Reads and retries quarantined deliveries within the viewer's rights.</summary>
public interface IQuarantineReader
{
    /// <summary>The rows that are neither resolved nor closed, those of held causes included, newest first.</summary>
    [Demands(ViewerRights.Quarantine)]
    Task<Page<QuarantinedMessage>> ListAsync(
        Viewer viewer, QuarantineReason? reason, string? cursor, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// The newest rows of a BeskedId, closed and held ones included. Rows that could be read in so far as to have an id have one; of others
    /// nothing is known.
    /// </summary>
    [Demands(ViewerRights.Quarantine)]
    Task<IReadOnlyList<QuarantineTrace>> FindAsync(Viewer viewer, string beskedId, int most, CancellationToken cancellationToken);

    /// <summary>Number of waiting rows; those of held causes are not counted.</summary>
    [Demands(ViewerRights.Quarantine)]
    Task<long> CountAsync(Viewer viewer, CancellationToken cancellationToken);

    /// <summary>The exact bytes; null when the viewer sees no such row.</summary>
    /// <exception cref="UnreadableContentException">The stored bytes are damaged.</exception>
    [Demands(ViewerRights.Quarantine | ViewerRights.ExactBytes)]
    Task<byte[]?> ReadBytesAsync(Viewer viewer, string id, CancellationToken cancellationToken);

    /// <summary>
    /// Tries the bytes again. If they are accepted or a repeat, the row leaves the quarantine. Null when the viewer sees no such row or may
    /// not operate.
    /// </summary>
    [Demands(ViewerRights.Quarantine | ViewerRights.Administer)]
    Task<DeliveryOutcome?> RetryAsync(Viewer viewer, string id, CancellationToken cancellationToken);
}
