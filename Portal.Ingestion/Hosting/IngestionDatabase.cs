namespace Portal.Ingestion.Hosting;

/// <summary>Creates and migrates the database at startup.</summary>
public abstract class IngestionDatabase
{
    /// <summary>True when <see cref="PrepareAsync"/> created the database.</summary>
    public bool MadeNew { get; protected set; }

    /// <summary>Creates or migrates the database. Programs that start together do it one after the other.</summary>
    /// <exception cref="Portal.Ingestion.Settings.ConfigurationProblemException">The database cannot be opened or written; it is missing
    /// and must not be created; it was created by a newer version or before the first release; its keys are missing.</exception>
    public abstract Task PrepareAsync(CancellationToken cancellationToken);

    /// <summary>Refuses invalid key files before a database is created.</summary>
    /// <exception cref="Portal.Ingestion.Settings.ConfigurationProblemException">A key file has other content, or others can read
    /// it.</exception>
    protected static void RefuseWrongKeys(Portal.Ingestion.Settings.PortalSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        Portal.Ingestion.Ledger.Keeping.LedgerKeyFile.Read(settings.LedgerKeyPath)?.Dispose();
        _ = Letters.CprHash.Read(settings.SearchKeyPath);
    }
}
