using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.Postgres;

namespace Portal.Ingestion.Storage.Postgres;

/// <summary>
/// The message side's tables on PostgreSQL. The table of messages is created with hand-written SQL: it is partitioned, which the EF model
/// cannot express.
/// </summary>
public sealed class PostgresIngestionDbContext(DbContextOptions<PostgresIngestionDbContext> options) : IngestionDbContext(options)
{
    /// <inheritdoc />
    public override Task TakeLockAsync(WriteLock writeLock, CancellationToken cancellationToken)
    {
        var key = PostgresLocks.Of(writeLock);

        // The NOTIFY, sent at commit, wakes all processes that show this data. The timeout frees the lock of a process whose machine has
        // disappeared.
        return Database.ExecuteSqlAsync(
            $"""
            SELECT set_config('idle_in_transaction_session_timeout', '60s', true), pg_advisory_xact_lock({key}),
                pg_notify({PostgresLocks.Channel}, '')
            """,
            cancellationToken);
    }

    /// <inheritdoc />
    public override IQueryable<long> HoldingWords(IReadOnlyList<string> words)
    {
        var query = PostgresWords.Query(words);
        return Database.SqlQuery<long>($"""SELECT "Sequence" AS "Value" FROM "ErrorSearch" WHERE "Words" @@ {query}::tsquery""");
    }

    /// <inheritdoc />
    public override IQueryable<StoredMessage> MessagesOf(string[] beskedIds)
    {
        // The Messages table has no index on BeskedId; the narrow BeskedIds table has it.
        var ids = beskedIds.Select(BeskedIdBytes.Of).ToArray();
        return Messages.FromSql(
            $"""SELECT m.* FROM "BeskedIds" AS b JOIN "Messages" AS m ON m."Sequence" = b."Sequence" WHERE b."Id" = ANY({ids})""")
            .AsNoTracking();
    }

    /// <inheritdoc />
    public override IQueryable<long> SequencesBetween(byte[] from, byte[] to) =>
        Database.SqlQuery<long>($"""SELECT "Sequence" AS "Value" FROM "BeskedIds" WHERE "Id" >= {from} AND "Id" < {to}""");

    /// <inheritdoc />
    internal override RowWriter Inserting(string table, params string[] columns) => ArrayRows.Insert(this, table, columns);

    /// <inheritdoc />
    internal override RowWriter Updating(string table, int keys, params string[] columns) =>
        ArrayRows.Update(this, table, keys, columns);

    /// <inheritdoc />
    internal override Task EraseWordsAsync(long[] sequences, CancellationToken cancellationToken) =>
        Database.ExecuteSqlAsync($"""DELETE FROM "ErrorSearch" WHERE "Sequence" = ANY({sequences})""", cancellationToken);

    /// <inheritdoc />
    /// <remarks>Deleted rows go with the server's own vacuum, whose files no other program reads.</remarks>
    internal override Task<T> OverwritingAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken) => work();

    /// <inheritdoc />
    internal override async Task<(string Provider, long Bytes)> SizeAsync(CancellationToken cancellationToken) =>
        ("PostgreSQL", await Database.SqlQuery<long>($"""SELECT pg_database_size(current_database()) AS "Value" """)
            .SingleAsync(cancellationToken));

    /// <inheritdoc />
    internal override IQueryable<string> Triggers(string pattern) =>
        Database.SqlQuery<string>($"""SELECT tgname::text AS "Value" FROM pg_trigger WHERE tgname LIKE {pattern}""");

    /// <inheritdoc />
    internal override IReadOnlyList<string> TriggerSql(RowTrigger trigger) =>
    [
        $"""CREATE OR REPLACE FUNCTION "{trigger.Name}"() RETURNS trigger LANGUAGE plpgsql AS """
            + $"$body$ BEGIN {trigger.Statement}; RETURN NULL; END $body$",
        $"""CREATE OR REPLACE TRIGGER "{trigger.Name}" AFTER {trigger.Change} ON "{trigger.Table}" FOR EACH ROW """
            + (trigger.Condition is null ? "" : $"WHEN ({trigger.Condition}) ") + $"""EXECUTE FUNCTION "{trigger.Name}"()""",
    ];

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<StoredMessage>(e => e.ToTable("Messages", t => t.ExcludeFromMigrations()));
    }
}

/// <summary>Lets <c>dotnet ef</c> create the context without a server.</summary>
public sealed class PostgresIngestionDbContextFactory : IDesignTimeDbContextFactory<PostgresIngestionDbContext>
{
    /// <inheritdoc />
    public PostgresIngestionDbContext CreateDbContext(string[] args) => new(
        new DbContextOptionsBuilder<PostgresIngestionDbContext>()
            .UseNpgsql("Host=localhost;Database=portal", o => o.MigrationsHistoryTable(IngestionDbContext.HistoryTable))
            .Options);
}
