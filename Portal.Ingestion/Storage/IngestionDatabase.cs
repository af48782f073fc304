namespace Portal.Ingestion.Storage;

/// <summary>The database before anything reads or writes it.</summary>
public abstract class IngestionDatabase
{
    /// <summary>Creates or migrates the database. Programs that start together do it one after the other.</summary>
    /// <exception cref="Configuration.ConfigurationProblemException">The database cannot be opened or written.</exception>
    public abstract Task PrepareAsync(CancellationToken cancellationToken);
}
