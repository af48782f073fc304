using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Quarantine;

/// <summary>How far a retry of several rows has come.</summary>
/// <param name="StartedAt">UTC.</param>
/// <param name="StartedBy">The name of who started it.</param>
/// <param name="Total">How many rows: those that was there at the click, and that the viewer may see.</param>
/// <param name="Kept">Tried, and still in quarantine.</param>
/// <param name="Gone">No longer in quarantine when their turn came: tried by someone else meanwhile.</param>
/// <param name="StoppedBy">Who asked for it to stop; null when nobody did.</param>
/// <param name="FinishedAt">UTC; null while it runs.</param>
/// <param name="WaitsFor">Why it waits now, in Danish; null when it does not.</param>
public sealed record RetrySummary(
    string Id, DateTimeOffset StartedAt, string StartedBy, int Total, int Accepted, int Repeated, int Kept, int Gone, string? StoppedBy,
    DateTimeOffset? FinishedAt, string? WaitsFor)
{
    /// <summary>How many have been tried.</summary>
    public int Tried => Accepted + Repeated + Kept + Gone;
}

/// <summary>What came of one row.</summary>
/// <param name="Outcome"><c>accepted</c>, <c>repeated</c>, <c>quarantined</c>, <c>gone</c>; null when not yet tried.</param>
/// <param name="Detail">Why it is still in quarantine.</param>
/// <param name="BeskedId">The message it became.</param>
/// <param name="ReceivedAt">UTC, when its bytes came; null when they are no longer kept.</param>
public sealed record RetryItem(
    int Position, string QuarantineId, string? Outcome, string? Detail, string? BeskedId, DateTimeOffset? ReceivedAt);

/// <summary>
/// Tries many rows of the quarantine again, on the server: the set is frozen at the start, the work continues when the page is closed and
/// after a restart, and every row has an outcome. Nothing is ever deleted by it.
/// </summary>
public interface IQuarantineRetries
{
    /// <summary>Starts; gives the retry's id. Null when the viewer may not operate, or no row that it may see is meant.</summary>
    Task<string?> StartAsync(Viewer viewer, QuarantineSelection selection, CancellationToken cancellationToken);

    /// <summary>Asks it to stop before the next row. False when there is no such retry for the viewer, or it is over.</summary>
    Task<bool> StopAsync(Viewer viewer, string id, CancellationToken cancellationToken);

    /// <summary>The latest retries, newest first, counted over the rows that the viewer may see.</summary>
    Task<IReadOnlyList<RetrySummary>> ListAsync(Viewer viewer, int most, CancellationToken cancellationToken);

    /// <summary>The rows of a retry in the order in which they are tried, after <paramref name="after"/> (0 for the first).</summary>
    Task<IReadOnlyList<RetryItem>> ItemsAsync(Viewer viewer, string id, int after, int limit, CancellationToken cancellationToken);
}
