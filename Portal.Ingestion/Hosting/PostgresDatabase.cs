using System.Data.Common;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Logging;
using Npgsql;
using Portal.Ingestion.Journal;
using Portal.Ingestion.Ledger.Keeping;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Actions;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;
using Portal.Ingestion.Storage.Postgres;

namespace Portal.Ingestion.Hosting;

/// <summary>Creates a PostgreSQL database if it is missing (and the user may), and migrates it.</summary>
public sealed class PostgresDatabase(NpgsqlDataSource server, PortalSettings settings, TimeProvider time, ILogger<PostgresDatabase> log)
    : DatabaseMigrator
{
    private const string Key = "Database:ConnectionString";
    private const int OldestVersion = 140000;
    private const int LockSeconds = 300;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    /// <inheritdoc />
    /// <remarks>Waits up to 60 s for a server that is still starting.</remarks>
    public override async Task<bool> MigrateAsync<T>(
        Func<CancellationToken, Task<T>> make, Func<T, CancellationToken, Task> more, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(make);
        ArgumentNullException.ThrowIfNull(more);
        try
        {
            await using var db = await make(cancellationToken);
            await using var connection = await OpenAsync(db, cancellationToken);
            await CheckAsync(connection, cancellationToken);

            // A session-level lock: it ends with the connection, also if the program is killed.
            await using (var take = new NpgsqlCommand("SELECT pg_advisory_lock($1)",
                connection) { CommandTimeout = LockSeconds, Parameters = { new() { Value = PostgresLocks.Migration } } })
            {
                await take.ExecuteNonQueryAsync(cancellationToken);
            }

            var isNew = !await IsThereAsync(db, cancellationToken);
            if (isNew && !settings.CreateIfMissing && db is IngestionDbContext) throw SchemaState.Missing(settings);
            var isCurrent = !isNew && await SchemaState.RefuseOtherHistoryAsync(db, settings, cancellationToken);
            if (!isCurrent) await db.Database.MigrateAsync(cancellationToken);
            await more(db, cancellationToken);
            await using var release = new NpgsqlCommand("SELECT pg_advisory_unlock($1)",
                connection) { Parameters = { new() { Value = PostgresLocks.Migration } } };
            await release.ExecuteNonQueryAsync(cancellationToken);
            return isNew;
        }
        catch (Exception problem) when (problem is DbException or IOException or SocketException or TimeoutException)
        {
            throw new ConfigurationProblemException(
                Key, $"databasen {DatabaseName.Of(settings)} kan ikke åbnes og skrives ({DatabaseProblem.Explain(problem)}).");
        }
    }

    /// <inheritdoc />
    public override async Task<bool> IsThereAsync(DbContext db, CancellationToken cancellationToken)
    {
        // EF's own answer for PostgreSQL is always yes.
        var table = RelationalOptionsExtension.Extract(db.GetService<IDbContextOptions>()).MigrationsHistoryTableName;
        var name = $"\"{table}\"";
        return await db.Database.SqlQuery<bool>($"""SELECT to_regclass({name}) IS NOT NULL AS "Value" """).SingleAsync(cancellationToken);
    }

    private async Task<NpgsqlConnection> OpenAsync(DbContext db, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        var announced = false;
        while (true)
        {
            try
            {
                return await server.OpenConnectionAsync(cancellationToken);
            }
            catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.InvalidCatalogName)
            {
                if (!settings.CreateIfMissing) throw SchemaState.Missing(settings);
                await CreateAsync(db, cancellationToken);
            }
            catch (NpgsqlException problem)
                when (problem is not PostgresException || problem.SqlState == PostgresErrorCodes.CannotConnectNow)
            {
                if (time.GetElapsedTime(begun) > LongestWait) throw;
                if (!announced)
                {
                    log.LogWarning(
                        "The database server does not answer yet; waiting for it for up to {Seconds} seconds", LongestWait.TotalSeconds);
                }
                announced = true;
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    private static async Task CreateAsync(DbContext db, CancellationToken cancellationToken)
    {
        try
        {
            await db.GetService<IRelationalDatabaseCreator>().CreateAsync(cancellationToken);
        }
        catch (PostgresException made) when (made.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another program created it at the same time.
        }
    }

    private static async Task CheckAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var ask = new NpgsqlCommand(
            "SELECT current_setting('server_version_num')::int, current_setting('server_encoding'), pg_is_in_recovery()", connection);
        await using var answer = await ask.ExecuteReaderAsync(cancellationToken);
        await answer.ReadAsync(cancellationToken);
        var problem =
            answer.GetInt32(0) < OldestVersion ? $"serveren er PostgreSQL {answer.GetInt32(0) / 10000}; der skal bruges 14 eller nyere." :
            answer.GetString(1) != "UTF8" ? $"databasens tegnsæt er {answer.GetString(1)}; det skal være UTF8." :
            answer.GetBoolean(2) ? "serveren er en kopi, der kun kan læses; skriv den, "
                + "der kan skrives (flere værter: tilføj »Target Session Attributes=primary«)." :
            null;
        if (problem is not null) throw new ConfigurationProblemException(Key, problem);
    }
}

internal sealed class PostgresIngestionDatabase(
    PostgresDatabase database, IDbContextFactory<IngestionDbContext> contexts, DatabaseSeeder start, LedgerStart ledger,
    SearchKeyStart searchKey, ActionStart actions, JournalStart journal, PortalSettings settings) : IngestionDatabase
{
    /// <inheritdoc />
    public override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        RefuseWrongKeys(settings);
        MadeNew = await database.MigrateAsync(
            contexts.CreateDbContextAsync,
            async (db, cancel) =>
            {
                await start.PrepareAsync(db, cancel);
                await ledger.PrepareAsync(db, cancel);
                await searchKey.PrepareAsync(db, cancel);
                await actions.PrepareAsync(db, cancel);
                await journal.PrepareAsync(db, JournalLog.Access, cancel);
            },
            cancellationToken);
    }
}
