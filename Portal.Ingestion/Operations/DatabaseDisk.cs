using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Operations;

/// <summary>The disk of a SQLite database. That of a PostgreSQL server is unknown here.</summary>
public class DatabaseDisk(PortalSettings settings)
{
    private readonly string? _path = PathOf(settings);

    /// <summary>Bytes available to this process' user; null when unknown.</summary>
    public virtual long? FreeBytes()
    {
        if (_path is null || Path.GetDirectoryName(_path) is not { Length: > 0 } folder) return null;
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // Errors of the disk are reported when the database is used.
            return null;
        }
    }

    private static string? PathOf(PortalSettings settings)
    {
        try
        {
            return DatabaseName.FileOf(settings) is { Length: > 0 } path ? path : null;
        }
        catch (ArgumentException)
        {
            // Not a SQLite connection string.
            return null;
        }
    }
}
