namespace Portal.Ingestion.Operations;

/// <summary>
/// The transports of all processes as they stood in the shared table at this process' last write, for metrics and readiness, which must not wait for the
/// database. Thread-safe.
/// </summary>
internal sealed class NodeTable
{
    private volatile IReadOnlyList<StoredDoor> _rows = [];

    /// <summary>The rows, other processes' and this one's.</summary>
    public IReadOnlyList<StoredDoor> Rows
    {
        get => _rows;
        set => _rows = value;
    }
}
