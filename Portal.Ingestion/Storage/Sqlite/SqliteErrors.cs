using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Portal.Ingestion.Storage.Sqlite;

/// <summary>The result codes of SQLite (sqlite.org/rescode.html).</summary>
internal sealed class SqliteErrors : DatabaseErrors
{
    private const int Error = 1, Permission = 3, Busy = 5, Locked = 6, NoMemory = 7, ReadOnly = 8, Io = 10, Corrupt = 11, Full = 13,
        CantOpen = 14, Protocol = 15, Authorization = 23, NotADatabase = 26;

    // SQLITE_IOERR_SHMSIZE: the shared-memory file is on the same disk, but a full disk is reported with this code for it.
    private const int NoRoomForSharedMemory = Io | (19 << 8);

    /// <inheritdoc />
    protected override bool Knows(DbException error) => error is SqliteException;

    /// <inheritdoc />
    public override bool IsOutage(DbException error) => Code(error) is Permission or Busy or Locked or ReadOnly or Io or Corrupt or Full
        or CantOpen or Protocol or Authorization or NotADatabase || IsTableMissing(error);

    /// <inheritdoc />
    public override bool MayBeOfOneMessage(DbException error) => Code(error) is Corrupt or Io && !IsFull(error);

    /// <inheritdoc />
    public override bool IsMemory(DbException error) => Code(error) == NoMemory;

    /// <inheritdoc />
    public override bool IsDamagedRow(DbException error) => Code(error) is Corrupt or Io;

    /// <inheritdoc />
    public override bool IsStarting(DbException error) => false;

    /// <inheritdoc />
    public override bool IsFull(DbException error) => Code(error) == Full || Extended(error) == NoRoomForSharedMemory;

    /// <inheritdoc />
    public override string CodeOf(DbException error) => $"{Extended(error)}";

    /// <inheritdoc />
    public override string Describe(DbException error) => Code(error) switch
    {
        _ when IsFull(error) => "Disken er fuld.",
        Busy or Locked => "Databasen er optaget.",
        ReadOnly => "Databasen kan kun læses.",
        CantOpen => "Databasen kan ikke åbnes.",
        Corrupt or NotADatabase => "Databasefilen er beskadiget.",
        _ => "Databasen kan ikke skrives.",
    };

    /// <inheritdoc />
    public override string ExplainStart(DbException error) => Code(error) switch
    {
        Busy or Locked => "den er optaget af et andet program",
        ReadOnly => "den kan kun læses",
        Io => "disken kan ikke læses eller skrives",
        Corrupt => "filen er beskadiget",
        Full => "disken er fuld",
        CantOpen => "filen eller dens mappe kan ikke åbnes",
        NotADatabase => "filen er ikke en SQLite-database",
        _ when IsTableMissing(error) => MissingTables,
        var code => $"SQLite siger kode {code}",
    };

    private static int Code(DbException error) => ((SqliteException)error).SqliteErrorCode;

    private static int Extended(DbException error) => ((SqliteException)error).SqliteExtendedErrorCode;

    // SQLite has no error code for this.
    private static bool IsTableMissing(DbException error) => Code(error) == Error
        && (error.Message.Contains("no such table", StringComparison.Ordinal)
            || error.Message.Contains("no such column", StringComparison.Ordinal));
}
