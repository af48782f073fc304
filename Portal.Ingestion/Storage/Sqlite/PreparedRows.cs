using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Portal.Ingestion.Storage.Sqlite;

/// <summary>Writes rows as parameters of prepared statements: without a server a statement costs next to nothing.</summary>
internal sealed class PreparedRows : RowWriter
{
    // SQLite searches for each parameter by name: with many in a statement that costs more than the statements saved.
    private const int Inserted = 8;

    private readonly DbConnection _connection;
    private readonly DbTransaction _transaction;
    private readonly Func<int, string> _sql;
    private readonly int _columns;
    private readonly int _atOnce;
    private readonly List<object?> _values = [];
    private DbCommand? _full;

    private PreparedRows(DbContext db, int columns, int atOnce, Func<int, string> sql)
    {
        (_connection, _transaction) = (db.Database.GetDbConnection(), db.Database.CurrentTransaction!.GetDbTransaction());
        (_columns, _atOnce, _sql) = (columns, atOnce, sql);
    }

    /// <summary>Inserts rows; existing rows are not changed.</summary>
    public static PreparedRows Insert(DbContext db, string table, string[] columns) => new(
        db, columns.Length, Inserted,
        rows =>
        {
            var places = Enumerable.Range(0, rows).Select(row =>
                $"({string.Join(", ", Enumerable.Range(0, columns.Length).Select(column => Name((row * columns.Length) + column)))})");
            return $"INSERT INTO \"{table}\" ({string.Join(", ", columns.Select(c => $"\"{c}\""))}) VALUES "
                + $"{string.Join(", ", places)} ON CONFLICT DO NOTHING";
        });

    /// <summary>Updates rows, whose key is the first columns.</summary>
    public static PreparedRows Update(DbContext db, string table, int keys, string[] columns) => new(
        db, columns.Length, 1,
        _ => $"UPDATE \"{table}\" SET {string.Join(", ", columns.Skip(keys).Select((c, n) => $"\"{c}\" = {Name(n + keys)}"))} WHERE "
            + string.Join(" AND ", columns.Take(keys).Select((c, n) => $"\"{c}\" = {Name(n)}")));

    /// <inheritdoc />
    public override ValueTask AddAsync(CancellationToken cancellationToken, params ReadOnlySpan<object?> row)
    {
        _values.AddRange(row);
        return _values.Count < _atOnce * _columns
            ? ValueTask.CompletedTask
            : new ValueTask(WriteAsync(_full ??= Command(_atOnce), cancellationToken));
    }

    /// <inheritdoc />
    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_values.Count == 0) return;
        await using var rest = Command(_values.Count / _columns);
        await WriteAsync(rest, cancellationToken);
    }

    /// <inheritdoc />
    public override ValueTask DisposeAsync() => _full?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task WriteAsync(DbCommand command, CancellationToken cancellationToken)
    {
        for (var n = 0; n < _values.Count; n++) command.Parameters[n].Value = _values[n] ?? DBNull.Value;
        _values.Clear();
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private DbCommand Command(int rows)
    {
        var command = _connection.NewCommand(_sql(rows), rows * _columns);
        command.Transaction = _transaction;
        return command;
    }

    private static string Name(int n) => "@p" + n.ToString(CultureInfo.InvariantCulture);
}
