namespace Portal.Ingestion.Settings;

/// <summary>The database provider.</summary>
public enum DatabaseProvider
{
    /// <summary>SQLite: a file, for one machine.</summary>
    Sqlite,

    /// <summary>PostgreSQL: a server, for several workers and portal nodes.</summary>
    PostgreSql,
}
