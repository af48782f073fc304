using System.Net;

namespace Portal.Ingestion.Settings;

/// <summary>Tells addresses of this machine, which no network carries, from those of others.</summary>
public static class OwnMachine
{
    /// <summary>True for <c>localhost</c>, a loopback address and the path of a socket; also when there is no host.</summary>
    public static bool Is(string? host)
    {
        var name = (host ?? "").Trim().TrimStart('[').TrimEnd(']', '.');
        return name.Length == 0 || name[0] is '/' or '@' || name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(name, out var address) && IPAddress.IsLoopback(address));
    }
}
