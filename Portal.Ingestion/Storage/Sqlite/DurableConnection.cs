using Microsoft.Data.Sqlite;

namespace Portal.Ingestion.Storage.Sqlite;

/// <summary>SQLite connections whose commits survive a power cut.</summary>
internal static class DurableConnection
{
    /// <summary>The value of <c>PRAGMA synchronous</c> for FULL.</summary>
    public const long FullSynchronous = 2;

    /// <summary>Opens a connection, sets <c>synchronous=FULL</c> and reads it back.</summary>
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
