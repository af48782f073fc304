using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using Portal.Ingestion.Pipeline;
using Portal.Ingestion.Storage.Postgres;

namespace Portal.Ingestion.Storage;

/// <summary>Tells a database that takes nothing now from a message that cannot be stored.</summary>
public static class StorageTrouble
{
    // Its shared memory lies on the same disk, and is told of in another way.
    private const int NoRoomForSharedMemory = Io | (19 << 8);
    private const int Busy = 5, Locked = 6, NoMemory = 7, ReadOnly = 8, Io = 10, Corrupt = 11, Full = 13, CantOpen = 14, NotADatabase = 26;

    /// <summary>True when whatever was asked may be asked again later: the database is away, busy or full.</summary>
    public static bool IsOutage(Exception problem) => problem is StorageUnavailableException || CauseOf(problem) switch
    {
        SqliteException sqlite => sqlite.SqliteErrorCode is Busy or Locked or ReadOnly or Io or Full or CantOpen,
        NpgsqlException postgres => PostgresTrouble.IsUnavailable(postgres),
        _ => false,
    };

    /// <summary>True when every message would fail now.</summary>
    internal static bool IsUnavailable(SqliteException problem) =>
        problem.SqliteErrorCode is Busy or Locked or NoMemory or ReadOnly or Io or Corrupt or Full or CantOpen or NotADatabase;

    /// <summary>What is wrong with the database, in one Danish sentence without paths or secrets.</summary>
    public static string Explain(Exception problem) => problem is StorageUnavailableException ? problem.Message : ToUnavailable(problem).Message;

    /// <summary>The exception for the doors, with a reason in Danish.</summary>
    internal static StorageUnavailableException ToUnavailable(Exception problem)
    {
        var cause = CauseOf(problem);
        var why = cause switch
        {
            SqliteException sqlite => Tell(sqlite),
            NpgsqlException postgres => PostgresTrouble.Tell(postgres),
            _ => "Databasen svarer ikke.",
        };
        return new StorageUnavailableException(why, problem) { IsFull = cause is SqliteException file && IsFull(file) || cause is PostgresException { SqlState: PostgresErrorCodes.DiskFull } };
    }

    private static bool IsFull(SqliteException problem) => problem.SqliteErrorCode == Full || problem.SqliteExtendedErrorCode == NoRoomForSharedMemory;

    private static string Tell(SqliteException problem) => problem.SqliteErrorCode switch
    {
        _ when IsFull(problem) => "Disken er fuld.",
        Busy or Locked => "Databasen er optaget.",
        ReadOnly => "Databasen kan kun læses.",
        CantOpen => "Databasen kan ikke åbnes.",
        Corrupt or NotADatabase => "Databasefilen er beskadiget.",
        _ => "Databasen kan ikke skrives.",
    };

    // The model wraps what the provider throws.
    private static DbException? CauseOf(Exception? problem)
    {
        while (problem is not null and not DbException) problem = problem.InnerException;
        return (DbException?)problem;
    }
}
