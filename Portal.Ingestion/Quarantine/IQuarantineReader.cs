using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.Content;
using Portal.Ingestion.Operations;

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
    Task<Page<QuarantinedMessage>> ListAsync(Viewer viewer, QuarantineReason? reason, string? cursor, int limit, CancellationToken cancellationToken);

    /// <summary>How many wait.</summary>
    Task<long> CountAsync(Viewer viewer, CancellationToken cancellationToken);

    /// <summary>The exact bytes; null when the viewer sees no such row.</summary>
    /// <exception cref="UnreadableContentException">They are kept, but cannot be read.</exception>
    Task<byte[]?> ReadBytesAsync(Viewer viewer, string id, CancellationToken cancellationToken);

    /// <summary>Tries the bytes again. Accepted or repeated: the row is gone from the list. Null when the viewer sees no such row or may not operate.</summary>
    Task<DeliveryOutcome?> RetryAsync(Viewer viewer, string id, CancellationToken cancellationToken);
}

/// <summary>The reasons' names on the wire.</summary>
public static class QuarantineReasons
{
    /// <summary><c>missing-id</c> for <see cref="QuarantineReason.MissingId"/>, and so on.</summary>
    public static string ToWire(this QuarantineReason reason) => reason switch
    {
        QuarantineReason.Malformed => "malformed",
        QuarantineReason.MissingId => "missing-id",
        QuarantineReason.MissingType => "missing-type",
        QuarantineReason.Conflict => "conflict",
        QuarantineReason.TooLarge => "too-large",
        _ => "failed",
    };

    /// <summary>The reason of that name; <see cref="QuarantineReason.Failed"/> for none of ours, such as one that a later version wrote.</summary>
    public static QuarantineReason FromWire(string? name) =>
        Enum.GetValues<QuarantineReason>().Where(r => r.ToWire() == name).DefaultIfEmpty(QuarantineReason.Failed).First();
}
