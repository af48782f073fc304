using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Portal.Ingestion.Journal;

namespace Portal.Tests.Platform.Access.Rights;

/// <summary>The content of every table of a SQLite database, as a hash for each.</summary>
internal sealed class DatabaseDump
{
    private readonly SortedDictionary<string, string> _tables = new(StringComparer.Ordinal);

    /// <summary>Reads every table.</summary>
    public static async Task<DatabaseDump> ReadAsync(string connectionString, CancellationToken stop)
    {
        var dump = new DatabaseDump();
        await using var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(stop);
        foreach (var table in await TablesAsync(connection, stop)) dump._tables[table] = await HashAsync(connection, table, stop);
        return dump;
    }

    /// <summary>The tables that differ.</summary>
    public IReadOnlyList<string> Changes(DatabaseDump before) =>
        [.. _tables.Where(t => before._tables.GetValueOrDefault(t.Key) != t.Value).Select(t => t.Key)];

    // The access log takes a line of each refusal, as it must; all else that is written is found.
    private static bool IsOfJournals(string table) => table.StartsWith("Journal", StringComparison.Ordinal);

    private static async Task<List<string>> TablesAsync(SqliteConnection connection, CancellationToken stop)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
        await using var reader = await command.ExecuteReaderAsync(stop);
        var names = new List<string>();
        while (await reader.ReadAsync(stop)) names.Add(reader.GetString(0));
        return names;
    }

    private static async Task<string> HashAsync(SqliteConnection connection, string table, CancellationToken stop)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The name is the database's own.
        command.CommandText = $"SELECT * FROM \"{table}\"{(IsOfJournals(table) ? $" WHERE \"Log\" <> {JournalLog.Access.Number}" : "")}";
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(stop);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        while (await reader.ReadAsync(stop))
        {
            for (var n = 0; n < reader.FieldCount; n++)
            {
                hash.AppendData(reader.GetValue(n) is byte[] bytes ? bytes : Encoding.UTF8.GetBytes($"{reader.GetValue(n)}|"));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
