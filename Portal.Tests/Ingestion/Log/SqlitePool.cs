using Microsoft.Data.Sqlite;

namespace Portal.Tests.Ingestion.Log;

/// <summary>The idle connections to one database: they are closed before its files are read, copied, replaced or deleted.</summary>
internal static class SqlitePool
{
    /// <summary>Closes those that were opened with <paramref name="connectionString"/>, and no other test's.</summary>
    public static void Clear(string connectionString)
    {
        using var connection = new SqliteConnection(connectionString);
        SqliteConnection.ClearPool(connection);
    }
}
