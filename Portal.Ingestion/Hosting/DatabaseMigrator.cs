using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Hosting;

/// <summary>Brings a context's tables up to date in the configured database.</summary>
public abstract class DatabaseMigrator
{
    /// <summary>
    /// Migrates <paramref name="make"/>'s context, then does <paramref name="more"/>; of programs that start together one at a time.
    /// </summary>
    /// <returns>True when the context's tables were not there before.</returns>
    /// <exception cref="ConfigurationProblemException">The database cannot be reached or written, is missing and must not be made, or was
    /// made by a newer version or before the first release.</exception>
    public abstract Task<bool> MigrateAsync<T>(
        Func<CancellationToken, Task<T>> make, Func<T, CancellationToken, Task> more, CancellationToken cancellationToken)
        where T : DbContext;

    /// <summary>True when the database has been migrated before: it is the portal's, and not empty.</summary>
    public virtual Task<bool> IsThereAsync(DbContext db, CancellationToken cancellationToken) =>
        db.GetService<IHistoryRepository>().ExistsAsync(cancellationToken);
}

/// <summary>Migrates within the SQLite file that the message side made (<see cref="SqliteDatabase"/>).</summary>
internal sealed class SqliteMigrator(PortalSettings settings) : DatabaseMigrator
{
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    /// <inheritdoc />
    public override async Task<bool> MigrateAsync<T>(
        Func<CancellationToken, Task<T>> make, Func<T, CancellationToken, Task> more, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(make);
        ArgumentNullException.ThrowIfNull(more);
        var path = new SqliteConnectionStringBuilder(settings.ConnectionString).DataSource;
        try
        {
            // The same file for every context: all keep EF's lock in the one table that EF knows.
            await using var alone = await LockAsync(path, cancellationToken);
            await using var db = await make(cancellationToken);
            var isNew = !await IsThereAsync(db, cancellationToken);
            if (!await SchemaState.RefuseOtherHistoryAsync(db, settings, cancellationToken)) await MigrateAloneAsync(db, cancellationToken);
            await more(db, cancellationToken);
            return isNew;
        }
        catch (Exception problem) when (problem is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw CannotBeUsed(path, problem);
        }
    }

    /// <summary>Waits until no other program prepares the database; dispose the result to let the next one.</summary>
    internal static async Task<FileStream> LockAsync(string database, CancellationToken cancellationToken)
    {
        var path = database + ".migrate";
        for (var waited = TimeSpan.Zero; ; waited += LockPause)
        {
            try
            {
                return PrivateFiles.OpenAlone(path);
            }
            catch (IOException) when (waited < LongestWait && File.Exists(path))
            {
                await Task.Delay(LockPause, cancellationToken);
            }
        }
    }

    /// <summary>Migrates; the caller holds the lock.</summary>
    internal static async Task MigrateAloneAsync(DbContext db, CancellationToken cancellationToken)
    {
        // A start that was killed while migrating leaves EF's lock behind forever. Whoever holds the lock file is alone, so it is stale.
        await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);
    }

    /// <summary>What stops the start.</summary>
    internal static ConfigurationProblemException CannotBeUsed(string path, Exception problem) => new(
        "Database:ConnectionString", $"databasen {path} kan ikke åbnes og skrives ({DatabaseProblem.Explain(problem)}).");
}
