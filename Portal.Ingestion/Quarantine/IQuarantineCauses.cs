using System.Security.Cryptography;
using System.Text;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Log;

namespace Portal.Ingestion.Quarantine;

/// <summary>All waiting rows with the same reason and detail, counted over the whole quarantine.</summary>
/// <param name="Detail">One Danish sentence; no content of the message.</param>
/// <param name="FirstAt">When the first of them was received, UTC.</param>
/// <param name="LastAt">When the latest was received, UTC.</param>
/// <param name="Transports">The transports that delivered them, the most frequent first, at most five.</param>
/// <param name="Authorities">The authorities that they belong to (CVR), the most frequent first, at most five.</param>
public sealed record QuarantineCause(
    QuarantineReason Reason, string Detail, long Count, DateTimeOffset FirstAt, DateTimeOffset LastAt, IReadOnlyList<string> Transports,
    IReadOnlyList<string> Authorities)
{
    private const int KeyBytes = 6;

    /// <summary>A short id of the cause, derived from its reason and detail; safe in a URL.</summary>
    public string Key { get; } = KeyOf(Reason, Detail);

    /// <summary>The id of the cause with this reason and detail.</summary>
    public static string KeyOf(QuarantineReason reason, string detail) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{reason.ToWire()}\n{detail}")).AsSpan(0, KeyBytes));
}

/// <summary>A filter for rows of the quarantine. Without values: all waiting rows.</summary>
public sealed record QuarantineSelection
{
    /// <summary>Only rows with this reason.</summary>
    public QuarantineReason? Reason { get; init; }

    /// <summary>Only rows with exactly this detail, which with <see cref="Reason"/> makes a cause.</summary>
    public string? Detail { get; init; }

    /// <summary>Only these rows.</summary>
    public IReadOnlyCollection<string>? Ids { get; init; }

    /// <summary>Closed rows instead of waiting ones.</summary>
    public bool Closed { get; init; }

    /// <summary>Rows of held causes instead of waiting ones.</summary>
    public bool Held { get; init; }
}

/// <summary>A row, with its closing if it is closed.</summary>
/// <param name="ClosedAt">UTC; null for a waiting row.</param>
/// <param name="ClosedBy">The closer's name.</param>
/// <param name="Why">The closer's reason.</param>
public sealed record QuarantineEntry(
    QuarantinedMessage Message, DateTimeOffset? ClosedAt = null, string? ClosedBy = null, string? Why = null);

/// <summary>
/// Groups the quarantine by cause, and closes rows that need no more work, for example because the sender sent a corrected message.
/// </summary>
public interface IQuarantineCauses
{
    /// <summary>The longest reason for a closing, in UTF-16 code units; the rest is cut off.</summary>
    const int LongestWhy = 500;

    /// <summary>The causes of all waiting rows, the most frequent first; held causes are <see cref="IQuarantineHolds"/>'.</summary>
    [Demands(ViewerRights.Quarantine)]
    Task<IReadOnlyList<QuarantineCause>> CausesAsync(Viewer viewer, CancellationToken cancellationToken);

    /// <summary>Rows of a selection, newest first. <paramref name="limit"/> is clamped to 1–1000.</summary>
    [Demands(ViewerRights.Quarantine)]
    Task<Page<QuarantineEntry>> ListAsync(
        Viewer viewer, QuarantineSelection selection, string? cursor, int limit, CancellationToken cancellationToken);

    /// <summary>Number of closed rows.</summary>
    [Demands(ViewerRights.Quarantine)]
    Task<long> CountClosedAsync(Viewer viewer, CancellationToken cancellationToken);

    /// <summary>
    /// Closes the rows of a selection that wait at the time of the call; returns how many. Closed rows are kept until retention erases
    /// them; a row whose bytes are delivered again waits again. 0 when the viewer may not operate or <paramref name="why"/> is empty.
    /// </summary>
    [Demands(ViewerRights.Quarantine | ViewerRights.Administer)]
    Task<int> CloseAsync(Viewer viewer, QuarantineSelection selection, string why, CancellationToken cancellationToken);

    /// <summary>Reopens closed rows; returns how many.</summary>
    [Demands(ViewerRights.Quarantine | ViewerRights.Administer)]
    Task<int> ReopenAsync(Viewer viewer, IReadOnlyCollection<string> ids, CancellationToken cancellationToken);
}
