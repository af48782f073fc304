using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Storage.Postgres;

/// <summary>
/// Cleans the text parameters of every EF command with <see cref="StorableText"/>, on both databases: neither stores the unsupported
/// characters, and PostgreSQL would fail a query that contains them.
/// </summary>
public sealed class UnsupportedTextInterceptor : DbCommandInterceptor
{
    public static UnsupportedTextInterceptor Instance { get; } = new();

    private UnsupportedTextInterceptor()
    {
    }

    /// <inheritdoc />
    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        Clean(command);
        return result;
    }

    /// <inheritdoc />
    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData,
        InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Clean(command);
        return ValueTask.FromResult(result);
    }

    /// <inheritdoc />
    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        Clean(command);
        return result;
    }

    /// <inheritdoc />
    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Clean(command);
        return ValueTask.FromResult(result);
    }

    private static void Clean(DbCommand command)
    {
        foreach (DbParameter parameter in command.Parameters)
        {
            parameter.Value = parameter.Value switch
            {
                string text => StorableText.Clean(text),
                string[] texts => Array.ConvertAll(texts, t => StorableText.Clean(t)),
                var other => other,
            };
        }
    }
}
