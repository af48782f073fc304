using System.Data.Common;
using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Storage;

/// <summary>
/// ADO.NET commands for where EF is not used: parameters are named <c>@p0</c>, <c>@p1</c>, … in the order of the values, which works on
/// SQLite and PostgreSQL. The SQL is always a constant in the caller; values are passed as parameters.
/// </summary>
internal static class DbCommands
{
    /// <summary>A command to run repeatedly: its parameters have no values yet.</summary>
    public static DbCommand NewCommand(this DbConnection connection, string sql, int parameters)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // A constant of the caller's.
        command.CommandText = sql;
#pragma warning restore CA2100
        for (var n = 0; n < parameters; n++) command.Parameters.Add(command.CreateParameter().Named(n));
        return command;
    }

    /// <summary>A command within a transaction, with its values.</summary>
    public static DbCommand NewCommand(this DbTransaction transaction, string sql, params ReadOnlySpan<object?> values)
    {
        var command = transaction.Connection!.NewCommand(sql, values.Length);
        command.Transaction = transaction;
        command.Bind(values);
        return command;
    }

    /// <summary>A command of a batch, with its values; not yet added to it.</summary>
    public static DbBatchCommand NewCommand(this DbBatch batch, string sql, params ReadOnlySpan<object?> values)
    {
        var command = batch.CreateBatchCommand();
#pragma warning disable CA2100 // A constant of the caller's.
        command.CommandText = sql;
#pragma warning restore CA2100
        for (var n = 0; n < values.Length; n++)
        {
            var parameter = command.CreateParameter().Named(n);
            parameter.Value = Storable(values[n]);
            command.Parameters.Add(parameter);
        }

        return command;
    }

    /// <summary>Gives the parameters their values.</summary>
    public static void Bind(this DbCommand command, params ReadOnlySpan<object?> values)
    {
        for (var n = 0; n < values.Length; n++) command.Parameters[n].Value = Storable(values[n]);
    }

    // PostgreSQL refuses some characters that a sender may write: see StorableText.
    private static object Storable(object? value) => value is string text ? StorableText.Clean(text) : value ?? DBNull.Value;

    private static DbParameter Named(this DbParameter parameter, int n)
    {
        parameter.ParameterName = FormattableString.Invariant($"@p{n}");
        return parameter;
    }
}
