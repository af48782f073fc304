namespace Portal.Ingestion.Storage;

/// <summary>
/// How long operations wait for a busy database (locked, or writing for others) before they are refused; the same on SQLite and PostgreSQL,
/// except that PostgreSQL waits 5 s for the lock under which a month's partition is made.
/// </summary>
public static class BusyLimits
{
    /// <summary>
    /// How long a pushed delivery takes at most to be read and stored before its sender gets StatusKode 40 and tries again. Below the 30 s
    /// that the sender waits for an answer.
    /// </summary>
    public static readonly TimeSpan Delivery = TimeSpan.FromSeconds(25);

    /// <summary>
    /// Timeout of a statement of the log, in seconds, unless the connection string sets one (<c>Default Timeout</c>, <c>Command
    /// Timeout</c>). After it the batch is refused and every transport pauses.
    /// </summary>
    public const int StatementSeconds = 30;
}
