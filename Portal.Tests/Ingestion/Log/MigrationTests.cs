using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Portal.Ingestion.Storage;
using Portal.Ingestion.Storage.Postgres;
using Portal.Platform.Storage;
using Portal.Platform.Storage.Postgres;
using Xunit;

namespace Portal.Tests.Ingestion.Log;

/// <summary>The migrations create exactly the model; checked here, since EF's own check at start is switched off.</summary>
public sealed class MigrationTests
{
    [Fact]
    public void The_migrations_of_the_message_side_make_the_model() => HasAll(new IngestionDbContextFactory());

    [Fact]
    public void The_migrations_of_the_portal_side_make_the_model() => HasAll(new PortalDbContextFactory());

    [Fact]
    public void The_migrations_of_the_message_side_make_the_model_on_PostgreSQL_too() => HasAll(new PostgresIngestionDbContextFactory());

    [Fact]
    public void The_migrations_of_the_portal_side_make_the_model_on_PostgreSQL_too() => HasAll(new PostgresPortalDbContextFactory());

    [Fact]
    public async Task Each_table_has_the_columns_of_the_model_though_some_are_made_by_hand()
    {
        await using var connection = new SqliteConnection("Data Source=:memory:");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var messages = new IngestionDbContext(new DbContextOptionsBuilder<IngestionDbContext>()
            .UseSqlite(connection, o => o.MigrationsHistoryTable(IngestionDbContext.HistoryTable)).Options);
        await using var portal = new PortalDbContext(new DbContextOptionsBuilder<PortalDbContext>()
            .UseSqlite(connection, o => o.MigrationsHistoryTable(PortalDbContext.HistoryTable)).Options);
        foreach (var db in new DbContext[] { messages, portal })
        {
            await db.Database.MigrateAsync(TestContext.Current.CancellationToken);
            await HasColumnsAsync(db, """SELECT t."name" AS "Table", c."name" AS "Column", """
                + """c."notnull" = 0 AS "Nullable" FROM sqlite_master AS t, pragma_table_info(t."name") AS c""");
        }
    }

    [Fact]
    public async Task The_tables_of_counts_and_identifiers_are_their_own_index_and_numbers_of_kinds_stay_dense()
    {
        await using var connection = new SqliteConnection("Data Source=:memory:");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var db = new IngestionDbContext(new DbContextOptionsBuilder<IngestionDbContext>()
            .UseSqlite(connection, o => o.MigrationsHistoryTable(IngestionDbContext.HistoryTable)).Options);
        await db.Database.MigrateAsync(TestContext.Current.CancellationToken);
        var made = await db.Database.SqlQuery<string>(
            $"""
            SELECT "sql" AS "Value" FROM sqlite_master
            WHERE "name" IN ('Volumes', 'MessageIdentifiers', 'MessageKinds') ORDER BY "name"
            """)
            .ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal([true, false, true], made.Select(sql => sql.EndsWith("WITHOUT ROWID", StringComparison.Ordinal)));
        Assert.DoesNotContain(made, sql => sql.Contains("AUTOINCREMENT", StringComparison.Ordinal));
    }

    /// <summary>Fails unless the database has exactly the columns of the model's tables, nullable where the model says so.</summary>
    /// <param name="columns">SQL that reads the database's columns.</param>
    internal static async Task HasColumnsAsync(DbContext db, string columns)
    {
        var made = await db.Database.SqlQueryRaw<MadeColumn>(columns).ToListAsync(TestContext.Current.CancellationToken);
        var tables = db.Model.GetEntityTypes().GroupBy(e => e.GetTableName()!).ToList();
        Assert.NotEmpty(tables);
        foreach (var table in tables)
        {
            var wanted = table.SelectMany(e => e.GetProperties()).Select(p => $"{p.GetColumnName()} {p.IsColumnNullable()}").Distinct();
            Assert.Equal(wanted.Order(StringComparer.Ordinal),
                made.Where(c => c.Table == table.Key).Select(c => $"{c.Column} {c.Nullable}").Order(StringComparer.Ordinal));
        }
    }

    private sealed record MadeColumn(string Table, string Column, bool Nullable);

    private static void HasAll<T>(IDesignTimeDbContextFactory<T> factory)
        where T : DbContext
    {
        using var db = factory.CreateDbContext([]);
        Assert.False(
            db.Database.HasPendingModelChanges(), "something was added to the model without a migration: dotnet ef migrations add");
    }
}
