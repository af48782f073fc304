using Microsoft.Data.Sqlite;
using Portal.Ingestion.Pipeline;

namespace Portal.Ingestion.Storage;

/// <summary>Tells a database that takes nothing now from a message that cannot be stored.</summary>
internal static class StorageTrouble
{
    private const int Busy = 5, Locked = 6, NoMemory = 7, ReadOnly = 8, Io = 10, Corrupt = 11, Full = 13, CantOpen = 14, NotADatabase = 26;

    /// <summary>True when every message would fail now.</summary>
    public static bool IsUnavailable(SqliteException problem) =>
        problem.SqliteErrorCode is Busy or Locked or NoMemory or ReadOnly or Io or Corrupt or Full or CantOpen or NotADatabase;

    /// <summary>The exception for the doors, with a reason in Danish.</summary>
    public static StorageUnavailableException ToUnavailable(SqliteException problem) => new(
        problem.SqliteErrorCode switch
        {
            Busy or Locked => "Databasen er optaget.",
            Full => "Disken er fuld.",
            ReadOnly => "Databasen kan kun læses.",
            CantOpen => "Databasen kan ikke åbnes.",
            Corrupt or NotADatabase => "Databasefilen er beskadiget.",
            _ => "Databasen kan ikke skrives.",
        },
        problem);
}
