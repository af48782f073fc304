using Microsoft.Data.Sqlite;

namespace Portal.Ingestion.Storage.Sqlite;

/// <summary>Connections to SQLite that lose nothing that they committed, not in a power cut either.</summary>
internal static class DurableConnection
{
    /// <summary>What <c>PRAGMA synchronous</c> answers for FULL.</summary>
    public const long FullSynchronous = 2;

    /// <summary>Opens a connection that commits to the disk itself, and reads back that it does.</summary>
    /// <exception cref="InvalidOperationException">SQLite does not keep <c>synchronous=FULL</c>.</exception>
    public static SqliteConnection Open(string connectionString)
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            if (!new SqliteConnectionStringBuilder(connectionString).ShouldSerialize("Default Timeout"))
                connection.DefaultTimeout = BusyLimits.StatementSeconds;
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA synchronous=FULL";
            command.ExecuteNonQuery();
            command.CommandText = "PRAGMA synchronous";
            if (command.ExecuteScalar() is not FullSynchronous)
            {
                throw new InvalidOperationException(
                    "SQLite does not keep synchronous=FULL: acknowledged messages could be lost in a power cut.");
            }
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
