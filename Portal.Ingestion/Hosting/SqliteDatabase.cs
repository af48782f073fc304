using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Journal;
using Portal.Ingestion.Ledger.Keeping;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Actions;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;
using Portal.Ingestion.Storage.Sqlite;

namespace Portal.Ingestion.Hosting;

/// <summary>Creates a SQLite database (file, WAL), migrates it, and adds the initial data.</summary>
internal sealed class SqliteDatabase(
    IDbContextFactory<IngestionDbContext> contexts, DatabaseSeeder start, LedgerStart ledger, SearchKeyStart searchKey,
    ActionStart actions, JournalStart journal, SqliteMigrator migrator, PortalSettings settings) : IngestionDatabase
{
    /// <inheritdoc />
    public override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var path = new SqliteConnectionStringBuilder(settings.ConnectionString).DataSource;
        try
        {
            if (!settings.CreateIfMissing && !IsFilled(path)) throw SchemaState.Missing(settings);
            RefuseWrongKeys(settings);
            if (Path.GetDirectoryName(path) is { Length: > 0 } folder) PrivateFiles.MakeFolder(folder);
            await using var alone = await SqliteMigrator.LockAsync(path, cancellationToken);

            // SQLite would create it readable by all. Its WAL and shared-memory files get the mode of this file.
            PrivateFiles.MakeFile(path);
            var isCurrent = await CheckAsync(path, cancellationToken);
            await UseWalAsync(cancellationToken);
            await MigrateAsync(isCurrent, cancellationToken);
        }
        catch (Exception problem) when (problem is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw SqliteMigrator.CannotBeUsed(path, problem);
        }
    }

    // Checks the database before changing it. True when there is nothing to migrate.
    private async Task<bool> CheckAsync(string path, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        MadeNew = !IsFilled(path) || !await migrator.IsThereAsync(db, cancellationToken);
        if (!MadeNew) return await SchemaState.RefuseOtherHistoryAsync(db, settings, cancellationToken);
        return settings.CreateIfMissing ? false : throw SchemaState.Missing(settings);
    }

    private static bool IsFilled(string path) => File.Exists(path) && new FileInfo(path).Length > 0;

    private async Task UseWalAsync(CancellationToken cancellationToken)
    {
        await using var connection = DurableConnection.Open(settings.ConnectionString);
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode=WAL";
        if (await command.ExecuteScalarAsync(cancellationToken) is not "wal")
        {
            throw new ConfigurationProblemException(
                "Database:ConnectionString", "databasen kan ikke bruge WAL her; læg den på en lokal disk.");
        }

        // Letters are written through EF's connections, which must be as durable by default.
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if ((await db.Database.SqlQueryRaw<long>("SELECT synchronous AS Value FROM pragma_synchronous").ToListAsync(cancellationToken))
            is not [DurableConnection.FullSynchronous])
        {
            throw new InvalidOperationException("SQLite does not start with synchronous=FULL.");
        }
    }

    private async Task MigrateAsync(bool isCurrent, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);

        if (!isCurrent) await SqliteMigrator.MigrateAloneAsync(db, cancellationToken);
        await start.PrepareAsync(db, cancellationToken);
        await ledger.PrepareAsync(db, cancellationToken);
        await searchKey.PrepareAsync(db, cancellationToken);
        await actions.PrepareAsync(db, cancellationToken);
        await journal.PrepareAsync(db, JournalLog.Access, cancellationToken);
    }
}
