using System.Data.Common;
using System.Net.Sockets;
using System.Security.Authentication;
using Microsoft.Data.Sqlite;
using Npgsql;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Log;

namespace Portal.Ingestion.Storage;

/// <summary>
/// Distinguishes the two kinds of storage errors. Outage of the database (the closed lists below): everything waits and is tried again.
/// Anything else, of any exception type, is caused by the data: a batch is split, and the message that is the cause goes to quarantine.
/// </summary>
public static class StorageErrors
{
    private const int Error = 1, Permission = 3, Busy = 5, Locked = 6, NoMemory = 7, ReadOnly = 8, Io = 10, Corrupt = 11, Full = 13,
        CantOpen = 14;
    private const int Protocol = 15, Authorization = 23, NotADatabase = 26;

    // SQLITE_IOERR_SHMSIZE: the shared-memory file is on the same disk, but a full disk is reported with this code for it.
    private const int NoRoomForSharedMemory = Io | (19 << 8);

    /// <summary>True when the operation may be tried again later: the database is unreachable, busy, full or damaged as a whole.</summary>
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
    /// True for outages that a single message may cause each time it is tried: the server's process crashes or cuts the connection, or the
    /// message needs a damaged page of the disk. The caller appends a harmless message to find out which (<see cref="BatchIsolation"/>).
    /// Locks, full disks, an unreachable server and timeouts are never caused by a message.
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
    /// True when the process or the server ran out of memory. For a large message this says only that it is large; for a small one that no
    /// memory is left.
    /// </summary>
    internal static bool IsMemory(Exception problem) => problem is OutOfMemoryException || CauseOf(problem) switch
    {
        SqliteException sqlite => sqlite.SqliteErrorCode == NoMemory,
        PostgresException postgres => postgres.SqlState == PostgresErrorCodes.OutOfMemory,
        _ => false,
    };

    /// <summary>
    /// True for errors that may concern one row only: a damaged page, or an unreadable sector of the disk. The reader of a single row then
    /// shows it as unreadable; a database that is damaged as a whole fails at the next statement.
    /// </summary>
    internal static bool IsDamagedRow(Exception problem) => CauseOf(problem) switch
    {
        SqliteException sqlite => sqlite.SqliteErrorCode is Corrupt or Io,
        PostgresException postgres => postgres.SqlState is PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted
            or PostgresErrorCodes.InternalError or PostgresErrorCodes.IoError,
        _ => false,
    };

    /// <summary>
    /// The cause as shown in quarantine: the database's error code or the exception's type, never its text, which may contain parts of the
    /// message.
    /// </summary>
    internal static string CodeOf(Exception problem) => CauseOf(problem) switch
    {
        SqliteException sqlite => $"databasens fejl {sqlite.SqliteExtendedErrorCode}",
        PostgresException postgres => $"databasens fejl {postgres.SqlState}",
        _ => problem.GetType().Name,
    };

    /// <summary>Describes the error in one Danish sentence without paths or secrets.</summary>
    public static string Explain(Exception problem) => ToUnavailable(problem).Message;

    /// <summary>The exception for the transports, with the reason in one Danish sentence.</summary>
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

    // Out of memory is not listed: see IsMemory.
    private static bool IsListed(DbException problem) => problem switch
    {
        SqliteException sqlite => sqlite.SqliteErrorCode is Permission or Busy or Locked or ReadOnly or Io or Corrupt or Full or CantOpen
            or Protocol or Authorization or NotADatabase || IsTableMissing(sqlite),
        PostgresException { SqlState: var state } => IsListed(state),
        NpgsqlException => IsConnectionGone(problem.InnerException),
        _ => false,
    };

    // SQLite has no error code for this.
    private static bool IsTableMissing(SqliteException problem) => problem.SqliteErrorCode == Error
        && (problem.Message.Contains("no such table", StringComparison.Ordinal)
            || problem.Message.Contains("no such column", StringComparison.Ordinal));

    // Whole SQLSTATE classes that concern the server, not the data, and single codes of other classes. A message may still bring about some
    // of them: see MayBeOfOneMessage.
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

    // Errors without a SQLSTATE: connection refused, broken, or its handshake failed. Other client errors (such as text that cannot be
    // encoded) are no outage.
    private static bool IsConnectionGone(Exception? inner)
    {
        if (inner is null) return true;
        for (var cause = inner; cause is not null; cause = cause.InnerException)
        {
            if (cause is IOException or SocketException or TimeoutException or AuthenticationException) return true;
        }

        return false;
    }

    // Cut during the work: an IOException of the stream. A failed connect has none, and a late answer is a TimeoutException.
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

    // EF wraps the provider's exception.
    private static DbException? CauseOf(Exception? problem)
    {
        while (problem is not null and not DbException) problem = problem.InnerException;
        return (DbException?)problem;
    }
}
