using System.Globalization;
using Npgsql;

namespace Portal.Ingestion.Commands.Bench;

/// <summary>Databases of their own on the PostgreSQL server that was given, one a measurement, removed at the end.</summary>
internal sealed class BenchDatabases(string server) : IAsyncDisposable
{
    private readonly string _name = $"beskedportalen_bench_{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}_";
    private readonly List<string> _made = [];

    /// <summary>The connection string of a new, empty database.</summary>
    public async Task<string> NewAsync(CancellationToken cancellationToken)
    {
        var name = _name + _made.Count.ToString(CultureInfo.InvariantCulture);
        await RunAsync($"CREATE DATABASE \"{name}\"", cancellationToken);
        _made.Add(name);
        return new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
    }

    /// <summary>Bytes on the disk, indexes included, without what an empty database takes.</summary>
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
#pragma warning disable CA2100 // Names made here.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
