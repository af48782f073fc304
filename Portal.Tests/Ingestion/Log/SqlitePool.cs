using Microsoft.Data.Sqlite;

namespace Portal.Tests.Ingestion.Log;

/// <summary>Closes the idle pooled connections to a database before its files are read, copied, replaced or deleted.</summary>
internal static class SqlitePool
{
    /// <summary>Closes only those opened with <paramref name="connectionString"/>, not those of other tests.</summary>
    public static void Clear(string connectionString)
    {
        using var connection = new SqliteConnection(connectionString);
        SqliteConnection.ClearPool(connection);
    }
}
