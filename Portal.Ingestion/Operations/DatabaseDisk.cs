using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Operations;

/// <summary>The disk that a SQLite database lies on. That of a PostgreSQL server cannot be seen from here.</summary>
public class DatabaseDisk(PortalSettings settings)
{
    private readonly string? _path = PathOf(settings);

    /// <summary>Free bytes for this process' user; null when the disk cannot be seen.</summary>
    public virtual long? FreeBytes()
    {
        if (_path is null || Path.GetDirectoryName(_path) is not { Length: > 0 } folder) return null;
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // The database itself says what is wrong with its disk.
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
            // Another server's connection string.
            return null;
        }
    }
}
