using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Log;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Hosting;

/// <summary>What a database's own history says of its tables.</summary>
public static class SchemaState
{
    private const string Setting = "Database:ConnectionString";

    /// <summary>True when the database has been migrated before: it is ours, and not empty.</summary>
    public static async Task<bool> IsThereAsync(DbContext db, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);

        // The provider's own answer for PostgreSQL is always yes.
        if (!db.Database.IsNpgsql()) return await db.GetService<IHistoryRepository>().ExistsAsync(cancellationToken);
        var table = RelationalOptionsExtension.Extract(db.GetService<IDbContextOptions>()).MigrationsHistoryTableName;
        var name = $"\"{table}\"";
        return await db.Database.SqlQuery<bool>($"""SELECT to_regclass({name}) IS NOT NULL AS "Value" """).SingleAsync(cancellationToken);
    }

    /// <summary>Refuses a database that a newer version of the program has migrated: this one would write what that one cannot read.</summary>
    /// <exception cref="ConfigurationProblemException">Its history names a migration that this program does not have.</exception>
    public static async Task RefuseNewerAsync(DbContext db, PortalSettings settings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(settings);
        var known = db.Database.GetMigrations().ToHashSet(StringComparer.Ordinal);
        if ((await db.Database.GetAppliedMigrationsAsync(cancellationToken)).LastOrDefault(m => !known.Contains(m)) is not { } newer) return;
        throw new ConfigurationProblemException(
            Setting, $"databasen {DatabaseName.Of(settings)} er lavet af en nyere version (den kender {newer}; dette program er {ProgramVersion.Text}). Brug den version eller en nyere.");
    }

    /// <summary>What to say of a database that is not there and must not be made.</summary>
    public static ConfigurationProblemException Missing(PortalSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new(Setting, $"databasen {DatabaseName.Of(settings)} findes ikke, eller den er tom, og Database:CreateIfMissing er false. Ret nøglen, eller start én gang med --Database:CreateIfMissing=true for at lave den.");
    }
}
