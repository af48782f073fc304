using System.Globalization;
using Npgsql;

namespace Portal.Ingestion.Commands.Bench;

/// <summary>Creates a temporary database for each measurement on the given PostgreSQL server, and drops them at the end.</summary>
internal sealed class BenchDatabases(string server) : IAsyncDisposable
{
    private readonly string _name = $"beskedportalen_bench_{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}_";
    private readonly List<string> _made = [];

    /// <summary>Creates an empty database and returns its connection string.</summary>
    public async Task<string> NewAsync(CancellationToken cancellationToken)
    {
        var name = _name + _made.Count.ToString(CultureInfo.InvariantCulture);
        await RunAsync($"CREATE DATABASE \"{name}\"", cancellationToken);
        _made.Add(name);
        return new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
    }

    /// <summary>Size in bytes including indexes, minus that of an empty database.</summary>
    public async Task<long> SizeAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var ask = new NpgsqlCommand("SELECT pg_database_size(current_database()) - pg_database_size('template1')", connection);
        return (long)(await ask.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        foreach (var name in _made) await RunAsync($"DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)", CancellationToken.None);
    }

    private async Task RunAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync(cancellationToken);
#pragma warning disable CA2100 // The names are generated here.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
