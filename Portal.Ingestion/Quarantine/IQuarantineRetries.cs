using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Quarantine;

/// <summary>Progress of a retry of several rows.</summary>
/// <param name="StartedAt">UTC.</param>
/// <param name="StartedBy">Name of the person who started it.</param>
/// <param name="Total">Number of rows selected at the start that the viewer may see.</param>
/// <param name="Kept">Tried, and still in quarantine.</param>
/// <param name="Gone">No longer in quarantine when their turn came: retried by someone else or erased.</param>
/// <param name="StoppedBy">Name of the person who stopped it; null when nobody did.</param>
/// <param name="FinishedAt">UTC; null while it runs.</param>
/// <param name="WaitsFor">Why messages cannot be stored now, in Danish; null when they can, or when it is finished.</param>
public sealed record RetrySummary(
    string Id, DateTimeOffset StartedAt, string StartedBy, int Total, int Accepted, int Repeated, int Kept, int Gone, string? StoppedBy,
    DateTimeOffset? FinishedAt, string? WaitsFor)
{
    /// <summary>Number of rows that have been tried.</summary>
    public int Tried => Accepted + Repeated + Kept + Gone;

    /// <summary>Not tried, since an earlier step of the same cause failed for that cause again; they are in quarantine unchanged.</summary>
    public int HeldBack { get; init; }

    /// <summary>Tried, and still in quarantine for the same cause as before.</summary>
    public int SameCause { get; init; }

    /// <summary>Name of the person who had the rows tried that were held back; null when nobody did.</summary>
    public string? ContinuedBy { get; init; }
}

/// <summary>The outcome of one row.</summary>
/// <param name="Outcome"><c>accepted</c>, <c>repeated</c>, <c>quarantined</c>, <c>gone</c>; null when not yet tried.</param>
/// <param name="Detail">Why it is still in quarantine.</param>
/// <param name="BeskedId">The message it became.</param>
/// <param name="ReceivedAt">UTC, when its bytes were received; null when the row has been erased.</param>
public sealed record RetryItem(
    int Position, string QuarantineId, string? Outcome, string? Detail, string? BeskedId, DateTimeOffset? ReceivedAt);

/// <summary>
/// Retries many rows of the quarantine in the background: the set is fixed at the start, the work continues when the page is closed and
/// after a restart. Of each cause one row is tried, then five, fifty and the rest; when one stays for the same cause, the later steps of
/// that cause are held back. A retry never deletes a row.
/// </summary>
public interface IQuarantineRetries
{
    /// <summary>Starts a retry and returns its id. Null when the viewer may not operate, or sees no row of the selection.</summary>
    [Demands(ViewerRights.Quarantine | ViewerRights.Administer)]
    Task<string?> StartAsync(Viewer viewer, QuarantineSelection selection, CancellationToken cancellationToken);

    /// <summary>
    /// Stops it before the next row. False when the viewer may not operate or sees no such retry, or it is stopped or finished already.
    /// </summary>
    [Demands(ViewerRights.Quarantine | ViewerRights.Administer)]
    Task<bool> StopAsync(Viewer viewer, string id, CancellationToken cancellationToken);

    /// <summary>
    /// Tries the rows that a finished retry held back, in one go. False when the viewer may not operate, or nothing was held back that it
    /// sees.
    /// </summary>
    [Demands(ViewerRights.Quarantine | ViewerRights.Administer)]
    Task<bool> ContinueAsync(Viewer viewer, string id, CancellationToken cancellationToken);

    /// <summary>The latest retries, newest first, counted over the rows that the viewer may see.</summary>
    [Demands(ViewerRights.Quarantine)]
    Task<IReadOnlyList<RetrySummary>> ListAsync(Viewer viewer, int most, CancellationToken cancellationToken);

    /// <summary>
    /// The rows of a retry in the order in which they are tried, from the position after <paramref name="after"/> (0: from the first).
    /// </summary>
    [Demands(ViewerRights.Quarantine)]
    Task<IReadOnlyList<RetryItem>> ItemsAsync(Viewer viewer, string id, int after, int limit, CancellationToken cancellationToken);
}
