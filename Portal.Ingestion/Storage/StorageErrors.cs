using Portal.Ingestion.Domain;
using Portal.Ingestion.Log;

namespace Portal.Ingestion.Storage;

/// <summary>
/// Distinguishes the two kinds of storage errors. Outage of the database (a closed list per database, <see cref="DatabaseErrors"/>):
/// everything waits and is tried again. Anything else, of any exception type, is caused by the data: a batch is split, and the message that
/// is the cause goes to quarantine.
/// </summary>
public static class StorageErrors
{
    /// <summary>True when the operation may be tried again later: the database is unreachable, busy, full or damaged as a whole.</summary>
    public static bool IsOutage(Exception problem) =>
        IsUnavailable(problem) || (DatabaseErrors.Find(problem) is { } found && found.Of.IsOutage(found.Error));

    /// <summary>
    /// True for outages that a single message may cause each time it is tried: the server's process crashes or cuts the connection, or the
    /// message needs a damaged page of the disk. The caller appends a harmless message to find out which (<see cref="BatchIsolation"/>).
    /// Locks, full disks, an unreachable server and timeouts are never caused by a message.
    /// </summary>
    internal static bool MayBeOfOneMessage(Exception problem) =>
        !IsUnavailable(problem) && DatabaseErrors.Find(problem) is { } found && found.Of.MayBeOfOneMessage(found.Error);

    /// <summary>
    /// True when the process or the server ran out of memory. For a large message this says only that it is large; for a small one that no
    /// memory is left.
    /// </summary>
    internal static bool IsMemory(Exception problem) =>
        problem is OutOfMemoryException || (DatabaseErrors.Find(problem) is { } found && found.Of.IsMemory(found.Error));

    /// <summary>True for a server that is still starting, which passes by itself.</summary>
    internal static bool IsStarting(Exception problem) => DatabaseErrors.Find(problem) is { } found && found.Of.IsStarting(found.Error);

    /// <summary>
    /// True for errors that may concern one row only: a damaged page, or an unreadable sector of the disk. The reader of a single row then
    /// shows it as unreadable; a database that is damaged as a whole fails at the next statement.
    /// </summary>
    internal static bool IsDamagedRow(Exception problem) =>
        DatabaseErrors.Find(problem) is { } found && found.Of.IsDamagedRow(found.Error);

    /// <summary>
    /// The cause as shown in quarantine: the database's error code or the exception's type, never its text, which may contain parts of the
    /// message.
    /// </summary>
    internal static string CodeOf(Exception problem) =>
        DatabaseErrors.Find(problem) is { } found && found.Of.CodeOf(found.Error) is { } code
            ? $"databasens fejl {code}"
            : problem.GetType().Name;

    /// <summary>Describes the error in one Danish sentence without paths or secrets.</summary>
    public static string Explain(Exception problem) => ToUnavailable(problem).Message;

    /// <summary>The exception for the transports, with the reason in one Danish sentence.</summary>
    internal static StorageUnavailableException ToUnavailable(Exception problem)
    {
        if (problem is StorageUnavailableException error) return error;
        return DatabaseErrors.Find(problem) is { } found
            ? new StorageUnavailableException(found.Of.Describe(found.Error), problem) { IsFull = found.Of.IsFull(found.Error) }
            : new StorageUnavailableException("Databasen svarer ikke.", problem);
    }

    // The store's own exception, possibly wrapped by EF.
    private static bool IsUnavailable(Exception problem)
    {
        for (var cause = problem; cause is not null; cause = cause.InnerException)
        {
            if (cause is StorageUnavailableException) return true;
        }

        return false;
    }
}
