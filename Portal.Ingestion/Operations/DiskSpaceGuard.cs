using System.Globalization;
using Portal.Ingestion.Settings;

namespace Portal.Ingestion.Operations;

/// <summary>
/// Pauses the transports before the disk is full (<c>Ingestion:MinimumFreeMegabytes</c>): the portal needs the rest for its own
/// maintenance, and a full disk harms every program on the machine. Checks the disk at most once a second.
/// </summary>
public sealed class DiskSpaceGuard(PortalSettings settings, DatabaseDisk disk, TimeProvider time)
{
    private const long Megabyte = 1L << 20;
    private static readonly CultureInfo Danish = CultureInfo.GetCultureInfo("da-DK");
    private readonly Lock _lock = new();
    private long? _checkedAt;
    private string? _refusal;

    /// <summary>
    /// Why nothing may be taken now, in one Danish sentence for people; null when all is well. Cheap enough to ask before each commit.
    /// </summary>
    public string? Refusal
    {
        get
        {
            if (settings.MinimumFreeMegabytes == 0) return null;
            lock (_lock)
            {
                if (_checkedAt is { } before && time.GetElapsedTime(before) < TimeSpan.FromSeconds(1)) return _refusal;
                _checkedAt = time.GetTimestamp();
                return _refusal = Judge(disk.FreeBytes(), settings.MinimumFreeMegabytes);
            }
        }
    }

    /// <summary>Why <paramref name="free"/> bytes are too few, in Danish; null when they suffice or are unknown.</summary>
    public static string? Judge(long? free, int minimumMegabytes) => free is { } bytes && bytes < minimumMegabytes * Megabyte
        ? string.Create(Danish, $"Der er kun {bytes / Megabyte:N0} MB fri plads på databasens disk; grænsen er {minimumMegabytes:N0} MB.")
        : null;
}
