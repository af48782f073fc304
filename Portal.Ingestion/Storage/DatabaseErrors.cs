using System.Data.Common;
using Portal.Ingestion.Storage.Postgres;
using Portal.Ingestion.Storage.Sqlite;

namespace Portal.Ingestion.Storage;

/// <summary>
/// What the errors of one database mean; one class per database. <see cref="StorageErrors"/> and <see cref="DatabaseProblem"/> ask the one
/// that knows the exception.
/// </summary>
internal abstract class DatabaseErrors
{
    /// <summary>Why tables that the program knows are not there.</summary>
    protected const string MissingTables =
        "den har ikke portalens tabeller, eller de er fra en ældre version; start portalen eller workeren på den én gang";

    private static readonly DatabaseErrors[] All = [new SqliteErrors(), new PostgresErrors()];

    /// <summary>The first error of a known database in the chain of causes, with its meaning; null when there is none.</summary>
    public static (DatabaseErrors Of, DbException Error)? Find(Exception? problem)
    {
        for (; problem is not null; problem = problem.InnerException)
        {
            if (problem is DbException error && Array.Find(All, e => e.Knows(error)) is { } known) return (known, error);
        }

        return null;
    }

    /// <summary>True for the exceptions of this database's client.</summary>
    protected abstract bool Knows(DbException error);

    /// <summary>See <see cref="StorageErrors.IsOutage"/>: the closed list of this database. Out of memory is not on it.</summary>
    public abstract bool IsOutage(DbException error);

    /// <summary>See <see cref="StorageErrors.MayBeOfOneMessage"/>.</summary>
    public abstract bool MayBeOfOneMessage(DbException error);

    /// <summary>See <see cref="StorageErrors.IsMemory"/>.</summary>
    public abstract bool IsMemory(DbException error);

    /// <summary>See <see cref="StorageErrors.IsDamagedRow"/>.</summary>
    public abstract bool IsDamagedRow(DbException error);

    /// <summary>See <see cref="StorageErrors.IsStarting"/>.</summary>
    public abstract bool IsStarting(DbException error);

    /// <summary>True when the database's disk is full.</summary>
    public abstract bool IsFull(DbException error);

    /// <summary>The database's code; null when the error has none.</summary>
    public abstract string? CodeOf(DbException error);

    /// <summary>One Danish sentence for pages, without paths or secrets.</summary>
    public abstract string Describe(DbException error);

    /// <summary>
    /// Why the database cannot be opened, in Danish without a full stop, for the person who starts a program; null when an inner exception
    /// says more.
    /// </summary>
    public abstract string? ExplainStart(DbException error);
}
