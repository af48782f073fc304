using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Portal.Ingestion.Storage.Sqlite;

/// <summary>Every query of the contexts reads whole numbers as <see cref="StoredNumber"/> says, instead of failing for all of its rows at
/// one that does not fit.</summary>
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
