using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Hosting;

/// <summary>Checks the migration history of a database.</summary>
public static class SchemaState
{
    private const string Setting = "Database:ConnectionString";

    /// <summary>
    /// Refuses a database whose history has a migration that this program lacks: of a newer version, which might not read what this program
    /// writes, or from before the first release, from which no migration leads on.
    /// </summary>
    /// <returns>True when the history has all migrations of this program, so there is nothing to migrate.</returns>
    /// <exception cref="ConfigurationProblemException">The database is one of these; the message explains what to do.</exception>
    public static async Task<bool> RefuseOtherHistoryAsync(DbContext db, PortalSettings settings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(settings);
        var known = db.Database.GetMigrations().ToList();
        var applied = (await db.Database.GetAppliedMigrationsAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        var unknown = applied.Except(known, StringComparer.Ordinal).Max(StringComparer.Ordinal);
        if (unknown is null) return applied.IsSupersetOf(known);

        // A migration's name begins with its creation time.
        var start = known.Min(StringComparer.Ordinal);
        var why = string.CompareOrdinal(unknown, start) < 0
            ? $"er lavet af et program fra før den første udgivelse (den kender {unknown}; dette program er {ProgramVersion.Text} og fører "
                + $"databaser videre fra {start}). Brug en ny, tom database."
            : $"er lavet af en nyere version (den kender {unknown}; dette program er {ProgramVersion.Text}). "
                + "Brug den version eller en nyere.";
        throw new ConfigurationProblemException(Setting, $"databasen {DatabaseName.Of(settings)} {why}");
    }

    /// <summary>The exception for a database that is missing and must not be created.</summary>
    public static ConfigurationProblemException Missing(PortalSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new(Setting, $"databasen {DatabaseName.Of(settings)} findes ikke, eller den er tom, og Database:CreateIfMissing er false. "
            + "Ret nøglen, eller start én gang med --Database:CreateIfMissing=true for at lave den.");
    }
}
