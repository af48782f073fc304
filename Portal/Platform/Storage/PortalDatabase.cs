using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Hosting;
using Portal.Ingestion.Settings;

namespace Portal.Platform.Storage;

/// <summary>
/// Migrates the tables of <see cref="PortalDbContext"/>. Call after the message side has prepared its own: it creates the database file and
/// sets its journal mode.
/// </summary>
public sealed class PortalDatabase(IDbContextFactory<PortalDbContext> contexts, DatabaseMigrator migrator)
{
    /// <summary>Migrates. Programs that start at the same time migrate one after the other.</summary>
    /// <exception cref="ConfigurationProblemException">The database cannot be opened or written.</exception>
    public Task PrepareAsync(CancellationToken cancellationToken) =>
        migrator.MigrateAsync(contexts.CreateDbContextAsync, (_, _) => Task.CompletedTask, cancellationToken);

    /// <summary>Builds the EF model. Needs no database, so it can run while the message side prepares its own.</summary>
    public async Task BuildModelAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        _ = db.Model;
    }
}
