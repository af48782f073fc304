namespace Portal.Ingestion.Storage;

/// <summary>What a database knows of itself, by name.</summary>
public sealed class StoredDatabaseFact
{
    /// <summary>At most 100 characters.</summary>
    public required string Name { get; set; }

    public required byte[] Value { get; set; }
}
