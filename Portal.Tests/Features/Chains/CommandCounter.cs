using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Portal.Tests.Features.Chains;

/// <summary>Counts the commands to a database, and can make each fail as on a disk that is gone.</summary>
internal sealed class CommandCounter : DbCommandInterceptor
{
    private const int SqliteIoError = 10;
    private int _commands;

    public bool IsAway { get; set; }

    public int Commands => Volatile.Read(ref _commands);

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData,
        InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Meet();
        return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Meet();
        return base.NonQueryExecutingAsync(command, eventData, result, cancellationToken);
    }

    private void Meet()
    {
        Interlocked.Increment(ref _commands);
        if (IsAway) throw new SqliteException("disk I/O error", SqliteIoError);
    }
}
