using Portal.Ingestion.Domain;
using Portal.Ingestion.Log;

namespace Portal.Ingestion.Storage;

/// <summary>
/// The one place that distinguishes the two kinds of errors. The store is out (a closed list per database, <see cref="DatabaseErrors"/>):
/// everything waits and is tried again. Anything else, of any exception type, is about what was asked for: a batch is taken apart and the
/// message that is the cause goes to quarantine.
/// </summary>
public static class StorageErrors
{
    /// <summary>True when the operation may be tried again later: the database is away, busy, full or damaged as a whole.</summary>
    public static bool IsOutage(Exception problem) =>
        IsUnavailable(problem) || (DatabaseErrors.Find(problem) is { } found && found.Of.IsOutage(found.Error));

    /// <summary>
    /// True for the outages that a single message may bring about by itself, each time it is tried: the server's process ends under it or
    /// cuts its connection, or it needs a page of the disk that is damaged. The caller tries something harmless before it
    /// believes either (<see cref="BatchIsolation"/>). Locks, full disks, a server that cannot be reached and one that answers too late
    /// are never a message's doing.
    /// </summary>
    internal static bool MayBeOfOneMessage(Exception problem) =>
        !IsUnavailable(problem) && DatabaseErrors.Find(problem) is { } found && found.Of.MayBeOfOneMessage(found.Error);

    /// <summary>
    /// True when memory did not suffice. For something small that says that the process or the server has none left; for something large
    /// only that it is large.
    /// </summary>
    internal static bool IsMemory(Exception problem) =>
        problem is OutOfMemoryException || (DatabaseErrors.Find(problem) is { } found && found.Of.IsMemory(found.Error));

    /// <summary>True for a server that is still starting, which passes by itself.</summary>
    internal static bool IsStarting(Exception problem) => DatabaseErrors.Find(problem) is { } found && found.Of.IsStarting(found.Error);

    /// <summary>
    /// True when reading one row may fail so though the rest of the database is whole: a damaged page, a part of the disk that cannot be
    /// read. Whoever reads a single row reports it as unreadable; a database that is damaged as a whole fails at the next statement.
    /// </summary>
    internal static bool IsDamagedRow(Exception problem) =>
        DatabaseErrors.Find(problem) is { } found && found.Of.IsDamagedRow(found.Error);

    /// <summary>
    /// What a person who looks into the quarantine sees of the cause: a database's code or the exception's type, never its text, which
    /// may repeat the message.
    /// </summary>
    internal static string CodeOf(Exception problem) =>
        DatabaseErrors.Find(problem) is { } found && found.Of.CodeOf(found.Error) is { } code
            ? $"databasens fejl {code}"
            : problem.GetType().Name;

    /// <summary>Describes the error in one Danish sentence without paths or secrets.</summary>
    public static string Explain(Exception problem) => ToUnavailable(problem).Message;

    /// <summary>The exception for the transports, with a reason in Danish.</summary>
    internal static StorageUnavailableException ToUnavailable(Exception problem)
    {
        if (problem is StorageUnavailableException error) return error;
        return DatabaseErrors.Find(problem) is { } found
            ? new StorageUnavailableException(found.Of.Describe(found.Error), problem) { IsFull = found.Of.IsFull(found.Error) }
            : new StorageUnavailableException("Databasen svarer ikke.", problem);
    }

    // As the store itself reports it, perhaps wrapped by the model.
    private static bool IsUnavailable(Exception problem)
    {
        for (var cause = problem; cause is not null; cause = cause.InnerException)
        {
            if (cause is StorageUnavailableException) return true;
        }

        return false;
    }
}
