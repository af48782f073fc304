namespace Portal.Ingestion.Settings;

/// <summary>What the database is kept by.</summary>
public enum DatabaseProvider
{
    /// <summary>A file, for one machine.</summary>
    Sqlite,

    /// <summary>A server, for several workers and portal nodes.</summary>
    PostgreSql,
}
