using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Hosting;
using Portal.Ingestion.Settings;

namespace Portal.Platform.Storage;

/// <summary>Makes the portal side's tables ready. The message side comes first: it makes the file and chooses how it is written.</summary>
public sealed class PortalDatabase(IDbContextFactory<PortalDbContext> contexts, DatabaseMigrator migrator)
{
    /// <summary>Migrates. Programs that start together do it one after the other.</summary>
    /// <exception cref="ConfigurationProblemException">The database cannot be opened or written.</exception>
    public Task PrepareAsync(CancellationToken cancellationToken) =>
        migrator.MigrateAsync(contexts.CreateDbContextAsync, (_, _) => Task.CompletedTask, cancellationToken);

    /// <summary>Builds the model, which needs no database and may so be done while the message side prepares its own.</summary>
    public async Task BuildModelAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        _ = db.Model;
    }
}
