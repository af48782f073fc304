using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Hosting;

/// <summary>Migrates a context's tables in the configured database.</summary>
public abstract class DatabaseMigrator
{
    /// <summary>
    /// Migrates the context created by <paramref name="make"/>, then runs <paramref name="more"/>; programs that start together do this one
    /// after the other.
    /// </summary>
    /// <returns>True when the context's tables are new.</returns>
    /// <exception cref="ConfigurationProblemException">The database cannot be reached or written, is missing and must not be created, or
    /// was created by a newer version or before the first release.</exception>
    public abstract Task<bool> MigrateAsync<T>(
        Func<CancellationToken, Task<T>> make, Func<T, CancellationToken, Task> more, CancellationToken cancellationToken)
        where T : DbContext;

    /// <summary>True when the database has been migrated before: it is the portal's, and not empty.</summary>
    public virtual Task<bool> IsThereAsync(DbContext db, CancellationToken cancellationToken) =>
        db.GetService<IHistoryRepository>().ExistsAsync(cancellationToken);
}

/// <summary>Migrates contexts in the SQLite file that <see cref="SqliteDatabase"/> has created.</summary>
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
            // One lock file for all contexts: they share EF's lock table.
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

    /// <summary>Waits until no other program prepares the database; dispose the result to release the lock.</summary>
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
        // A start that is killed during a migration leaves EF's lock behind forever. We hold the lock file, so EF's lock is stale.
        await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);
    }

    /// <summary>The exception for a database that cannot be used.</summary>
    internal static ConfigurationProblemException CannotBeUsed(string path, Exception problem) => new(
        "Database:ConnectionString", $"databasen {path} kan ikke åbnes og skrives ({DatabaseProblem.Explain(problem)}).");
}
