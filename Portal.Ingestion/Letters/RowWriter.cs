using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Letters;

/// <summary>Inserts rows within the context's transaction, many to a statement; rows that are there already stay as they are. Dispose when done.</summary>
internal sealed class RowWriter : IAsyncDisposable
{
    // SQLite looks each parameter up by name among all: with many to a statement that costs more than the statements saved.
    private const int RowsAtOnce = 8;

    private readonly DbConnection _connection;
    private readonly DbTransaction _transaction;
    private readonly string _head;
    private readonly int _columns;
    private readonly List<object?> _values = [];
    private DbCommand? _full;

    /// <summary>A writer of <paramref name="columns"/> of a table.</summary>
    public RowWriter(IngestionDbContext db, string table, params string[] columns)
    {
        (_connection, _transaction) = (db.Database.GetDbConnection(), db.Database.CurrentTransaction!.GetDbTransaction());
        _head = $"INSERT INTO \"{table}\" ({string.Join(", ", columns.Select(c => $"\"{c}\""))}) VALUES ";
        _columns = columns.Length;
    }

    /// <summary>Adds a row; it is written at the latest by <see cref="FlushAsync"/>.</summary>
    public ValueTask AddAsync(CancellationToken cancellationToken, params ReadOnlySpan<object?> row)
    {
        _values.AddRange(row);
        return _values.Count < RowsAtOnce * _columns ? ValueTask.CompletedTask : new ValueTask(WriteAsync(_full ??= Command(RowsAtOnce), cancellationToken));
    }

    /// <summary>Writes what is left.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_values.Count == 0) return;
        await using var rest = Command(_values.Count / _columns);
        await WriteAsync(rest, cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _full?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task WriteAsync(DbCommand command, CancellationToken cancellationToken)
    {
        for (var n = 0; n < _values.Count; n++) command.Parameters[n].Value = _values[n] ?? DBNull.Value;
        _values.Clear();
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private DbCommand Command(int rows)
    {
        var command = _connection.CreateCommand();
        command.Transaction = _transaction;
        var places = Enumerable.Range(0, rows).Select(row => $"({string.Join(", ", Enumerable.Range(0, _columns).Select(column => Name((row * _columns) + column)))})");
#pragma warning disable CA2100 // Names of our own tables; values travel as parameters.
        command.CommandText = $"{_head}{string.Join(", ", places)} ON CONFLICT DO NOTHING";
#pragma warning restore CA2100
        for (var n = 0; n < rows * _columns; n++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = Name(n);
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private static string Name(int n) => "@p" + n.ToString(CultureInfo.InvariantCulture);
}
