using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Portal.Tests.Faults;

/// <summary>Counts the calls to a database, commits included, and makes one of them fail.</summary>
internal sealed class DatabaseFaults : DbCommandInterceptor
{
    private int _calls;

    public DatabaseFaults() => Commits = new CommitFaults(this);

    /// <summary>Counts and fails commits.</summary>
    public CommitFaults Commits { get; }

    /// <summary>The number of the call that fails, from 1; 0 for none.</summary>
    public int At { get; set; }

    public Func<Exception>? Make { get; set; }

    public int Calls
    {
        get => Volatile.Read(ref _calls);
        set => Volatile.Write(ref _calls, value);
    }

    /// <summary>The three sorts of fault: an outage of the database, a transient fault, an unforeseen exception.</summary>
    public static (string Name, Func<Exception> Make)[] Sorts(bool postgres) =>
    [
        ("outage", postgres
            ? () => new NpgsqlException("injected", new System.Net.Sockets.SocketException())
            : () => new SqliteException("database is locked", 5)),
        ("transient", () => new TimeoutException()),
        ("unknown", () => new KeyNotFoundException()),
    ];

    public void Call()
    {
        if (Interlocked.Increment(ref _calls) == At && Make is { } make) throw make();
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData,
        InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Call();
        return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Call();
        return base.NonQueryExecutingAsync(command, eventData, result, cancellationToken);
    }

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default)
    {
        Call();
        return base.ScalarExecutingAsync(command, eventData, result, cancellationToken);
    }

    public sealed class CommitFaults(DatabaseFaults faults) : DbTransactionInterceptor
    {
        public override ValueTask<InterceptionResult> TransactionCommittingAsync(DbTransaction transaction, TransactionEventData eventData,
            InterceptionResult result, CancellationToken cancellationToken = default)
        {
            faults.Call();
            return base.TransactionCommittingAsync(transaction, eventData, result, cancellationToken);
        }
    }
}
