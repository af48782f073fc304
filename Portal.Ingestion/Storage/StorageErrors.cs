using System.Data.Common;
using System.Net.Sockets;
using System.Security.Authentication;
using Microsoft.Data.Sqlite;
using Npgsql;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Log;

namespace Portal.Ingestion.Storage;

/// <summary>
/// The one place that distinguishes the two kinds of errors. The store is out (the closed lists below): everything waits and is tried
/// again. Anything else, of any exception type, is about what was asked for: a batch is taken apart and the message that is the cause goes
/// to quarantine.
/// </summary>
public static class StorageErrors
{
    private const int Error = 1, Permission = 3, Busy = 5, Locked = 6, NoMemory = 7, ReadOnly = 8, Io = 10, Corrupt = 11, Full = 13,
        CantOpen = 14;
    private const int Protocol = 15, Authorization = 23, NotADatabase = 26;

    // SQLite's shared memory lies on the same disk, and is reported in another way.
    private const int NoRoomForSharedMemory = Io | (19 << 8);

    /// <summary>True when the operation may be tried again later: the database is away, busy, full or damaged as a whole.</summary>
    public static bool IsOutage(Exception problem)
    {
        for (var cause = problem; cause is not null; cause = cause.InnerException)
        {
            if (cause is StorageUnavailableException) return true;
            if (cause is DbException error and (SqliteException or NpgsqlException)) return IsListed(error);
        }

        return false;
    }

    /// <summary>
    /// True for the outages that a single message may bring about by itself, each time it is tried: the server's process ends under it or
    /// cuts its connection, or it needs a page of the disk that is damaged. The caller tries something harmless before it
    /// believes either (<see cref="BatchIsolation"/>). Locks, full disks, a server that cannot be reached and one that answers too late
    /// are never a message's doing.
    /// </summary>
    internal static bool MayBeOfOneMessage(Exception problem)
    {
        for (var cause = problem; cause is not null; cause = cause.InnerException)
        {
            if (cause is StorageUnavailableException) return false;
            if (cause is SqliteException sqlite) return sqlite.SqliteErrorCode is Corrupt or Io && !IsFull(sqlite);
            if (cause is PostgresException { SqlState: var state })
            {
                return state is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.DataCorrupted
                    or PostgresErrorCodes.IndexCorrupted or PostgresErrorCodes.IoError || state.StartsWith("08", StringComparison.Ordinal);
            }

            if (cause is NpgsqlException) return IsConnectionCut(cause.InnerException);
        }

        return false;
    }

    /// <summary>
    /// True when memory did not suffice. For something small that says that the process or the server has none left; for something large
    /// only that it is large.
    /// </summary>
    internal static bool IsMemory(Exception problem) => problem is OutOfMemoryException || CauseOf(problem) switch
    {
        SqliteException sqlite => sqlite.SqliteErrorCode == NoMemory,
        PostgresException postgres => postgres.SqlState == PostgresErrorCodes.OutOfMemory,
        _ => false,
    };

    /// <summary>
    /// True when reading one row may fail so though the rest of the database is whole: a damaged page, a part of the disk that cannot be
    /// read. Whoever reads a
    /// single row tells it as unreadable; a database that is damaged as a whole fails at the next statement.
    /// </summary>
    internal static bool IsDamagedRow(Exception problem) => CauseOf(problem) switch
    {
        SqliteException sqlite => sqlite.SqliteErrorCode is Corrupt or Io,
        PostgresException postgres => postgres.SqlState is PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted
            or PostgresErrorCodes.InternalError or PostgresErrorCodes.IoError,
        _ => false,
    };

    /// <summary>
    /// What a person who looks into the quarantine sees of the cause: a database's code or the exception's type, never its text, which
    /// may repeat the message.
    /// </summary>
    internal static string CodeOf(Exception problem) => CauseOf(problem) switch
    {
        SqliteException sqlite => $"databasens fejl {sqlite.SqliteExtendedErrorCode}",
        PostgresException postgres => $"databasens fejl {postgres.SqlState}",
        _ => problem.GetType().Name,
    };

    /// <summary>Describes the error in one Danish sentence without paths or secrets.</summary>
    public static string Explain(Exception problem) => ToUnavailable(problem).Message;

    /// <summary>The exception for the transports, with a reason in Danish.</summary>
    internal static StorageUnavailableException ToUnavailable(Exception problem)
    {
        if (problem is StorageUnavailableException error) return error;
        var cause = CauseOf(problem);
        var why = cause switch
        {
            SqliteException sqlite => Describe(sqlite),
            NpgsqlException postgres => Describe(postgres),
            _ => "Databasen svarer ikke.",
        };
        var full = (cause is SqliteException file && IsFull(file)) || cause is PostgresException { SqlState: PostgresErrorCodes.DiskFull };
        return new StorageUnavailableException(why, problem) { IsFull = full };
    }

    // Out of memory is not among them: see IsMemory.
    private static bool IsListed(DbException problem) => problem switch
    {
        SqliteException sqlite => sqlite.SqliteErrorCode is Permission or Busy or Locked or ReadOnly or Io or Corrupt or Full or CantOpen
            or Protocol or Authorization or NotADatabase || IsTableMissing(sqlite),
        PostgresException { SqlState: var state } => IsListed(state),
        NpgsqlException => IsConnectionGone(problem.InnerException),
        _ => false,
    };

    // SQLite has no code of its own for it.
    private static bool IsTableMissing(SqliteException problem) => problem.SqliteErrorCode == Error
        && (problem.Message.Contains("no such table", StringComparison.Ordinal)
            || problem.Message.Contains("no such column", StringComparison.Ordinal));

    // Whole classes where no single message can be the cause; single codes elsewhere.
    private static bool IsListed(string state) => state is
            PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.SerializationFailure
                or PostgresErrorCodes.StatementCompletionUnknown or PostgresErrorCodes.DeadlockDetected
            or PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.UndefinedFunction
                or PostgresErrorCodes.InsufficientPrivilege
            or PostgresErrorCodes.FeatureNotSupported or PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.DataCorrupted
                or PostgresErrorCodes.IndexCorrupted
            or IdleInTransactionTimeout or TransactionTimeout
        || (state != PostgresErrorCodes.OutOfMemory && state.AsSpan(0, Math.Min(2, state.Length)) is "08" or "26" or "28" or "3D" or "53"
            or "55" or "57" or "58" or "F0");

    private const string IdleInTransactionTimeout = "25P03";
    private const string TransactionTimeout = "25P04";

    // No code of the server's: no connection, or it broke, or the two did not agree on one. What else the client met (text that it cannot
    // encode) is not the store's.
    private static bool IsConnectionGone(Exception? inner)
    {
        if (inner is null) return true;
        for (var cause = inner; cause is not null; cause = cause.InnerException)
        {
            if (cause is IOException or SocketException or TimeoutException or AuthenticationException) return true;
        }

        return false;
    }

    // In the middle of the work: one that could not be made tells of it without a stream, one that answers too late by a time-out.
    private static bool IsConnectionCut(Exception? inner)
    {
        if (inner is null) return true;
        var cut = false;
        for (var cause = inner; cause is not null; cause = cause.InnerException)
        {
            if (cause is TimeoutException or AuthenticationException) return false;
            cut |= cause is IOException;
        }

        return cut;
    }

    private static bool IsFull(SqliteException problem) =>
        problem.SqliteErrorCode == Full || problem.SqliteExtendedErrorCode == NoRoomForSharedMemory;

    private static string Describe(SqliteException problem) => problem.SqliteErrorCode switch
    {
        _ when IsFull(problem) => "Disken er fuld.",
        Busy or Locked => "Databasen er optaget.",
        ReadOnly => "Databasen kan kun læses.",
        CantOpen => "Databasen kan ikke åbnes.",
        Corrupt or NotADatabase => "Databasefilen er beskadiget.",
        _ => "Databasen kan ikke skrives.",
    };

    private static string Describe(NpgsqlException problem) => problem is not PostgresException { SqlState: var state }
        ? problem.GetBaseException() is SocketException ? "Databaseserveren svarer ikke." : "Forbindelsen til databaseserveren er afbrudt."
        : state switch
        {
            PostgresErrorCodes.DiskFull => "Databaseserverens disk er fuld.",
            PostgresErrorCodes.CannotConnectNow => "Databaseserveren er ved at starte eller lukke.",
            PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown => "Databaseserveren er ved at lukke.",
            PostgresErrorCodes.ReadOnlySqlTransaction => "Databasen kan kun læses.",
            PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.DeadlockDetected
                or PostgresErrorCodes.SerializationFailure => "Databasen er optaget.",
            PostgresErrorCodes.TooManyConnections => "Databaseserveren har ikke flere forbindelser.",
            PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted => "Databasen er beskadiget.",
            _ when state.StartsWith("28", StringComparison.Ordinal) || state.StartsWith("3D", StringComparison.Ordinal) =>
                "Databaseserveren lukker ikke portalen ind.",
            _ => "Databasen kan ikke skrives.",
        };

    // The model wraps what the provider throws.
    private static DbException? CauseOf(Exception? problem)
    {
        while (problem is not null and not DbException) problem = problem.InnerException;
        return (DbException?)problem;
    }
}
