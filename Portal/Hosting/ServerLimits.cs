using Microsoft.AspNetCore.Server.Kestrel.Core;
using Portal.Ingestion.Settings;

namespace Portal.Hosting;

/// <summary>Bounds what one connection can make the server hold.</summary>
internal static class ServerLimits
{
    private const int Headers = 64;
    private const int HeaderBytes = 32 * 1024;
    private const int LineBytes = 8 * 1024;
    private const int OpenConnections = 10_000;
    private static readonly TimeSpan HeaderTime = TimeSpan.FromSeconds(15);

    /// <summary>Sets the limits.</summary>
    public static void Set(KestrelServerOptions kestrel, PortalSettings settings)
    {
        kestrel.AddServerHeader = false;
        var limits = kestrel.Limits;

        // The push endpoint has its own limits (BoundedBody); this one applies to all others.
        limits.MaxRequestBodySize = settings.MaxMessageBytes + (1L << 20);

        // Room for a forwarded certificate and the cookies of several sign-ins that were begun.
        (limits.MaxRequestHeaderCount, limits.MaxRequestHeadersTotalSize, limits.MaxRequestLineSize) = (Headers, HeaderBytes, LineBytes);
        limits.RequestHeadersTimeout = HeaderTime;

        // Open pages and hub connections.
        limits.MaxConcurrentUpgradedConnections = OpenConnections;
    }
}
