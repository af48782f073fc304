namespace Portal.Ingestion.Storage;

/// <summary>Enum values stored by name. An unknown name (damaged, or written by a later version) must not fail the whole query.</summary>
public static class StoredName
{
    /// <summary>The value with this name; null for null and for an unknown name.</summary>
    public static T? Of<T>(string? name)
        where T : struct, Enum => Enum.TryParse<T>(name, out var value) && Enum.IsDefined(value) ? value : null;
}
