using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Portal.Ingestion.Storage.Postgres;

/// <summary>Sends rows as one array per column (<c>unnest</c>): one statement and one round trip for up to 5,000 rows.</summary>
internal sealed class ArrayRows : RowWriter
{
    private const int AtOnce = 5000;

    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;
    private readonly string _sql;
    private readonly string[] _types;
    private readonly List<object?>[] _columns;

    private ArrayRows(DbContext db, string table, string[] columns, Func<string, string> sql)
    {
        _connection = (NpgsqlConnection)db.Database.GetDbConnection();
        _transaction = (NpgsqlTransaction)db.Database.CurrentTransaction!.GetDbTransaction();
        _types = TypesOf(db, table, columns);
        _columns = [.. columns.Select(_ => new List<object?>())];
        _sql = sql($"unnest({string.Join(", ", _types.Select((type, n) => $"${n + 1}::{type}[]"))})");
    }

    /// <summary>Inserts rows; rows that exist already are left unchanged.</summary>
    public static ArrayRows Insert(DbContext db, string table, string[] columns) => new(
        db, table, columns, rows =>
            $"INSERT INTO \"{table}\" ({string.Join(", ", columns.Select(c => $"\"{c}\""))}) SELECT * FROM {rows} ON CONFLICT DO NOTHING");

    /// <summary>Updates rows, matched by the first columns; each row at most once.</summary>
    public static ArrayRows Update(DbContext db, string table, int keys, string[] columns) => new(
        db, table, columns,
        rows => $"UPDATE \"{table}\" AS t SET {string.Join(", ", columns.Skip(keys).Select((c, n) => $"\"{c}\" = s.c{n + keys}"))} "
            + $"FROM {rows} AS s({string.Join(", ", columns.Select((_, n) => $"c{n}"))}) WHERE "
            + string.Join(" AND ", columns.Take(keys).Select((c, n) => $"t.\"{c}\" = s.c{n}")));

    /// <inheritdoc />
    public override ValueTask AddAsync(CancellationToken cancellationToken, params ReadOnlySpan<object?> row)
    {
        for (var n = 0; n < row.Length; n++) _columns[n].Add(row[n]);
        return _columns[0].Count < AtOnce ? ValueTask.CompletedTask : new ValueTask(FlushAsync(cancellationToken));
    }

    /// <inheritdoc />
    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_columns[0].Count == 0) return;
#pragma warning disable CA2100 // Names of our own tables; values are passed as parameters.
        await using var command = new NpgsqlCommand(_sql, _connection, _transaction);
#pragma warning restore CA2100
        for (var n = 0; n < _columns.Length; n++)
        {
            command.Parameters.Add(ArrayOf(_types[n], _columns[n]));
            _columns[n].Clear();
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <inheritdoc />
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string[] TypesOf(DbContext db, string table, string[] columns)
    {
        var properties = db.Model.GetEntityTypes().First(e => e.GetTableName() == table).GetProperties()
            .ToDictionary(p => p.GetColumnName(), p => p.GetColumnType());
        return [.. columns.Select(c => properties[c])];
    }

    private static NpgsqlParameter ArrayOf(string type, List<object?> values) => type switch
    {
        "bigint" => new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint,
            Value = values.ConvertAll(v => (long?)v).ToArray() },
        "integer" => new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer,
            Value = values.ConvertAll(v => (int?)v).ToArray() },
        "boolean" => new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Boolean,
            Value = values.ConvertAll(v => (bool?)v).ToArray() },
        "text" => new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text,
            Value = values.ConvertAll(v => (string?)v).ToArray() },
        _ => throw new NotSupportedException($"No rows with a column of type {type} are written this way."),
    };
}
