namespace Portal.Ingestion.Storage;

/// <summary>
/// Names of enum values as the database keeps them. One that is not known (damaged, or a later version's) must not fail the query of all
/// rows.
/// </summary>
public static class StoredName
{
    /// <summary>The value of a name; null for none, and for one that is not known.</summary>
    public static T? Of<T>(string? name)
        where T : struct, Enum => Enum.TryParse<T>(name, out var value) && Enum.IsDefined(value) ? value : null;
}
