using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Portal.Ingestion.Storage.Sqlite;

/// <summary>
/// Makes every EF query on SQLite read through <see cref="NumberReader"/>, so that one damaged number does not fail the whole query.
/// </summary>
internal sealed class NumbersThatFit : DbCommandInterceptor
{
    public static readonly NumbersThatFit Instance = new();

    /// <inheritdoc />
    public override DbDataReader ReaderExecuted(DbCommand command, CommandExecutedEventData eventData, DbDataReader result) =>
        new NumberReader(result);

    /// <inheritdoc />
    public override ValueTask<DbDataReader> ReaderExecutedAsync(DbCommand command, CommandExecutedEventData eventData, DbDataReader result,
        CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<DbDataReader>(new NumberReader(result));
}
