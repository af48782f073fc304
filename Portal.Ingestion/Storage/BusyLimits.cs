namespace Portal.Ingestion.Storage;

/// <summary>
/// How long a database may be busy (locked, behind others' writes) before what waits for it is refused, the same on SQLite and PostgreSQL.
/// </summary>
public static class BusyLimits
{
    /// <summary>
    /// So long a pushed delivery waits to be stored; then its sender is told to come again: within 30 s, which is as long as
    /// the sender waits.
    /// </summary>
    public static readonly TimeSpan Delivery = TimeSpan.FromSeconds(25);

    /// <summary>
    /// So many seconds one statement of the log waits, where the connection string does not say (<c>Default Timeout</c>,
    /// <c>Command Timeout</c>). Then the batch is refused and every transport pauses.
    /// </summary>
    public const int StatementSeconds = 30;
}
