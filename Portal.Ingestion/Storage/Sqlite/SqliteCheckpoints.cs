using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Portal.Ingestion.Storage.Sqlite;

/// <summary>
/// How often a connection carries what was committed from the WAL into the file. Commits are safe in the WAL; carried over seldom, a page of the index over all
/// BeskedIds that many messages touched is written once for all of them. Any connection that commits may carry over, so all are told.
/// </summary>
internal sealed class SqliteCheckpoints : DbConnectionInterceptor
{
    /// <summary>Pages of 4 KB in the WAL before it is carried over: 64 MB, read again in a fraction of a second after a crash.</summary>
    private const string Seldom = "PRAGMA wal_autocheckpoint=16384";

    /// <summary>Keeps nothing, so one is enough.</summary>
    public static readonly SqliteCheckpoints Instance = new();

    /// <summary>Tells an open connection.</summary>
    public static void MakeSeldom(SqliteConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        using var command = connection.CreateCommand();
        command.CommandText = Seldom;
        command.ExecuteNonQuery();
    }

    /// <inheritdoc />
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => MakeSeldom((SqliteConnection)connection);

    /// <inheritdoc />
    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        MakeSeldom((SqliteConnection)connection);
        return Task.CompletedTask;
    }
}
