namespace Portal.Ingestion.Operations;

/// <summary>
/// The transports of all processes as they was in the shared table at this process' last write, for metrics and readiness, which must not
/// wait for the database. Thread-safe.
/// </summary>
internal sealed class NodeTable
{
    private volatile IReadOnlyList<StoredTransport> _rows = [];

    /// <summary>The rows, other processes' and this one's.</summary>
    public IReadOnlyList<StoredTransport> Rows
    {
        get => _rows;
        set => _rows = value;
    }

    /// <summary>
    /// True when this process has not written lately, as while the database is away: then nobody could, and nothing is known of the others.
    /// </summary>
    /// <param name="own">This process' id.</param>
    /// <param name="now">UTC.</param>
    public bool IsStale(string own, DateTimeOffset now) => !Rows.Any(r => r.Node == own && !OperationsReader.IsSilent(r, now));
}
