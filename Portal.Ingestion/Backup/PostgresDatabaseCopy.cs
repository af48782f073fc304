using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Backup;

/// <summary>
/// Copies a PostgreSQL database with its own <c>pg_dump</c> and <c>pg_restore</c>, which must be installed where the verb runs.
/// </summary>
internal sealed class PostgresDatabaseCopy(PortalSettings settings, IDbContextFactory<IngestionDbContext> contexts) : IDatabaseCopy
{
    /// <inheritdoc />
    public string Entry => "database/portal.dump";

    /// <inheritdoc />
    public async Task SaveAsync(Stream into, string workspace, CancellationToken cancellationToken)
    {
        // One snapshot for all tables; the ZIP compresses.
        await using var dump = PostgresProgram.Start(
            "pg_dump", settings.ConnectionString,
            ["--format=custom", "--compress=0", "--no-owner", "--no-privileges", $"--exclude-table-data=*.\"{NotCopied.Sessions}\""]);
        await dump.Output.CopyToAsync(into, cancellationToken);
        await dump.EndAsync($"Databasen {DatabaseName.Of(settings)} kunne ikke kopieres", cancellationToken);
    }

    /// <inheritdoc />
    public async Task RefuseFilledAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var creator = db.GetService<IRelationalDatabaseCreator>();
        if (!await creator.ExistsAsync(cancellationToken))
        {
            if (!settings.CreateIfMissing)
            {
                throw new BackupProblemException($"Databasen {DatabaseName.Of(settings)} findes ikke, og Database:CreateIfMissing er "
                    + "false; lav en tom database, og kør kommandoen igen.");
            }

            return;
        }

        if (await creator.HasTablesAsync(cancellationToken))
        {
            throw new BackupProblemException($"Databasen {DatabaseName.Of(settings)} har allerede tabeller, og intet er ændret. Gendan til "
                + "en tom med --Database:ConnectionString=….");
        }
    }

    /// <inheritdoc />
    public async Task RestoreAsync(Func<Stream, CancellationToken, Task> copy, CancellationToken cancellationToken)
    {
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            var creator = db.GetService<IRelationalDatabaseCreator>();
            if (!await creator.ExistsAsync(cancellationToken)) await creator.CreateAsync(cancellationToken);
        }

        var name = new NpgsqlConnectionStringBuilder(settings.ConnectionString).Database!;
        await using var restore = PostgresProgram.Start(
            "pg_restore", settings.ConnectionString,
            ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", $"--dbname={name}"]);
        try
        {
            await copy(restore.Input, cancellationToken);
            restore.Input.Close();
        }
        catch (IOException)
        {
            // It ended before it had read everything: its own words, below, say why.
        }

        await restore.EndAsync($"Databasen {DatabaseName.Of(settings)} kunne ikke gendannes og er tom som før", cancellationToken);
    }
}
