namespace Portal.Ingestion.Storage;

/// <summary>A named fact about the database itself.</summary>
public sealed class StoredDatabaseFact
{
    /// <summary>At most 100 characters.</summary>
    public required string Name { get; set; }

    public required byte[] Value { get; set; }
}
