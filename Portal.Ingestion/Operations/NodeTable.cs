namespace Portal.Ingestion.Operations;

/// <summary>
/// The transports of all processes as of this process' last write to the shared table, for metrics and readiness, which must not wait for
/// the database. Thread-safe.
/// </summary>
internal sealed class NodeTable
{
    private volatile IReadOnlyList<StoredTransport> _rows = [];

    /// <summary>The rows of all processes, including this one.</summary>
    public IReadOnlyList<StoredTransport> Rows
    {
        get => _rows;
        set => _rows = value;
    }

    /// <summary>
    /// True when this process has not written recently, as during an outage of the database: then the state of the others is unknown.
    /// </summary>
    /// <param name="own">This process' id.</param>
    /// <param name="now">UTC.</param>
    public bool IsStale(string own, DateTimeOffset now) => !Rows.Any(r => r.Node == own && !OperationsReader.IsSilent(r, now));
}
