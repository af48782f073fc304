using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Hosting;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;

namespace Portal.Platform.Storage;

/// <summary>Makes the portal side's tables ready. The message side comes first: it makes the file and chooses how it is written.</summary>
public sealed class PortalDatabase(IDbContextFactory<PortalDbContext> contexts, PortalSettings settings, IServiceProvider services)
{
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    /// <summary>Migrates. Programs that start together do it one after the other.</summary>
    /// <exception cref="ConfigurationProblemException">The database cannot be opened or written.</exception>
    public Task PrepareAsync(CancellationToken cancellationToken) => settings.Provider == DatabaseProvider.PostgreSql
        ? services.GetRequiredService<PostgresDatabase>()
            .MigrateAsync(contexts.CreateDbContextAsync, (_, _) => Task.CompletedTask, cancellationToken)
        : PrepareFileAsync(cancellationToken);

    /// <summary>Builds the model, which needs no database and may so be done while the message side prepares its own.</summary>
    public async Task BuildModelAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        _ = db.Model;
    }

    private async Task PrepareFileAsync(CancellationToken cancellationToken)
    {
        var path = new SqliteConnectionStringBuilder(settings.ConnectionString).DataSource;
        try
        {
            // The same file as the message side's: both keep their lock in the one table that EF knows.
            await using var alone = await LockAsync(path + ".migrate", cancellationToken);
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);

            if (await SchemaState.RefuseOtherHistoryAsync(db, settings, cancellationToken)) return;

            // A start that was killed while migrating leaves EF's lock behind forever. Whoever holds the lock file is alone, so it is
            // stale.
            await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellationToken);
            await db.Database.MigrateAsync(cancellationToken);
        }
        catch (Exception problem) when (problem is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationProblemException(
                "Database:ConnectionString", $"databasen {path} kan ikke åbnes og skrives ({DatabaseProblem.Explain(problem)}).");
        }
    }

    private static async Task<FileStream> LockAsync(string path, CancellationToken cancellationToken)
    {
        for (var waited = TimeSpan.Zero; ; waited += LockPause)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (waited < LongestWait && File.Exists(path))
            {
                await Task.Delay(LockPause, cancellationToken);
            }
        }
    }
}
